"""The boxes of a quotation cover its printed words on the real decree, and no other line."""

import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from assistant.records import Article, PageBox, Reading

from .conftest import DECREE_2023


def fold(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text)).casefold()


class Printed:
    """What PDFium finds in a box of a page."""

    def __init__(self, data: bytes) -> None:
        document = pdfium.PdfDocument(data)
        self.heights = [page.get_height() for page in document]
        self.texts = [page.get_textpage() for page in document]

    def inside(self, box: PageBox) -> str:
        page, x0, y0, x1, y1 = box
        height = self.heights[page - 1]
        return fold(self.texts[page - 1].get_text_bounded(x0, height - y1, x1, height - y0))


def quotations(reading: Reading) -> Iterator[tuple[Article, int, int]]:
    """Pieces of the articles that begin and end with a word anywhere in a paragraph."""
    drawn = random.Random(36)
    for article in drawn.choices([a for a in reading.articles if a.is_numbered], k=150):
        words = list(re.finditer(r"\S+", article.text))
        first = drawn.randrange(len(words))
        last = min(first + drawn.randrange(5, 60), len(words) - 1)
        yield article, words[first].start(), words[last].end()


def test_the_boxes_of_a_quotation_cover_its_printed_words(
    decree_2023: Reading, shared_data: Path
) -> None:
    printed = Printed((shared_data / DECREE_2023).read_bytes())
    wrong = []
    for article, start, end in quotations(decree_2023):
        quote = fold(article.text[start:end])
        lines = [printed.inside(box) for box in article.boxes(start, end)]
        covered = quote in "".join(lines)
        # … and each line but the first and the last lies within the quotation
        needless = [line for line in lines[1:-1] if line not in quote]
        if not covered or needless:
            wrong.append((article.number, article.text[start:end], lines))

    assert len(wrong) <= 3, wrong
