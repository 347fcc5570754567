"""Raw pages → pages: columns found, lines joined and put in reading order, furniture taken away.

*Furniture* is what is printed on page after page and is not text: running headers, footers and
page numbers. It is recognised by its repetition, never by a fixed crop: the last line of a column
of the Bulletin officiel stands lower than many a footer.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.reading.raw_pages import Fragment, RawPage
from assistant.reading.tables import join_table_rows
from assistant.records import CELL_END, Box, Line, Page, PageNumbers

_MARGIN = 0.12  # furniture stands in this share of the height, at the top and at the bottom
_REPEATED = 0.3  # … on at least this share of the pages
_ENOUGH = 6  # … or on this many, since annexes have a header of their own
_GUTTER_SEARCH = (0.35, 0.65)  # a gutter stands in this share of the width
_GUTTER_STEPS = 180  # … and is looked for at so many places, one a point on a page of A4
_NARROW = 0.12  # a column whose lines are narrower, in shares of the width, is a list of numbers
_BULLET = re.compile(r"^\(cid:\d+\)|[\uf000-\uf0ff]")
"""A glyph without a Unicode value that opens a line, or one of a font of symbols."""
_ORNAMENT = re.compile(r"[\s*_=~·•–—-]*")  # rules and asterisks between parts


def lay_out(raw_pages: Sequence[RawPage]) -> list[Page]:
    """Put the text of every page in reading order and read the page numbers in its furniture."""
    furniture = _furniture(raw_pages)
    numbers = _page_numbers(raw_pages, furniture)
    return [
        _lay_out_page(page, fragments, page_numbers)
        for page, fragments, page_numbers in zip(raw_pages, furniture, numbers, strict=True)
    ]


def _lay_out_page(page: RawPage, furniture: set[Fragment], numbers: PageNumbers) -> Page:
    body = join_table_rows(_visible([f for f in page.fragments if f not in furniture]), page.rules)
    lines = tuple(line for line in _lines(body, page.width) if not _ORNAMENT.fullmatch(line.text))
    return Page(numbers, page.width, page.height, lines, page.turn)


def _visible(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Leave out what other text is drawn over: a correction printed upon the words it replaces."""
    covered: set[int] = set()
    in_rows = sorted(range(len(fragments)), key=lambda index: fragments[index].box[1])
    for position, index in enumerate(in_rows):
        for other in in_rows[position + 1 :]:
            if fragments[other].box[1] > fragments[index].box[3]:
                break
            under, over = min(index, other), max(index, other)
            if _covers(fragments[over].box, fragments[under].box):
                covered.add(under)
    return [fragment for index, fragment in enumerate(fragments) if index not in covered]


def _covers(over: Box, under: Box) -> bool:
    """Whether three quarters of the width of a box, and most of its height, lie under another."""
    width = min(over[2], under[2]) - max(over[0], under[0])
    height = min(over[3], under[3]) - max(over[1], under[1])
    return width > 0.75 * (under[2] - under[0]) and height > 0.7 * (under[3] - under[1])


# Furniture


def _furniture(pages: Sequence[RawPage]) -> list[set[Fragment]]:
    """Give, for each page, the fragments of its margins that stand at one height on many pages."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)  # pattern → pages and heights
    for page in pages:
        for fragment in page.fragments:
            places[_pattern(fragment.text)].append((page.number, fragment.box[1]))
    needed = max(2.0, min(_REPEATED * len(pages), _ENOUGH))
    return [
        {
            fragment
            for fragment in _margin_fragments(page)
            if _repetitions(fragment, places[_pattern(fragment.text)]) >= needed
        }
        for page in pages
    ]


def _margin_fragments(page: RawPage) -> list[Fragment]:
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [f for f in page.fragments if f.box[1] < top or f.box[3] > bottom]


def _repetitions(fragment: Fragment, places: Sequence[tuple[int, float]]) -> int:
    """Count the pages that show the same text, numbers aside, at the same height (4 points)."""
    return len({page for page, top in places if abs(top - fragment.box[1]) < 4.0})


def _pattern(text: str) -> str:
    return re.sub(r"[0-9]+", "#", "".join(text.split()))


def _page_numbers(
    pages: Sequence[RawPage], furniture: Sequence[set[Fragment]]
) -> list[PageNumbers]:
    """Read the numbers that stand alone in the furniture and go up with the pages.

    In the Bulletin officiel the number at the top is its own page; any other number is the
    printed page of the file at hand.
    """
    tops = _running_numbers(pages, furniture, at_top=True)
    bottoms = _running_numbers(pages, furniture, at_top=False)
    numbers = []
    for page, fragments in zip(pages, furniture, strict=True):
        top, bottom = tops.get(page.number), bottoms.get(page.number)
        if any(_pattern(f.text).lower().startswith("bulletinofficiel") for f in fragments):
            numbers.append(PageNumbers(page.number, printed=bottom, bo=top))
        else:
            numbers.append(PageNumbers(page.number, bottom if bottom is not None else top, None))
    return numbers


def _running_numbers(
    pages: Sequence[RawPage], furniture: Sequence[set[Fragment]], *, at_top: bool
) -> dict[int, int]:
    """Give the number printed on each page, by page, where it follows the pages' own count."""
    found = [
        (page.number, int(re.sub(r"\D", "", fragment.text)))
        for page, fragments in zip(pages, furniture, strict=True)
        for fragment in fragments
        if re.fullmatch(r"\s*[-–]?\s*\d{1,5}\s*[-–]?\s*", fragment.text)
        and (fragment.box[1] < page.height / 2) == at_top
    ]
    if not found:
        return {}
    [(offset, _)] = Counter(number - page for page, number in found).most_common(1)
    return {page: number for page, number in found if number - page == offset}


# Columns and order


def _lines(fragments: Sequence[Fragment], width: float) -> list[Line]:
    """Read bands from top to bottom; in a band, columns from left to right.

    A band ends where a line runs over the gutter: a title or a table between columns.
    """
    gutter = _gutter(fragments, width)
    if gutter is None:
        return _join_rows(fragments, column=0)
    lines: list[Line] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: f.box[1]):
        if fragment.box[2] <= gutter:
            left.append(fragment)
        elif fragment.box[0] >= gutter:
            right.append(fragment)
        else:
            lines += _join_rows(left, column=0) + _join_rows(right, column=1)
            lines += _join_rows([fragment], column=0)
            left, right = [], []
    return lines + _join_rows(left, column=0) + _join_rows(right, column=1)


def _gutter(fragments: Sequence[Fragment], width: float) -> float | None:
    """Give the x that fewest fragments cross, if it separates two columns of text."""
    if not fragments:
        return None
    low, high = (share * width for share in _GUTTER_SEARCH)
    places = [low + (high - low) * step / _GUTTER_STEPS for step in range(_GUTTER_STEPS + 1)]
    crossings = [0] * len(places)
    for fragment in fragments:
        for step in range(
            bisect_right(places, fragment.box[0]), bisect_left(places, fragment.box[2])
        ):
            crossings[step] += 1
    fewest = min(crossings)
    best = [place for place, count in zip(places, crossings, strict=True) if count == fewest]
    gutter = best[len(best) // 2]
    sides = (
        [f for f in fragments if f.box[2] <= gutter],
        [f for f in fragments if f.box[0] >= gutter],
    )
    if fewest > 0.1 * len(fragments) or any(not _is_text_column(s, width) for s in sides):
        return None
    return gutter


def _is_text_column(fragments: Sequence[Fragment], width: float) -> bool:
    if len(fragments) < 3:
        return False
    widths = sorted(f.box[2] - f.box[0] for f in fragments)
    return widths[int(0.75 * len(widths))] > _NARROW * width


def _join_rows(fragments: Sequence[Fragment], *, column: int) -> list[Line]:
    """Join the fragments of one column that stand on the same baseline."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.box[1] + f.box[3]) / 2):
        if rows and _same_row(rows[-1][-1].box, fragment.box):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [_line(sorted(row, key=lambda f: f.box[0]), column) for row in rows]


def _same_row(a: Box, b: Box) -> bool:
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    return overlap > 0.5 * min(a[3] - a[1], b[3] - b[1])


def _line(row: Sequence[Fragment], column: int) -> Line:
    text = ""
    for previous, fragment in zip([None, *row], row, strict=False):
        apart = previous is not None and abs(fragment.box[0] - previous.box[2]) > 1.0
        text += (" " if apart else "") + fragment.text
    box = (
        min(f.box[0] for f in row),
        min(f.box[1] for f in row),
        max(f.box[2] for f in row),
        max(f.box[3] for f in row),
    )
    bold = 2 * sum(len(f.text) for f in row if f.bold) > sum(len(f.text) for f in row)
    text = _BULLET.sub("•", text.strip(" "))
    cells = [" ".join(cell.split()) for cell in text.split(CELL_END)]
    return Line(CELL_END.join(cells), box, column, bold, _confidence(row))


def _confidence(row: Sequence[Fragment]) -> float | None:
    """Give that of the least certain fragment of a line, if any was recognised."""
    return min((f.confidence for f in row if f.confidence is not None), default=None)
