"""Benchmark reading: pages a second from a PDF to its articles, beside what libraries take alone.

    python -m scripts.bench_reading [PDF…]

Without a file the specimen is read, and the real decree where it lies beside the checkout. The
libraries extract bare text in one process and know nothing of columns, headings or boxes.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.reading.reading import read_pdf
from assistant.settings import Settings
from assistant.wiring import open_services

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared/data/decret-2-22-431/decret-2-22-431-fr.pdf"

PYPDFIUM2 = (
    "import pypdfium2; document = pypdfium2.PdfDocument(path); "
    "[page.get_textpage().get_text_range() for page in document]"
)
PDFMINER = "from pdfminer.high_level import extract_text; extract_text(path)"
TIMED = "import sys, time; path = sys.argv[1]; start = time.monotonic(); {code}; "
TIMED += "print(time.monotonic() - start)"


def main() -> None:
    """Print one JSON line a file."""
    given = [Path(argument) for argument in sys.argv[1:]]
    default = [
        *sorted((ROOT / "documents").glob("specimen-*.pdf")),
        *([REAL] if REAL.exists() else []),
    ]
    for path in given or default:
        print(json.dumps(measure(path), ensure_ascii=False), flush=True)


def measure(path: Path) -> dict[str, object]:
    """Read twice (the second time is kept), ingest into a new folder, and try the libraries."""
    data = path.read_bytes()
    for _ in range(2):
        start = time.monotonic()
        reading = read_pdf(path.name, data, max_pages=1000, max_megabytes=500)
        seconds = time.monotonic() - start
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(Settings(data_dir=Path(folder), model="extractive"))
        report = services.library.ingest(path.name, data)
        again = services.library.ingest(path.name, data)
        services.close()
    pages = reading.page_count
    peak = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    return {
        "file": path.name,
        "pages": pages,
        "articles": reading.numbered_articles,
        "pages_a_second": round(pages / seconds, 1),
        "compared_with": {
            "pypdfium2 bare text, pages a second": round(pages / _alone(PYPDFIUM2, path), 1),
            "pdfminer.six bare text, pages a second": round(pages / _alone(PDFMINER, path), 1),
        },
        "seconds_to_ingest": round(report.seconds, 2),
        "seconds_to_ingest_again": round(again.seconds, 3),
        "peak_megabytes": peak[0],
        "peak_megabytes_of_a_child": peak[1],
    }


def _alone(code: str, path: Path) -> float:
    """Give the seconds a library takes in a new process, its import not counted."""
    program = TIMED.format(code=code)
    done = subprocess.run(  # noqa: S603 - our own line of Python
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _peak(who: int) -> int:
    return round(resource.getrusage(who).ru_maxrss / 1000)


if __name__ == "__main__":
    main()
