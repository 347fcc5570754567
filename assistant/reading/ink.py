"""How much ink is on a drawn page, and how it lies: what recognition starts from.

Runs in the child process only.
"""

from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from assistant.reading.rendering import render
from assistant.records import Box

_INK = 160  # grey level, of 255, below which a dot is ink
_LOOK_DPI = 72.0
# Runs of ink on the rows of a page at 72 dpi: a line of the decree gives 400, a page 30 000.
# Beside text there may be a logo and an address (the decree's cover: 3 300, its text 2 100);
# three times as much as the text is a scan with a stamp.
_MARKS = 250
_MARKS_BESIDE_TEXT = 1500
_MARKS_A_TEXT_RUN = 3
_CONTRAST = 24  # grey levels, of 255, between letters and their ground
_INKED = 0.08  # of the columns of a line: a word fills half of its own, a rule one or two


def has_unread_ink(page: pdfium.PdfPage) -> bool:
    """Whether a page shows marks that its text layer does not account for.

    Runs of dots are counted row by row outside the boxes of the text: letters make many, a rule or
    a frame makes few. A blank sheet has none.
    """
    picture, dpi = render(page, dpi=_LOOK_DPI)
    ink = np.asarray(picture) < _INK
    outside = _runs(ink & ~_text_mask(page, ink.shape, dpi / 72.0))
    of_text = _runs(ink) - outside
    if of_text <= 0:
        return outside >= _MARKS
    return outside >= max(_MARKS_BESIDE_TEXT, _MARKS_A_TEXT_RUN * of_text)


def find_inked(page: pdfium.PdfPage, boxes: Sequence[Box]) -> set[Box]:
    """Give those of the boxes of lines (points, origin at the top left) that show letters."""
    picture, dpi = render(page, dpi=_LOOK_DPI)
    dots = np.asarray(picture).astype(int)
    return {box for box in boxes if _shows_letters(dots, box, dpi / 72.0)}


def _shows_letters(dots: np.ndarray, box: Box, scale: float) -> bool:
    """Look at the middle of the height of a line, where other lines do not reach."""
    quarter = (box[3] - box[1]) / 4
    rows = slice(max(0, int((box[1] + quarter) * scale)), int((box[3] - quarter) * scale) + 1)
    band = dots[rows, max(0, int(box[0] * scale)) : int(box[2] * scale) + 1]
    if not band.size:
        return False
    inked = np.abs(band - np.median(band)).max(axis=0) >= _CONTRAST
    return bool(inked.mean() >= _INKED)


def _runs(ink: np.ndarray) -> int:
    return int(np.count_nonzero(ink[:, 1:] & ~ink[:, :-1]))


def _text_mask(page: pdfium.PdfPage, shape: tuple[int, ...], scale: float) -> np.ndarray:
    """Mark where the text layer stands; a turned page keeps its mask empty."""
    mask = np.zeros(shape, dtype=bool)
    if page.get_rotation():
        return mask
    text = page.get_textpage()
    left, _, _, top = page.get_mediabox()
    for index in range(text.count_rects()):
        x0, y0, x1, y1 = text.get_rect(index)
        if not any(map(str.isalnum, text.get_text_bounded(x0, y0, x1, y1))):
            continue  # codes that stand for no character account for nothing
        rows = slice(max(0, int((top - y1) * scale) - 2), max(0, int((top - y0) * scale) + 3))
        columns = slice(max(0, int((x0 - left) * scale) - 2), max(0, int((x1 - left) * scale) + 3))
        mask[rows, columns] = True
    text.close()
    return mask


def find_skew(picture: Image.Image) -> float:
    """Give the angle, in degrees anticlockwise, that makes the lines of a picture level.

    Projection profile: the rows of level lines are full or empty, so the differences between
    neighbouring rows are greatest. Searched within 4 degrees, to a twentieth of one.
    """
    ink = np.asarray(_smaller(picture)) < _INK
    rows, columns = np.nonzero(ink)
    if not len(rows):
        return 0.0
    columns = columns - ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        level = np.round(rows - columns * np.tan(np.radians(angle))).astype(int)
        profile = np.bincount(level - level.min()).astype(float)
        return float((np.diff(profile) ** 2).sum())

    coarse = max(np.arange(-4.0, 4.01, 0.25), key=sharpness)
    best = float(max(np.arange(coarse - 0.25, coarse + 0.251, 0.05), key=sharpness))
    return best if sharpness(best) > 1.05 * sharpness(0.0) else 0.0


def _smaller(picture: Image.Image) -> Image.Image:
    share = min(1.0, 900 / picture.height)
    size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    return picture.resize(size, Image.Resampling.BOX)
