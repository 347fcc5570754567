"""Text that the file holds and that nobody sees: it is not read, since nobody could check it.

White on white, covered, transparent, on a hidden layer, or of a point or two. A look at each piece
of text says whether to doubt it; only then is the page drawn, and what leaves no ink where it
stands is left out. So the text layer of a recognised scan, drawn in no ink over the picture of its
words, is read; and white words on a dark ground are too. Runs in the child process alone.
"""

import ctypes
from collections.abc import Sequence, Set

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assistant.reading.pdfium_rules import placing
from assistant.reading.raw_pages import Fragment
from assistant.records import Box

_SMALLEST = 3.0  # points, on a sheet of A4: smaller type cannot be read without a glass
_SHEET = 842.0  # points: the height of A4; a smaller page is a reduced one, and so is its type
_LIGHT = 200  # of 255, in every colour: it may be lost on white paper
_THIN_INK = 64  # of 255: opacity
_WITHOUT_INK = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
# "OC" in UTF-16 with its end: optional content, which may be hidden (ISO 32000-1, 8.11). No other
# mark has two letters that matters: to doubt a piece of text costs only a look.
_LAYER_NAME_BYTES = 6
_GROUND = 4.0  # points: what is filled and larger both ways may cover text, or be of its colour
_MOST_OBJECTS = 5_000  # a page with more is a drawing


def is_faint(piece: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a piece of text may leave no ink on white paper."""
    if not piece:
        return False
    if pdfium_c.FPDFTextObj_GetTextRenderMode(piece) in _WITHOUT_INK:
        return True
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if pdfium_c.FPDFPageObj_GetFillColor(piece, red, green, blue, opacity):
        light = min(red.value, green.value, blue.value) >= _LIGHT
        if light or opacity.value < _THIN_INK:
            return True
    marks = range(pdfium_c.FPDFPageObj_CountMarks(piece))
    return any(_is_layer(piece, index) for index in marks)


def _is_layer(piece: pdfium_c.FPDF_PAGEOBJECT, index: int) -> bool:
    """Whether a mark of a piece of text is a layer; its name is not read where its length tells."""
    mark, length = pdfium_c.FPDFPageObj_GetMark(piece, index), ctypes.c_ulong()
    pdfium_c.FPDFPageObjMark_GetName(mark, None, 0, length)
    return length.value == _LAYER_NAME_BYTES


def find_seen(page: pdfium.PdfPage, drawn: Sequence[tuple[Fragment, bool]]) -> tuple[Fragment, ...]:
    """Give the fragments that people see, of those drawn; each with whether its text is faint."""
    smallest = _SMALLEST * min(1.0, page.get_height() / _SHEET)
    grounds = _grounds(page)
    doubted = {
        fragment
        for fragment, faint in drawn
        if faint or any(_holds(ground, fragment.box) for ground in grounds)
    }
    unseen = doubted - _inked(page, doubted) if doubted else doubted
    return tuple(
        fragment
        for fragment, _ in drawn
        if fragment not in unseen and fragment.box[3] - fragment.box[1] >= smallest
    )


def _inked(page: pdfium.PdfPage, fragments: Set[Fragment]) -> set[Fragment]:
    """Give those of the fragments that leave ink where they stand."""
    from assistant.reading.ink import find_inked  # numpy: few pages have a doubtful text

    inked = find_inked(page, [fragment.box for fragment in fragments])
    return {fragment for fragment in fragments if fragment.box in inked}


def _grounds(page: pdfium.PdfPage) -> list[Box]:
    """Give the boxes of what may hide text: pictures and filled shapes, white paper aside."""
    place, raw = placing(page), page.raw
    count = pdfium_c.FPDFPage_CountObjects(raw)
    grounds: list[Box] = []
    text_begun = False
    for index in range(count if count <= _MOST_OBJECTS else 0):
        shape = pdfium_c.FPDFPage_GetObject(raw, index)
        kind = pdfium_c.FPDFPageObj_GetType(shape)
        text_begun = text_begun or kind == pdfium_c.FPDF_PAGEOBJ_TEXT
        hides = kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
        if hides or (kind == pdfium_c.FPDF_PAGEOBJ_PATH and _fills(shape, over_text=text_begun)):
            box = _bounds(shape)
            if min(box[2] - box[0], box[3] - box[1]) > _GROUND:
                grounds.append(place(*box))
    return grounds


def _fills(path: pdfium_c.FPDF_PAGEOBJECT, *, over_text: bool) -> bool:
    """Whether a path is filled; in white, it is paper unless text was drawn before."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, filled, stroked)
    return bool(filled.value) and (over_text or not is_faint(path))


def _bounds(shape: pdfium_c.FPDF_PAGEOBJECT) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    return (left.value, bottom.value, right.value, top.value)


def _holds(ground: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3]
