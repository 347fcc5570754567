"""PDF bytes → the image of a page through PDFium, in the child process alone."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from assistant.reading.rendering import opened, render
from assistant.records import Box

_MARK = (255, 226, 80)  # multiplied with the page: paper turns yellow, ink stays black
_COMPRESSION = 1  # of a page of the decree: 40 ms less than 6, and no larger
_AROUND = 1.5  # points between the ink and the edge of its mark


def draw_page(data: bytes, number: int, *, dpi: int, boxes: Sequence[Box] = ()) -> bytes:
    """Draw a 1-based page as a PNG with a mark over each box (points, origin at the top left).

    Raises:
        IndexError: the file has no such page.
    """
    with opened(data) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        image, drawn_dpi = render(document[number - 1], dpi=dpi, mode="RGB")
    if boxes:
        image = _marked(image, boxes, drawn_dpi / 72)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=_COMPRESSION)
    return out.getvalue()


def _marked(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    marks = Image.new("RGB", image.size, "white")
    pencil = ImageDraw.Draw(marks)
    for x0, y0, x1, y1 in boxes:
        corners = (x0 - _AROUND, y0 - _AROUND, x1 + _AROUND, y1 + _AROUND)
        pencil.rectangle([v * scale for v in corners], fill=_MARK)
    return ImageChops.multiply(image, marks)
