"""PDF page → picture. Runs in the child process only, where each import is waited for: no numpy.

Uses pypdfium2 for pictures, never for text.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image

_LARGEST = 25_000_000  # dots: A2 at 200 dots an inch; beyond, the resolution goes down


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a file; an owner-encrypted one opens like any other."""
    document = pdfium.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def render(page: pdfium.PdfPage, *, dpi: float, mode: str = "L") -> tuple[Image.Image, float]:
    """Draw a page in grey ("RGB": in colour) as a viewer shows it; gives it and its dots an inch.

    A huge page (a map, a plan) is drawn with fewer dots, so that none takes the memory.
    """
    width, height = page.get_size()
    dots = width * height * (dpi / 72.0) ** 2
    dpi *= min(1.0, (_LARGEST / max(1.0, dots)) ** 0.5)
    bitmap = page.render(scale=dpi / 72.0, grayscale=mode == "L")
    return bitmap.to_pil().convert(mode), dpi


def turn(picture: Image.Image, angle: float) -> Image.Image:
    """Turn a picture by `angle` degrees anticlockwise about its centre, on white.

    Quarter turns exchange width and height; what is left of the angle, a skew, keeps them.
    """
    quarters = round(angle / 90.0) % 4
    if quarters:
        picture = picture.transpose(
            (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[
                quarters - 1
            ]
        )
    skew = angle - 90.0 * round(angle / 90.0)
    if abs(skew) < 0.02:
        return picture
    return picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
