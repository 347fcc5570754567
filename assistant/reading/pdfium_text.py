"""PDF bytes → raw pages through PDFium: every character with its box, joined into fragments.

PDFium is thirty times as fast as pdfminer.six (FACTS) and can abort its process, so this runs in
the child process alone; what it cannot read is read by `pdfminer_text`. Its own guess of lines and
spaces is not used: the row-by-row file of FACTS shows what it is worth.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assistant.reading.legibility import letters
from assistant.reading.pdfium_rules import placing, read_rules
from assistant.reading.raw_pages import DRAW_NOTHING, Fragment, RawPage, is_on_page
from assistant.reading.visibility import find_seen, is_faint

# Shares of the type size. Fragments are joined again by `layout`, which knows the columns; what
# must not happen here is that one fragment crosses the gutter (15 points in the 2013 text), or
# that a letter-spaced word falls apart ("p er t in e n ce", article 13 of the 2023 text).
_FRAGMENT_GAP = 0.75
_WORD_GAP = 0.14
_MARKED_WORD_GAP = 0.09  # where PDFium, which knows the font's own space, sees one too, or
# where the file begins another piece of text
_OVERLAP = 0.6  # how far the next glyph may stand back: kerning, accents drawn after their letter

_LINE_END_HYPHEN = 0x02  # what PDFium gives for the hyphen that ends a line
_NO_CHARACTER = frozenset(
    {0x00, 0x01, 0xFFFE, 0xFFFF, *range(0x03, 0x09), *range(0x0E, 0x20), 0x7F, *DRAW_NOTHING}
)
_HIDDEN_LETTERS = 10  # on a page; fewer are a stray word that a program left


@dataclass(slots=True)
class _Glyph:
    """A character on the page as shown: points, origin at the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    faint: bool  # it may leave no ink
    marked: bool  # PDFium sees a space before it, or the file begins another piece of text


def read_raw_pages(data: bytes, numbers: Sequence[int]) -> Iterator[RawPage]:
    """Give the pages of these 1-based numbers. An owner-encrypted file opens like any other."""
    document = pdfium.PdfDocument(data)
    for number in numbers:
        page = document[number - 1]
        width, height = page.get_size()
        written = ((_fragment(run), run[0].faint) for run in _runs(_glyphs(page)))
        drawn = [(f, faint) for f, faint in written if is_on_page(f.box, width, height)]
        seen = find_seen(page, drawn)
        hidden = _letters(f for f, _ in drawn) - _letters(seen) >= _HIDDEN_LETTERS
        yield RawPage(number, width, height, seen, read_rules(page), hidden=hidden)
        page.close()


def _glyphs(page: pdfium.PdfPage) -> Iterator[_Glyph]:
    """Give the characters that the page draws, in its own order, spaces included."""
    place = placing(page)
    text_page = page.get_textpage()
    raw, box = text_page.raw, pdfium_c.FS_RECTF()
    looks: dict[int, tuple[bool, bool]] = {}  # of a piece of text: bold, faint
    marked, before = False, 0
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        if pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
            marked = True  # a space or a line end that PDFium adds
            continue
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if code in _NO_CHARACTER or 0xD800 <= code < 0xE000:
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        text = "-" if code == _LINE_END_HYPHEN else chr(code)
        piece = pdfium_c.FPDFText_GetTextObject(raw, index)
        address = ctypes.addressof(piece.contents) if piece else 0
        if address not in looks:
            looks[address] = _is_bold(piece), is_faint(piece)
        placed = place(box.left, box.bottom, box.right, box.top)
        yield _Glyph(text, *placed, *looks[address], marked or address != before)
        marked, before = False, address
    text_page.close()


def _is_bold(piece: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether the font of a piece of text says so in its name: its weight is often not given."""
    name = ctypes.create_string_buffer(128)
    if piece:
        font = pdfium_c.FPDFTextObj_GetFont(piece)
        pdfium_c.FPDFFont_GetBaseFontName(font, name, len(name))
    return b"bold" in name.value.lower()


def _runs(glyphs: Iterable[_Glyph]) -> Iterator[list[_Glyph]]:
    """Join the glyphs that follow each other on one baseline; some of each run leave ink."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield from _inked_run(run)
            run = []
        run.append(glyph)
    yield from _inked_run(run)


def _follows(glyph: _Glyph, following: _Glyph) -> bool:
    if glyph.faint != following.faint:
        return False
    size = max(glyph.bottom - glyph.top, 1.0)
    shared = min(glyph.bottom, following.bottom) - max(glyph.top, following.top)
    if shared < 0.5 * min(size, following.bottom - following.top):
        return False
    return -_OVERLAP * size < following.x0 - glyph.x1 < _FRAGMENT_GAP * size


def _inked_run(run: list[_Glyph]) -> Iterator[list[_Glyph]]:
    if any(not glyph.text.isspace() for glyph in run):
        yield run


def _fragment(run: Sequence[_Glyph]) -> Fragment:
    """Write the fragment of a run: a box around what is inked, a space where there is a gap."""
    text = ""
    for previous, glyph in zip((None, *run), run, strict=False):
        text += (" " if previous and _stands_apart(previous, glyph) else "") + glyph.text
    inked = [glyph for glyph in run if not glyph.text.isspace()]
    box = (
        min(glyph.x0 for glyph in inked),
        min(glyph.top for glyph in inked),
        max(glyph.x1 for glyph in inked),
        max(glyph.bottom for glyph in inked),
    )
    return Fragment(text.strip(), box, bold=2 * sum(g.bold for g in inked) > len(inked))


def _letters(fragments: Iterable[Fragment]) -> int:
    return sum(letters(fragment.text) for fragment in fragments)


def _stands_apart(glyph: _Glyph, following: _Glyph) -> bool:
    gap = _MARKED_WORD_GAP if following.marked else _WORD_GAP
    return following.x0 - glyph.x1 > gap * (following.bottom - following.top)
