"""The geometry of a page through PDFium: where its boxes stand, and the rules it draws.

Runs in the child process alone, like all that calls PDFium.
"""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assistant.records import Box

_THIN = 1.5  # points
_MOST_PATHS = 2_000  # a page with more draws pictures or letters, not tables
_MOST_SEGMENTS = 400  # … and so does a path

Place = Callable[[float, float, float, float], Box]


def placing(page: pdfium.PdfPage) -> Place:
    """Give what turns a box of the file (origin at the bottom left) into one of the shown page."""
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation():
        case 90:
            return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        case 180:
            return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
        case 270:
            return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


def read_rules(page: pdfium.PdfPage) -> tuple[Box, ...]:
    """Give the horizontal and vertical strokes of a page, as thin boxes.

    What a form draws is not looked at.
    """
    place = placing(page)
    raw = page.raw
    paths = [
        shape
        for index in range(pdfium_c.FPDFPage_CountObjects(raw))
        if pdfium_c.FPDFPageObj_GetType(shape := pdfium_c.FPDFPage_GetObject(raw, index))
        == pdfium_c.FPDF_PAGEOBJ_PATH
    ]
    if len(paths) > _MOST_PATHS:
        return ()
    return tuple(place(*stroke) for path in paths for stroke in _strokes(path))


def _strokes(path: pdfium_c.FPDF_PAGEOBJECT) -> Iterator[Box]:
    """Give the straight strokes of a path, in the file's coordinates.

    Many programs fill a thin rectangle instead of drawing a line; a thick one is a background.
    """
    points = _points(path)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, filled, stroked)
    if points and not stroked.value:
        xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
            yield (min(xs), min(ys), max(xs), max(ys))
        return
    for (x0, y0, _), (x1, y1, drawn) in pairwise(points):
        if drawn and min(abs(x1 - x0), abs(y1 - y0)) < _THIN:
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _points(path: pdfium_c.FPDF_PAGEOBJECT) -> list[tuple[float, float, bool]]:
    """Give the points of a path and whether a straight line leads to each.

    A closed figure comes back to its first point; curves are not followed.
    """
    count = pdfium_c.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return []
    matrix, x, y = pdfium_c.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    points: list[tuple[float, float, bool]] = []
    first = (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        placed = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = placed
        points.append((*placed, kind == pdfium_c.FPDF_SEGMENT_LINETO))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append((*first, True))
    return points
