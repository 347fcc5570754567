"""Lines → paragraphs: where one ends, and how its lines are joined."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.records import CELL_END, Box, Line, Page, PageBox

_MARKER = re.compile(r"(?:[-–—•▪]|\d{1,2}\s?[-–—)]|[A-Za-z]\s?[-)]|[IVX]{1,4}\s?[-)])\s?\S")
_ENDS_SENTENCE = re.compile(r"[.;:!?»]$")
_CUT_WORD = re.compile(r"[^\W\d_][-‐\u00ad–]$")  # a letter, then a hyphen, at the end of a line

_PREFIX = re.compile(
    r"après|arrière|au|avant|celles?|celui|ceux|ci|contre|demi|[eè]s|ex|là|lui|mi|non|peut|plus"
    r"|procès|quasi|rendez|semi|sous|sus|vice|vis"
    r"|dix|vingt|trente|quarante|cinquante|soixante|quatre|cent"
)
"""First halves of compounds; those that words also begin with ("auto", "inter") are left out."""

_LOOSE = 1.18  # a pitch this many times the usual one separates paragraphs (1.2 to 1.5 seen)
_INDENT = 6.0  # points
_SHORT = 0.88  # a line that ends before this share of its column ends its paragraph


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line, and its page."""

    line: Line
    page: int  # 1-based PDF index
    box: Box  # where a viewer shows it; `line.box` is where it lies once a scan is level

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text

    @property
    def page_box(self) -> PageBox:
        """Its box with its page."""
        return (self.page, *self.box)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one, at least one."""

    lines: tuple[PlacedLine, ...]

    @property
    def text(self) -> str:
        """Its lines joined by spaces: good enough to recognise what it is."""
        return " ".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        """1-based PDF index of its first line."""
        return self.lines[0].page


@dataclass(frozen=True, slots=True)
class _Column:
    """The measures of one column of one page, in points."""

    left: float
    right: float
    pitch: float  # between the lines of one paragraph: among the smallest of the column
    height: float  # of a usual line

    def pitch_of(self, line: Line) -> float:
        """Give the pitch expected above a line: larger type (a title) stands further apart."""
        return self.pitch * max(1.0, (line.box[3] - line.box[1]) / self.height)

    def indents(self, line: Line) -> bool:
        return line.box[0] - self.left > _INDENT

    def ends_short(self, line: Line) -> bool:
        return line.box[2] - self.left < _SHORT * (self.right - self.left)


def split_paragraphs(
    pages: Sequence[Page], *, is_heading: Callable[[str], bool]
) -> list[Paragraph]:
    """Split the lines of all pages into paragraphs.

    `is_heading` tells from a line's text that it begins a heading: a heading always begins a
    paragraph, and at the top of a column only a line without indent continues one.
    """
    paragraphs: list[list[PlacedLine]] = []
    previous: tuple[Line, _Column] | None = None
    for page in pages:
        columns = _measure_columns(page)
        for index, line in enumerate(page.lines):
            column = columns[line.column]
            follows = index > 0 and page.lines[index - 1].column == line.column
            if previous is None or is_heading(line.text) or _is_row(previous[0]) or _is_row(line):
                starts = True
            else:
                in_heading = is_heading(paragraphs[-1][0].text)
                breaks = _breaks_in_column if follows else _breaks_over_columns
                starts = breaks(previous, line, column, in_heading=in_heading)
            if starts:
                paragraphs.append([])
            paragraphs[-1].append(PlacedLine(line, page.numbers.pdf, page.printed_box(line.box)))
            previous = (line, column)
    return [Paragraph(tuple(lines)) for lines in paragraphs]


def _is_row(line: Line) -> bool:
    return CELL_END in line.text


def _breaks_in_column(
    previous: tuple[Line, _Column], line: Line, column: _Column, *, in_heading: bool
) -> bool:
    above, _ = previous
    if line.box[1] - above.box[1] > _LOOSE * column.pitch_of(line):
        return True
    if line.bold != above.bold and (in_heading or line.bold):
        return True
    ended = _ENDS_SENTENCE.search(above.text) is not None
    begins = _MARKER.match(line.text) or (column.indents(line) and not column.indents(above))
    return ended and bool(begins)


def _breaks_over_columns(
    previous: tuple[Line, _Column], line: Line, column: _Column, *, in_heading: bool
) -> bool:
    above, column_above = previous
    if in_heading or line.bold != above.bold:
        return column.indents(line) or line.bold != above.bold
    if _ENDS_SENTENCE.search(above.text):
        begins = _MARKER.match(line.text) or column.indents(line)
        return bool(begins) or column_above.ends_short(above)
    return column_above.ends_short(above) and column.indents(line)


def _measure_columns(page: Page) -> dict[int, _Column]:
    columns = {}
    for number in {line.column for line in page.lines}:
        lines = [line for line in page.lines if line.column == number]
        pitches = sorted(
            below.box[1] - above.box[1]
            for above, below in pairwise(lines)
            if below.box[1] > above.box[1]
        )
        columns[number] = _Column(
            left=min(line.box[0] for line in lines),
            right=max(line.box[2] for line in lines),
            pitch=pitches[len(pitches) // 5] if pitches else 0.0,
            height=median(line.box[3] - line.box[1] for line in lines),
        )
    return columns


def join_lines(
    lines: Sequence[str], words: frozenset[str], *, hyphenated: bool = False
) -> list[str]:
    """Give each line's text with what joins it to the next one, so that "".join() is a paragraph.

    A compound keeps its hyphen ("es-/qualités"), a cut word loses it: see `_is_cut`. `words` are
    those of the document, in lower case, whole and compound;
    `hyphenated` says whether it cuts words at all (`cuts_words`).
    """
    joined = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None:
            joined.append(line)
        elif _CUT_WORD.search(line):
            cut = _is_cut(line, following, words, hyphenated=hyphenated)
            joined.append(line[:-1] if cut else line)
        else:
            joined.append(line + " ")
    return joined


def document_words(lines: Iterable[str]) -> frozenset[str]:
    """Give the words and the compounds of a document, the halves of cut words left out."""
    words: set[str] = set()
    cut = False
    for line in lines:
        found = re.findall(r"\w+(?:[-‐–]\w+)*", line.lower())
        whole = found[1 if cut else 0 :]
        cut = _CUT_WORD.search(line) is not None
        for word in whole[:-1] if cut else whole:
            words.add(re.sub(r"[‐–]", "-", word))
            words.update(re.findall(r"\w+", word))
    return frozenset(words)


def cuts_words(lines: Sequence[str], words: frozenset[str]) -> bool:
    """Whether a document cuts words: as much as half of its hyphens at line ends surely do so.

    In the 2023 decree all 35 are compounds, and in a règlement de consultation both.
    """
    ends = [pair for pair in pairwise(lines) if _CUT_WORD.search(pair[0])]
    return 2 * sum(_is_cut(*pair, words, hyphenated=False) for pair in ends) >= max(1, len(ends))


def _is_cut(line: str, following: str, words: frozenset[str], *, hyphenated: bool) -> bool:
    """Whether the hyphen at the end of a line only cuts a word.

    It does when the whole word stands elsewhere in the document, and does not when the compound
    does. Failing both, it is a compound's where the document cuts no words, if the word begins
    as many compounds do, or if both halves are words of the document.
    """
    head, tail = re.search(r"\w+$", line[:-1]), re.match(r"\w+", following)
    if not head or not tail or tail.group()[0].isdigit():
        return False
    first, second = head.group().lower(), tail.group().lower()
    if first + second in words or line[-1] == "\u00ad":
        return True
    compound = f"{first}-{second}" in words or {first, second} <= words
    if not hyphenated or compound or _PREFIX.fullmatch(first):
        return False
    return tail.group()[0].islower()
