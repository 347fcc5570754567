"""A dossier as a PDF, in a free typeface that has the letters of French and Arabic."""

import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from assistant.dossiers.making import details
from assistant.dossiers.records import Dossier, DrawnPage, Source
from assistant.dossiers.words import (
    EXTRACT,
    found_line,
    made_line,
    missing_line,
    page_line,
    regime_line,
    verified,
)
from assistant.records import CELL_END
from assistant.typesetting import Span, typeset

_FACE = "FiraGO"  # SIL Open Font License; the package of its files has no other licence
_MARGIN = 18.0  # millimetres
_BODY, _SMALL, _TITLE = 10.5, 9.0, 14.0  # points
_LEADING = 0.5  # millimetres a point
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GREY, _BLACK = (74, 87, 93), (27, 36, 41)


def dossier_pdf(dossier: Dossier) -> bytes:
    """Write a dossier."""
    with _opened(dossier) as sheet:
        _write(sheet, dossier)
        return bytes(sheet.output())


class _Sheet(FPDF):
    """A4 sheets with their number at the foot."""

    name = ""

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-12)
        self.set_font(_FACE, "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 5, f"{self.name} – page {self.page_no()} sur {{nb}}", align="C")

    def line_of(
        self, text: str, *, size: float = _BODY, style: str = "", grey: bool = False
    ) -> None:
        """Write a paragraph on lines of its own."""
        self._set(size, style, grey=grey)
        text = _printable(text)
        is_arabic = bool(_ARABIC.search(text))
        self.set_text_shaping(is_arabic)  # it takes a second a page, and French needs none
        self.multi_cell(
            0,
            size * _LEADING,
            text,
            align="R" if is_arabic else "L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(size * 0.14)

    def marked(self, text: str, spans: Sequence[Span]) -> None:
        """Write a text, what is quoted of it in bold."""
        position = 0
        for line in text.split("\n"):
            for piece, is_quoted in _pieces(line, position, spans):
                self._set(_BODY, "B" if is_quoted else "", grey=False)
                self.write(_BODY * _LEADING, _printable(piece.replace(CELL_END, "  |  ")))
            self.ln(_BODY * (_LEADING + 0.14))
            position += len(line) + 1

    def picture(self, page: DrawnPage) -> None:
        """Put a printed page on a page of its own, as large as it fits."""
        self.add_page()
        self.line_of(page_line(page.numbers), size=_SMALL, grey=True)
        width, height = self.epw, self.eph - self.get_y() + _MARGIN - 4
        self.image(
            io.BytesIO(page.png), self.l_margin, self.get_y(), width, height, keep_aspect_ratio=True
        )

    def _set(self, size: float, style: str, *, grey: bool) -> None:
        self.set_font(_FACE, style, size)
        self.set_text_color(*(_GREY if grey else _BLACK))


@contextmanager
def _opened(dossier: Dossier) -> Iterator[_Sheet]:
    """Open an empty document; the library takes its typefaces from files alone."""
    from pymupdf_fonts import FiraGO_Bold, FiraGO_Regular

    with tempfile.TemporaryDirectory() as folder:
        sheet = _Sheet(format="A4")
        for style, face in (("", FiraGO_Regular), ("B", FiraGO_Bold)):
            path = Path(folder) / f"{_FACE}{style}.ttf"
            path.write_bytes(face.fontbuffer)
            sheet.add_font(_FACE, style, path)
        sheet.name = f"Dossier {dossier.answer_id[:8]}"
        sheet.set_margin(_MARGIN)
        sheet.set_auto_page_break(auto=True, margin=_MARGIN)
        sheet.set_title("Dossier de réponse")
        sheet.set_lang("fr")
        sheet.set_creation_date(dossier.made_at)
        sheet.add_page()
        yield sheet


def _write(sheet: _Sheet, dossier: Dossier) -> None:
    answer = dossier.answer
    sheet.line_of("Dossier de réponse", size=18, style="B")
    sheet.line_of(made_line(dossier), size=_SMALL, grey=True)
    sheet.line_of(dossier.typed, size=_TITLE, style="B")
    if answer.question != dossier.typed:
        sheet.line_of(f"Question comprise : {answer.question}", size=_SMALL, grey=True)
    sheet.line_of(regime_line(answer.regime), size=_SMALL, grey=True)
    sheet.line_of(found_line(answer.outcome), size=_TITLE, style="B")
    for paragraph in filter(str.strip, answer.text.split("\n")):
        sheet.line_of(paragraph.replace(CELL_END, "  |  "))
    for sentence, _, reasons in verified(answer.sentences):
        sheet.line_of(f"{reasons} – « {sentence} »", size=_SMALL)
    for source in dossier.sources:
        _write_source(sheet, source)
        if source.pages:
            sheet.add_page()  # a picture leaves no room under it
    sheet.line_of("Ce qui a produit cette réponse", size=_TITLE, style="B")
    for name, value in details(dossier):
        sheet.line_of(f"{name} : {value}", size=_SMALL)
    for name, digest in {s.file_name: s.sha256 for s in dossier.sources if s.sha256}.items():
        sheet.line_of(f"{name}\nSHA-256 : {digest}", size=_SMALL)


def _write_source(sheet: _Sheet, source: Source) -> None:
    sheet.ln(3)
    sheet.line_of(source.title, size=_TITLE, style="B")
    sheet.line_of(source.instrument)
    sheet.line_of(f"{source.force}.", size=_SMALL, grey=True)
    for quotation in source.quotations:
        sheet.line_of(f"[{quotation.label}] {quotation.citation}")
    if source.article:
        sheet.line_of(f"{EXTRACT}.", size=_SMALL, grey=True)
        sheet.marked(source.article.text, [q.span for q in source.quotations])
    else:
        sheet.line_of(missing_line(source), size=_SMALL, grey=True)
        for quotation in source.quotations:
            sheet.line_of(f"« {quotation.text} »")
    for page in source.pages:
        sheet.picture(page)


def _pieces(line: str, position: int, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Cut a line where quotations begin and end; tells of each piece whether it is quoted."""
    at = 0
    for start, end in sorted(spans):
        low, high = max(start - position, at), min(end - position, len(line))
        if low < high:
            yield line[at:low], False
            yield line[low:high], True
            at = high
    yield line[at:], False


def _printable(text: str) -> str:
    """Leave out what no reader sees, and write the thin space as the typeface has it."""
    return _UNPRINTED.sub("", typeset(text)).replace("\u202f", "\u00a0")
