"""Benchmark the cited page: pages of the real decree drawn with their quoted lines marked.

    python -m scripts.bench_pages

Each page is drawn for the first time, in a process of its own as on the screens; beside it, the
same page asked for again, and PDFium alone in this process (no limits, nothing started).
"""

import json
import time
from collections.abc import Callable

import numpy as np

from assistant.reading.drawing import draw_page
from assistant.reading.printed_page import DPI
from assistant.records import PageBox
from scripts.real_decrees import DECREES, open_with_decrees

PAGES = 60


def main() -> None:
    """Print the figures as JSON."""
    if not all(path.exists() for path in DECREES):
        print(json.dumps({"skipped": "the real decrees are not beside this checkout"}))
        return
    with open_with_decrees() as services:
        document, articles = services.library.articles("2-22-431")
        data = services.library.original(document.id) or b""
        lines: dict[int, PageBox] = {}
        for span in (span for article in articles for span in article.spans):
            lines.setdefault(span.page, (span.page, *span.box))

        def draw(box: PageBox) -> None:
            services.page_images.highlighted(document.id, box[0], [box])

        boxes = list(lines.values())[:PAGES]
        first, again = measure(draw, boxes), measure(draw, boxes)
        alone = measure(lambda box: draw_page(data, box[0], dpi=DPI, boxes=[box[1:]]), boxes)
    print(json.dumps({"pages": len(boxes), "first": first, "again": again, "pdfium_alone": alone}))


def measure(draw: Callable[[PageBox], object], boxes: list[PageBox]) -> dict[str, float]:
    """Draw each page once; give milliseconds."""
    taken = []
    for box in boxes:
        start = time.perf_counter()
        draw(box)
        taken.append(1000 * (time.perf_counter() - start))
    return {f"p{p}_ms": round(float(np.percentile(taken, p)), 1) for p in (50, 95)}


if __name__ == "__main__":
    main()
