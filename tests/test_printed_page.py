"""The place of every line on its page, and the image of a page with lines marked."""

import io
import random
import re
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from assistant.errors import UnreadableDocument
from assistant.reading.extraction import extract_pages
from assistant.reading.layout import lay_out
from assistant.reading.printed_page import PrintedPage
from assistant.records import Box, Line, Page


def fold(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text)).casefold()


def text_inside(document: pdfium.PdfDocument, page: Page, line: Line) -> str:
    """What PDFium finds in the box of a line."""
    x0, y0, x1, y1 = line.box
    text_page = document[page.numbers.pdf - 1].get_textpage()
    inside: str = text_page.get_text_bounded(x0, page.height - y1, x1, page.height - y0)
    return inside


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_the_box_of_a_line_holds_that_line_and_no_other(shared_data: Path) -> None:
    data = (shared_data / "decret-2-22-431/decret-2-22-431-fr.pdf").read_bytes()
    document = pdfium.PdfDocument(data)
    pages = lay_out(extract_pages("décret.pdf", data, len(document), lambda _done, _total: None))
    drawn = random.Random(2023).sample([(page, line) for page in pages for line in page.lines], 200)

    wrong = [
        (page.numbers.pdf, line.text, inside)
        for page, line in drawn
        if fold(inside := text_inside(document, page, line)) != fold(line.text)
    ]

    assert len(wrong) <= 0.02 * len(drawn), wrong


def test_a_mark_stands_over_its_box_and_nowhere_else(specimens: list[Path]) -> None:
    page = PrintedPage("specimen.pdf", specimens[0].read_bytes(), 2)

    plain = pixels(page.image(dpi=72))
    marked = pixels(page.highlight([(100, 200, 300, 220)], dpi=72))

    changed = [
        (x, y)
        for x in range(plain.width)
        for y in range(plain.height)
        if plain.getpixel((x, y)) != marked.getpixel((x, y))
    ]
    assert {(110, 201), (290, 219)} <= {*changed}
    assert all(98 <= x <= 302 and 198 <= y <= 222 for x, y in changed)


def test_ink_stays_black_under_a_mark(specimens: list[Path]) -> None:
    page = PrintedPage("specimen.pdf", specimens[0].read_bytes(), 2)

    marked = pixels(page.highlight([(0, 0, 600, 850)], dpi=72))

    darkest = min(sum(pixel) for pixel in marked.get_flattened_data())
    assert darkest < 120


def test_a_page_in_black_is_drawn_as_pdfium_draws_it_but_for_what_nobody_sees(
    specimens: list[Path],
) -> None:
    data = specimens[0].read_bytes()

    image = Image.open(io.BytesIO(PrintedPage("specimen.pdf", data, 2).image(dpi=72)))

    drawn = pdfium.PdfDocument(data)[1].render(scale=1).to_pil().convert("RGB")
    differences = ImageChops.difference(drawn, image.convert("RGB"))
    assert image.mode == "P"
    assert max(largest for _, largest in differences.getextrema()) <= 8


@pytest.mark.parametrize("boxes", [[], [(0, 0, 30, 30)]], ids=["plain", "marked"])
def test_what_is_printed_in_colours_keeps_them(boxes: list[Box]) -> None:
    printed = io.BytesIO()
    Image.new("RGB", (100, 100), (200, 30, 90)).save(printed, "PDF")

    drawn = pixels(PrintedPage("avis.pdf", printed.getvalue(), 1).highlight(boxes, dpi=72))

    colour = drawn.getpixel((80, 80))
    assert isinstance(colour, tuple)
    assert all(abs(a - b) <= 4 for a, b in zip(colour, (200, 30, 90), strict=True))


def test_a_very_large_page_is_drawn_with_fewer_dots(specimens: list[Path]) -> None:
    page = PrintedPage("specimen.pdf", specimens[0].read_bytes(), 1)

    image = pixels(page.image(dpi=2000))

    assert image.width * image.height < 26_000_000


@pytest.mark.parametrize(("data", "number"), [(b"%PDF-1.4 rien", 1), (None, 99)])
def test_a_page_that_cannot_be_drawn_is_a_named_error(
    specimens: list[Path], data: bytes | None, number: int
) -> None:
    page = PrintedPage("avis.pdf", data or specimens[0].read_bytes(), number)

    with pytest.raises(UnreadableDocument, match=f"l’image de la page {number}"):
        page.image()
