"""PDF bytes → the image of a page through PDFium, in the child process alone."""

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from assistant.records import Box

_MOST_PIXELS = 25_000_000  # an A4 page at 300 dpi has nine million; a poster is drawn smaller
_MARK = (255, 226, 80)  # multiplied with the page: paper turns yellow, ink stays black
_AROUND = 1.5  # points between the ink and the edge of its mark


def draw_page(data: bytes, number: int, *, dpi: int, boxes: Sequence[Box] = ()) -> bytes:
    """Draw a 1-based page as a PNG with a mark over each box (points, origin at the top left).

    Raises:
        IndexError: the file has no such page.
    """
    document = pdfium.PdfDocument(data)
    if not 1 <= number <= len(document):
        raise IndexError(number)
    image, scale = render(document[number - 1], dpi=dpi)
    if boxes:
        image = _marked(image, boxes, scale)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def render(page: pdfium.PdfPage, *, dpi: int) -> tuple[Image.Image, float]:
    """Draw a page, and give the pixels that a point takes."""
    width, height = page.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    return page.render(scale=scale).to_pil().convert("RGB"), scale


def _marked(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    marks = Image.new("RGB", image.size, "white")
    pencil = ImageDraw.Draw(marks)
    for x0, y0, x1, y1 in boxes:
        corners = (x0 - _AROUND, y0 - _AROUND, x1 + _AROUND, y1 + _AROUND)
        pencil.rectangle([v * scale for v in corners], fill=_MARK)
    return ImageChops.multiply(image, marks)
