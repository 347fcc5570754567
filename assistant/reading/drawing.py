"""PDF bytes → the image of a page through PDFium, in the child process alone."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw

from assistant.reading.rendering import opened, render

if TYPE_CHECKING:
    from assistant.records import Box

_MARK = (255, 226, 80)  # multiplied with the page: paper turns yellow, ink stays black
_COMPRESSION = 1  # of a page of the decree: 40 ms less than 6, and no larger
_GREYS = 128
_TINT = 8  # of 255, between two colours of a page in black: that of the decree is (35, 31, 32)
_AROUND = 1.5  # points between the ink and the edge of its mark


def draw_page(data: bytes, number: int, *, dpi: int, boxes: "Sequence[Box]" = ()) -> bytes:
    """Draw a 1-based page as a PNG with a mark over each box (points, origin at the top left).

    Raises:
        IndexError: the file has no such page.
    """
    with opened(data) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        image, drawn_dpi = render(document[number - 1], dpi=dpi, mode="RGB")
    scale = drawn_dpi / 72
    image = _in_greys(image, boxes, scale) if _is_grey(image) else _marked(image, boxes, scale)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=_COMPRESSION)
    return out.getvalue()


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    pairs = ((red, green), (red, blue), (green, blue))
    return not any(any(ImageChops.difference(*pair).histogram()[_TINT + 1 :]) for pair in pairs)


def _in_greys(image: Image.Image, boxes: "Sequence[Box]", scale: float) -> Image.Image:
    """Mark a page without colours as one of 128 greys, and as many of the mark's.

    What is printed is mostly that. It takes a third of the bytes of three colours, and a fifth of
    the time to compress, which was more than PDFium's own; nobody sees the other 128 greys.
    """
    greys = image.convert("L").point([value // 2 for value in range(256)])
    marks = _boxes_on(Image.new("L", image.size), boxes, scale, fill=_GREYS)
    drawn = ImageChops.add(greys, marks)
    lightness = [round(level * 255 / (_GREYS - 1)) for level in range(_GREYS)]
    inks = [((v, v, v), [v * part // 255 for part in _MARK]) for v in lightness]
    drawn.putpalette([part for kind in (0, 1) for ink in inks for part in ink[kind]])
    return drawn


def _marked(image: Image.Image, boxes: "Sequence[Box]", scale: float) -> Image.Image:
    marks = _boxes_on(Image.new("RGB", image.size, "white"), boxes, scale, fill=_MARK)
    return ImageChops.multiply(image, marks)


def _boxes_on(
    paper: Image.Image,
    boxes: "Sequence[Box]",
    scale: float,
    *,
    fill: int | tuple[int, int, int],
) -> Image.Image:
    pencil = ImageDraw.Draw(paper)
    for x0, y0, x1, y1 in boxes:
        corners = (x0 - _AROUND, y0 - _AROUND, x1 + _AROUND, y1 + _AROUND)
        pencil.rectangle([v * scale for v in corners], fill=fill)
    return paper
