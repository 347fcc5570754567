"""Placed lines → the bytes of a PDF laid out like the Bulletin officiel."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from fpdf import FPDF

from specimen.lines import BODY_SIZE, LOOKS, Run
from specimen.pages import BOTTOM, TOP, TWO_COLUMNS, PlacedLine
from specimen.source import Block, Kind, Source

_BULLETIN = Run("BULLETIN OFFICIEL – SPÉCIMEN, TEXTE FICTIF", "B", 8)
_MARK = Run("SPÉCIMEN – TEXTE FICTIF, SANS VALEUR JURIDIQUE", "B", 8)
PAGE_WIDTH, MARGIN = 595.28, 30.0
_MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)  # fixed: the same texts give the same bytes


def open_pdf(title: str) -> FPDF:
    """Begin a document whose bytes depend on its content alone.

    Times is one of the fonts every viewer has, and cp1252 holds all that French needs. Streams
    are left uncompressed because two versions of zlib need not agree on the bytes.
    """
    pdf = FPDF(unit="pt", format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_compression(False)
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    pdf.set_subject(_MARK.text)
    pdf.set_lang("fr-FR")
    pdf.set_creator("documents/make_specimen.py")
    pdf.set_producer("fpdf2")
    pdf.set_creation_date(_MADE_ON)
    return pdf


def measure_run(pdf: FPDF, run: Run) -> float:
    """Width of a run, in points."""
    pdf.set_font("Times", run.style, run.size)
    return float(pdf.get_string_width(run.text))


def draw_contents(pdf: FPDF, source: Source, placed: Sequence[PlacedLine]) -> None:
    """Draw the page that repeats every heading with dots and a page number."""
    pdf.add_page()
    _draw_aligned(pdf, _MARK, PAGE_WIDTH / 2, 824, 0.5)
    _draw_aligned(pdf, Run("SOMMAIRE", "B", 15), PAGE_WIDTH / 2, 92, 0.5)
    subject = source.title.partition(" relatif ")
    _draw_aligned(pdf, Run(subject[0], "B", 11), PAGE_WIDTH / 2, 122, 0.5)
    _draw_aligned(pdf, Run("".join(subject[1:]).strip(), "B", 11), PAGE_WIDTH / 2, 137, 0.5)
    y = 172.0
    for place in placed:
        if (entry := place.line.entry) is not None:
            y += 7 if entry.kind in (Kind.CHAPTER, Kind.ANNEXE) else 0
            _draw_entry(pdf, entry, place.page, y)
            y += 17


def _draw_entry(pdf: FPDF, entry: Block, page: int, y: float) -> None:
    """Draw one line of the contents, from margin to margin."""
    left, right = 72.0, PAGE_WIDTH - 72.0
    style = LOOKS[entry.kind].style
    heading = Run(entry.text.replace(" | ", " : ") + " ", style, BODY_SIZE)
    begin = left + measure_run(pdf, heading)
    dot = measure_run(pdf, Run("."))
    dots = Run("." * int((right - 24 - begin) / dot))
    _draw_aligned(pdf, heading, left, y, 0)
    _draw_aligned(pdf, dots, right - 24, y, 1)
    _draw_aligned(pdf, Run(str(page), style), right, y, 1)


def draw_pages(pdf: FPDF, source: Source, placed: Sequence[PlacedLine]) -> None:
    """Draw the printed pages in order, each with its header and its footer."""
    for page, places in groupby(placed, key=lambda place: place.page):
        pdf.add_page()
        _draw_furniture(pdf, source, page)
        lines = list(places)
        if lines[0].columns == TWO_COLUMNS:
            pdf.line(PAGE_WIDTH / 2, TOP - 8, PAGE_WIDTH / 2, BOTTOM + 4)
        for place in lines:
            _draw_line(pdf, place)


def _draw_furniture(pdf: FPDF, source: Source, page: int) -> None:
    """Draw the running header, whose ends change sides, and the printed page number."""
    bo_page = source.first_bo_page + page - 1
    ends = (source.bulletin, str(bo_page)) if bo_page % 2 else (str(bo_page), source.bulletin)
    _draw_aligned(pdf, Run(ends[0], "", 8.5), MARGIN, 50, 0)
    _draw_aligned(pdf, _BULLETIN, PAGE_WIDTH / 2, 50, 0.5)
    _draw_aligned(pdf, Run(ends[1], "", 8.5), PAGE_WIDTH - MARGIN, 50, 1)
    pdf.set_line_width(0.5)
    for y in (56.0, 58.0):
        pdf.line(MARGIN, y, PAGE_WIDTH - MARGIN, y)
    _draw_aligned(pdf, Run(str(page), "", 9), PAGE_WIDTH / 2, 808, 0.5)
    _draw_aligned(pdf, _MARK, PAGE_WIDTH / 2, 824, 0.5)


def _draw_line(pdf: FPDF, place: PlacedLine) -> None:
    """Draw a line run by run, its words spread when it is justified."""
    line, column = place.line, place.column
    free = column.width - line.indent - sum(measure_run(pdf, run) for run in line.runs)
    spaces = sum(run.text.count(" ") for run in line.runs)
    share = {"centre": 0.5, "right": 1.0}.get(line.align, 0.0)
    x = column.left + line.indent + share * free
    spread = free / spaces if line.align == "justified" and spaces else 0.0
    for run in line.runs:
        _draw_run(pdf, run, x, place.baseline, spread)
        x += measure_run(pdf, run) + spread * run.text.count(" ")


def _draw_aligned(pdf: FPDF, run: Run, x: float, baseline: float, share: float) -> None:
    """Draw a run with `share` of its width left of `x`: 0 begins there, 1 ends there."""
    _draw_run(pdf, run, x - share * measure_run(pdf, run), baseline)


def _draw_run(pdf: FPDF, run: Run, x: float, baseline: float, spread: float = 0.0) -> None:
    """Draw a run from `x`, each of its spaces wider by `spread`.

    fpdf2 spreads the words of whole paragraphs only, so the operator (Tw, ISO 32000-1, 9.3.3)
    is written here: the words of a line stay one string, with its spaces, in the text layer.
    """
    pdf.set_font("Times", run.style, run.size)
    if spread:
        pdf._out(f"{spread:.3f} Tw")
    pdf.text(x, baseline, run.text)
    if spread:
        pdf._out("0 Tw")
