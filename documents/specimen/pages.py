"""Printed lines → places on pages: which column, which height."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from specimen.lines import PrintedLine

LINE_PITCH = 11.8
TOP, BOTTOM = 74.0, 782.0  # of the text, in points from the top of the page


@dataclass(frozen=True, slots=True)
class Column:
    """Where lines may stand, left to right."""

    left: float
    width: float


TWO_COLUMNS = (Column(30, 255), Column(310, 255))  # the gutter is 25 points
ONE_COLUMN = (Column(84, 427),)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and where it stands."""

    line: PrintedLine
    page: int  # 1-based, the printed page
    columns: tuple[Column, ...]  # of its page
    column: Column
    baseline: float  # points from the top of the page


def place_lines(
    lines: Iterable[PrintedLine], columns: tuple[Column, ...], *, first_page: int
) -> Iterator[PlacedLine]:
    """Fill the columns one after the other, from the top of `first_page`."""
    place, y = 0, TOP
    for group in _group_lines(lines):
        height = sum(line.space_before + LINE_PITCH for line in group)
        if y > TOP and y + height > BOTTOM:
            place, y = place + 1, TOP
        for line in group:
            y += LINE_PITCH + (line.space_before if y > TOP else 0)
            page, column = divmod(place, len(columns))
            yield PlacedLine(line, first_page + page, columns, columns[column], y)


def _group_lines(lines: Iterable[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Group the lines that no column's end may separate, such as a heading and what follows."""
    group: list[PrintedLine] = []
    for line in lines:
        group.append(line)
        if not line.keep_with_next:
            yield group
            group = []
    if group:
        yield group
