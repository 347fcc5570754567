"""What every part speaks of: the law's own types, frozen, knowing no vendor.

One word for one thing (see the glossary in README.md): an *article* is cut into *passages*; a
passage that an answer points at is a *citation*; a doubt about a sentence is a *finding*.
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SUBJECT = re.compile(
    r"\s+(?:relati(?:f|ve)s?|portant|fixant|modifiant|complétant|approuvant|pris(?:e)? pour)\b"
)
"""What follows the number and date in a title."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points, origin at the top left of the page."""

PageBox = tuple[int, float, float, float, float]
"""1-based PDF page, then a `Box` on it."""

PREAMBLE = "preambule"
"""The `number` of the text that stands before the first article."""


CELL_END = "\t"
"""What separates the cells of a table row: a row is one line, and one paragraph of its article."""


def is_of_several_texts(number: str) -> bool:
    """Whether an article's number names its text too, "2 (loi n° 3-82)": its file has several."""
    return " (" in number


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one row of a table, in reading order."""

    text: str
    box: Box
    column: int  # 0-based, left to right, on its page
    bold: bool
    confidence: float | None = None  # 0 to 1 when characters were recognised; None: printed text


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The three numbers of one page."""

    pdf: int  # 1-based index in the PDF, the number a viewer opens
    printed: int | None  # the number at the foot of the page
    bo: int | None  # the Bulletin officiel's page, the number people cite


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its body lines in reading order, without running header and footer."""

    numbers: PageNumbers
    width: float  # PDF points
    height: float
    lines: tuple[Line, ...]
    turn: float = 0.0  # degrees anticlockwise by which a scan was turned to make its lines level

    def printed_box(self, box: Box) -> Box:
        """Give a line's box as it lies on the page that a viewer shows, before it was turned."""
        if not self.turn:
            return box
        sideways = round(self.turn / 90.0) % 2
        shown = (self.height, self.width) if sideways else (self.width, self.height)
        cosine, sine = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        corners = [
            (
                shown[0] / 2 + (x - self.width / 2) * cosine - (y - self.height / 2) * sine,
                shown[1] / 2 + (x - self.width / 2) * sine + (y - self.height / 2) * cosine,
            )
            for x in (box[0], box[2])
            for y in (box[1], box[3])
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


@dataclass(frozen=True, slots=True)
class PrintedSpan:
    """Where a printed line stands in an article's text: `text[start:end]`."""

    start: int
    end: int
    page: int  # 1-based PDF index
    box: Box
    confidence: float | None = None  # 0 to 1 when characters were recognised


@dataclass(frozen=True, slots=True)
class Article:
    """One numbered article (or the preamble, or an annexe), exactly as printed."""

    number: str  # "12", "12 bis", "annexe-1", "preambule": a label, so never an int
    heading: str  # as printed, "ART. 2. – Objet et champ d’application"
    path: tuple[str, ...]  # chapter, section, sub-section
    text: str  # without the heading; paragraphs, and table rows, are separated by one line feed
    pages: tuple[PageNumbers, ...]  # every page it stands on, at least one, in order
    heading_boxes: tuple[PageBox, ...]
    spans: tuple[PrintedSpan, ...]  # ordered by `start`; together they cover the text's words

    @property
    def page(self) -> int:
        """1-based PDF index of the page where it starts."""
        return self.pages[0].pdf

    @property
    def is_numbered(self) -> bool:
        """Whether it is an article proper: not the preamble, an annexe, or a mere page."""
        return self.number[0].isdigit()

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Boxes of the printed lines that carry `text[start:end]`, in order."""
        return tuple((s.page, *s.box) for s in self.spans if s.start < end and start < s.end)

    def page_at(self, position: int) -> PageNumbers:
        """Numbers of the page that carries the character at `position`."""
        pdf = next((s.page for s in self.spans if position < s.end), self.pages[-1].pdf)
        return next((p for p in self.pages if p.pdf == pdf), self.pages[0])


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference in an article's text to an article, to a part of one, or to an instrument."""

    start: int  # 0-based: `text[start:end]` is the number or the label that is printed
    end: int
    instrument: str | None  # "2-22-431"; None when the text does not tell
    article: str | None  # "163", "4 bis", "annexe-2"; None for an instrument alone
    paragraph: str | None  # from outer to inner, "paragraphe 1, alinéa 3"; None for all of it


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument (décret, arrêté, loi…), or a document known by its file name alone."""

    number: str  # "2-22-431"; a slug of the file name when the text names no instrument
    title: str  # "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023) relatif aux marchés publics"

    @property
    def short_name(self) -> str:
        """The way people cite it: the title up to its subject."""
        return _SUBJECT.split(self.title, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An issue of the Bulletin officiel."""

    number: str  # "7184"
    day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one file."""

    instrument: Instrument
    page_count: int
    articles: tuple[Article, ...]
    warnings: tuple[str, ...]  # French sentences a person can act on
    ocr_pages: tuple[int, ...] = ()  # 1-based; those whose characters were recognised
    bulletin: Bulletin | None = None  # as its header names it; None when it names none

    @property
    def numbered_articles(self) -> int:
        """How many articles proper, without preamble and annexes."""
        return sum(a.is_numbered for a in self.articles)

    @property
    def annexes(self) -> int:
        """How many annexes."""
        return sum(a.number.startswith("annexe-") for a in self.articles)


@dataclass(frozen=True, slots=True)
class Document:
    """One uploaded file, once published."""

    id: str
    file_name: str
    instrument: Instrument
    page_count: int
    article_count: int
    annexe_count: int
    passage_count: int
    warnings: tuple[str, ...]
    indexed_at: str  # ISO 8601, UTC
    ocr_page_count: int = 0  # pages whose characters were recognised


@dataclass(frozen=True, slots=True)
class Passage:
    """The piece of an article that search returns: `article.text[start:end]`."""

    id: str  # deterministic: the same file gives the same passages
    document_id: str
    instrument: str
    article: str
    heading: str
    path: tuple[str, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with what search thinks of it."""

    passage: Passage
    score: float  # the engine's own scale: compare within one search only


class Status(StrEnum):
    """Status of an instrument with respect to a procedure (DOMAIN: the two decrees)."""

    IN_FORCE = "in_force"
    TRANSITIONAL = "transitional"
    REPEALED = "repealed"

    @property
    def shown(self) -> str:
        """What the screens and dossiers call it."""
        return {"in_force": "En vigueur", "transitional": "Transitoire"}.get(self, "Abrogé")


@dataclass(frozen=True, slots=True)
class Regime:
    """The instruments that govern a procedure, and why."""

    instruments: tuple[str, ...]  # several when a question compares
    status: Status | None  # None when a question compares, or when no date of force is known
    basis: str  # a French sentence
    launched: date | None
