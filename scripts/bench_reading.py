"""Benchmark reading: seconds and peak memory of `ingest`, beside pdfminer.six alone on one core.

    python -m scripts.bench_reading [PDF…]

Without a file the specimen is read, and the real decree where it lies beside the checkout.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import open_services

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared/data/decret-2-22-431/decret-2-22-431-fr.pdf"

ALONE = "import sys; from pdfminer.high_level import extract_text; extract_text(sys.argv[1])"


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
    """Ingest into a new folder, then extract the text with the library alone."""
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(Settings(data_dir=Path(folder), model="extractive"))
        report = services.library.ingest(path.name, path.read_bytes())
        again = services.library.ingest(path.name, path.read_bytes())
        services.close()
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", ALONE, str(path)], check=True)  # noqa: S603
    pdfminer_seconds = time.monotonic() - start
    document = report.document
    return {
        "file": path.name,
        "pages": document.page_count if document else None,
        "articles": document.article_count if document else None,
        "passages": document.passage_count if document else None,
        "seconds": round(report.seconds, 2),
        "seconds_again": round(again.seconds, 3),
        "peak_megabytes": _peak(resource.RUSAGE_SELF),
        "peak_megabytes_of_a_child": _peak(resource.RUSAGE_CHILDREN),
        "compared_with": {
            "pdfminer extract_text, one process, seconds": round(pdfminer_seconds, 2)
        },
    }


def _peak(who: int) -> int:
    return round(resource.getrusage(who).ru_maxrss / 1000)


if __name__ == "__main__":
    main()
