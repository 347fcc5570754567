"""French typography, and other people's text as HTML that shows it literally."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from assistant.records import CELL_END

_BEFORE = re.compile(r" ([:;?!»])")
_AFTER = re.compile(r"(«|\bn°) ")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a text, `text[start:end]`, and what stands around it in HTML."""

    start: int
    end: int
    opening: str = "<mark>"
    closing: str = "</mark>"


Span = tuple[int, int]
Layer = Sequence[Marked]
"""Pieces of one kind, in order, none over another."""


def typeset(text: str) -> str:
    """Set the no-break spaces of French typography that are missing."""
    return _AFTER.sub("\\1\u00a0", _BEFORE.sub("\u00a0\\1", text))


def to_html(
    text: str,
    marked: Span | None = None,
    *,
    inside: Sequence[Layer] = (),
    part: Span | None = None,
) -> str:
    """Write a text as HTML that shows it literally, a paragraph a line, tables as tables.

    `marked` is the span (0-based, end excluded) to highlight; the layers `inside` come within it,
    each within the one before, and a piece that crosses the edge of an outer one is cut there.
    Only a `part` of the text, whole lines, is written if one is given.
    """
    layers = [[Marked(*marked)] if marked else [], *inside]
    position, end = part or (0, len(text))
    written = []
    for is_table, group in groupby(
        text[position:end].split("\n"), key=lambda line: CELL_END in line
    ):
        lines = []
        for line in group:
            lines.append(_line_html(text, position, position + len(line), layers))
            position += len(line) + 1
        body = "".join(lines)
        written.append(f"<table>{body}</table>" if is_table else body)
    return "".join(written)


def _line_html(text: str, start: int, end: int, layers: Sequence[Layer]) -> str:
    line = text[start:end]
    if CELL_END not in line:
        return f"<p>{_write(text, start, end, layers)}</p>" if line.strip() else ""
    cells = []
    for cell in line.split(CELL_END):
        cells.append(f"<td>{_write(text, start, start + len(cell), layers)}</td>")
        start += len(cell) + 1
    return f"<tr>{''.join(cells)}</tr>"


def _write(text: str, start: int, end: int, layers: Sequence[Layer]) -> str:
    if not layers:
        return html.escape(typeset(text[start:end]))
    return "".join(_pieces(text, start, end, layers))


def _pieces(text: str, start: int, end: int, layers: Sequence[Layer]) -> Iterator[str]:
    """Write a piece of a text: what the first layer marks, and what stands between."""
    first, *inner = layers
    for piece in first:
        low, high = max(piece.start, start), min(piece.end, end)
        if low < high:
            yield _write(text, start, low, inner)
            yield f"{piece.opening}{_write(text, low, high, inner)}{piece.closing}"
            start = high
    yield _write(text, start, end, inner)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write "1 article", "2 articles", "1 204 passages"."""
    word = singular if number < 2 else plural or f"{singular}s"
    digits = f"{number:,}".replace(",", "\u202f")
    return f"{digits}\u00a0{word}"


def day(iso: str) -> str:
    """Write an ISO date or time as dd/mm/yyyy, in the server's time zone."""
    time = datetime.fromisoformat(iso)
    return f"{time.astimezone() if time.tzinfo else time:%d/%m/%Y}"


def moment(time: datetime) -> str:
    """Write a time as dd/mm/yyyy à hh:mm, in the server's time zone."""
    return f"{time.astimezone():%d/%m/%Y à %H:%M}"


def write_day(day: date) -> str:
    """Write "6 avril 2023", "1er septembre 2023"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"
