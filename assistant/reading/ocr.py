"""One page → its lines by character recognition; runs in the child process.

At 200 dots an inch the decree has 0.5 % character errors and takes 2.8 s a page and core; at 300,
0.43 % and 3.3 s; at 150, 1.1 % (`python -m scripts.bench_ocr`).
"""

from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

from assistant.reading import tesseract
from assistant.reading.ink import find_skew
from assistant.reading.legibility import find_flaw, letters
from assistant.reading.raw_pages import Fragment, RawPage
from assistant.reading.recovery import mean_confidence
from assistant.reading.rendering import render, turn
from assistant.reading.tesseract import Word

DPI = 200.0
_UNSURE = 0.6  # mean confidence below which a page may lie on its side
_FEW_LETTERS = 40


def recognise(page: pdfium.PdfPage, number: int) -> RawPage:
    """Recognise a page.

    The fragments' boxes are in points in the frame in which the lines are level; `RawPage.turn`
    says how that frame lies on the page.
    """
    picture, dpi = render(page, dpi=DPI)
    skew = find_skew(picture)
    found = _read(picture, skew, dpi, number)
    if _looks_bad(found):
        quarter = tesseract.find_turn(picture, dpi=dpi)
        if quarter:
            upright = turn(picture, quarter)
            again = _read(picture, quarter + find_skew(upright), dpi, number)
            found = max(found, again, key=_worth)
    return found


def _read(picture: Image.Image, angle: float, dpi: float, number: int) -> RawPage:
    level = turn(picture, angle)
    scale = 72.0 / dpi
    lines = tesseract.read_lines(level, dpi=dpi)
    fragments = tuple(_fragment(line, scale) for line in lines)
    return RawPage(number, level.width * scale, level.height * scale, fragments, turn=angle)


def _fragment(line: Sequence[Word], scale: float) -> Fragment:
    x0, y0 = (min(word.box[i] for word in line) * scale for i in (0, 1))
    x1, y1 = (max(word.box[i] for word in line) * scale for i in (2, 3))
    total = sum(len(word.text) for word in line)
    confidence = sum(len(word.text) * max(0.0, word.confidence) for word in line) / total
    text = " ".join(word.text for word in line)
    return Fragment(text, (x0, y0, x1, y1), bold=False, confidence=round(confidence, 3))


def _looks_bad(page: RawPage) -> bool:
    text = page.text
    unsure = mean_confidence(page) < _UNSURE
    return unsure or letters(text) < _FEW_LETTERS or find_flaw(text) is not None


def _worth(page: RawPage) -> float:
    return letters(page.text) * mean_confidence(page) ** 2
