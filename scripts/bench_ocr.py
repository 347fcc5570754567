"""Benchmark recognition: pages a second, character errors and headings, beside the text layer.

    python -m scripts.bench_ocr

The same pages of the 2023 decree as vector outlines and as a skewed scan (beside the checkout);
the text layer of the decree, read by the same program, is the truth. Errors are counted over the
body of each page as it is read, order of the columns included.
"""

import json
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from assistant.reading.extraction import count_pages, extract_pages
from assistant.reading.layout import lay_out
from assistant.reading.reading import unnoticed
from assistant.reading.recognition import cores
from assistant.reading.recovery import recover_pages
from assistant.reading.structure import read_articles
from assistant.records import Page

DECREE = Path(__file__).parents[2] / "shared/data/decret-2-22-431"
FIRST_PAGE = 6  # of the decree, in both files
FILES = ("vector-outlines-p6-17.pdf", "scan-skewed-p6-20.pdf")


def main() -> None:
    """Print one JSON line a file."""
    if not DECREE.is_dir():
        print(json.dumps({"skipped": "the decree is not beside this checkout (../shared/data)"}))
        return
    truth, _, _ = read(DECREE / "decret-2-22-431-fr.pdf")
    for name in FILES:
        print(json.dumps(measure(DECREE / name, truth[FIRST_PAGE - 1 :])), flush=True)


def read(path: Path) -> tuple[list[Page], int, float]:
    """Give the pages of a file, how many were recognised, and the seconds that took."""
    data = path.read_bytes()
    start = time.monotonic()
    raw = extract_pages(path.name, data, count_pages(path.name, data), unnoticed)
    recovered = recover_pages(data, raw, kept_in=None, on_page=unnoticed)
    return lay_out(recovered.pages), len(recovered.recognised), time.monotonic() - start


def measure(path: Path, truth: list[Page]) -> dict[str, object]:
    """Read a file by recognition and compare it with the text layer of the same pages."""
    pages, recognised, seconds = read(path)
    truth = truth[: len(pages)]
    texts = [(_text(page), _text(true)) for page, true in zip(pages, truth, strict=True)]
    errors = [Levenshtein.distance(found, true) for found, true in texts]
    rates = [error / len(true) for error, (_, true) in zip(errors, texts, strict=True)]
    found, expected = _articles(pages), _articles(truth)
    return {
        "file": path.name,
        "pages": len(pages),
        "recognised": recognised,
        "cores": cores(),
        "pages_a_second": round(len(pages) / seconds, 3),
        "character_error_rate": round(sum(errors) / sum(len(true) for _, true in texts), 5),
        "worst_page": round(max(rates), 5),
        "headings": len(found),
        "compared_with": {
            "headings of the text layer": len(expected),
            "numbers the same": found == expected,
        },
    }


def _text(page: Page) -> str:
    return " ".join(" ".join(line.text for line in page.lines).split())


def _articles(pages: list[Page]) -> list[str]:
    return [article.number for article in read_articles(pages) if article.is_numbered]


if __name__ == "__main__":
    main()
