"""Scans made of the specimen, and Tesseract where it is installed."""

import io
import os
import shutil
from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest
from PIL import Image

from assistant.reading import tesseract


def need_tesseract() -> None:
    """Skip where Tesseract or its French is not installed, except in CI."""
    if not tesseract.can_recognise():
        assert not os.environ.get("CI"), "Tesseract is missing: run `make system`"
        pytest.skip("Tesseract and its French data are missing: run `make system`")


def pictures_of(data: bytes, pages: Sequence[int], *, dpi: float = 150.0) -> list[Image.Image]:
    """Draw pages (1-based) of a PDF in grey."""
    document = pdfium.PdfDocument(data)
    drawn = [
        document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil().copy() for page in pages
    ]
    document.close()
    return drawn


def scan_of(pictures: Sequence[Image.Image], *, dpi: float = 150.0) -> bytes:
    """Bind pictures into a PDF that has no text."""
    target = io.BytesIO()
    first, *others = [picture.copy() for picture in pictures]  # Pillow notes things on them
    first.save(target, "PDF", resolution=dpi, save_all=True, append_images=others)
    return target.getvalue()


def path_without_tesseract() -> str:
    """Give a PATH on which there is no `tesseract`."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(f for f in folders if not shutil.which("tesseract", path=f))
