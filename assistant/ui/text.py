"""Words on screen: other people's text shown literally, and French typography."""

import html
import re
from datetime import datetime
from itertools import groupby

from assistant.records import CELL_END

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_REPLACED = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)"  # links: http://…, www.…, x@y.z
    r"|(?<=:)(?=streamlit:)"  # a picture
    r"|(?<=[<>=~-])(?=[<>=-])|(?<=!)(?==)",  # arrows and signs: ->, <=, --
    re.IGNORECASE,
)
"""Where Streamlit would see something to replace in a text, whatever backslashes it was written
with: it looks for these once the Markdown is read."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn the direction of all that follows
_JOINER = "\u2060"  # of no width; it parts what would be replaced, and breaks no line
_BEFORE = re.compile(r" ([:;?!»])")
_AFTER = re.compile(r"(«|\bn°) ")


def escape(text: str) -> str:
    """Write a text as Markdown that shows it literally, on one line.

    CommonMark lets a backslash stand before any ASCII punctuation. An address is no link.
    """
    line = typeset(" ".join(text.splitlines())).strip(" \t")
    return _SPECIAL.sub(r"\\\1", _REPLACED.sub(_JOINER, _TURNS.sub("", line)))


def typeset(text: str) -> str:
    """Set the no-break spaces of French typography that are missing."""
    return _AFTER.sub("\\1\u00a0", _BEFORE.sub("\u00a0\\1", text))


def to_html(text: str, marked: tuple[int, int] | None = None) -> str:
    """Write a text as HTML that shows it literally, a paragraph a line, tables as tables.

    `marked` is the span (0-based, end excluded) to highlight.
    """
    start, end = marked or (0, 0)
    written, position = [], 0
    for is_table, group in groupby(text.split("\n"), key=lambda line: CELL_END in line):
        paragraphs = []
        for line in group:
            paragraphs.append(_line_html(line, start - position, end - position))
            position += len(line) + 1
        body = "".join(paragraphs)
        written.append(f"<table>{body}</table>" if is_table else body)
    return "".join(written)


def _line_html(line: str, start: int, end: int) -> str:
    if CELL_END not in line:
        return f"<p>{_mark(line, start, end)}</p>" if line.strip() else ""
    cells, position = [], 0
    for cell in line.split(CELL_END):
        cells.append(f"<td>{_mark(cell, start - position, end - position)}</td>")
        position += len(cell) + 1
    return f"<tr>{''.join(cells)}</tr>"


def _mark(text: str, start: int, end: int) -> str:
    """Write a text with the part from `start` to `end` highlighted; both may lie outside."""
    low, high = max(start, 0), min(end, len(text))
    if low >= high:
        return html.escape(typeset(text))
    parts = text[:low], text[low:high], text[high:]
    before, inside, after = (html.escape(typeset(part)) for part in parts)
    return f"{before}<mark>{inside}</mark>{after}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write "1 article", "2 articles", "1 204 passages"."""
    word = singular if number < 2 else plural or f"{singular}s"
    digits = f"{number:,}".replace(",", "\u202f")
    return f"{digits}\u00a0{word}"


def day(iso: str) -> str:
    """Write an ISO date or time as dd/mm/yyyy, in the server's time zone."""
    moment = datetime.fromisoformat(iso)
    return f"{moment.astimezone() if moment.tzinfo else moment:%d/%m/%Y}"


def moment(time: datetime) -> str:
    """Write a time as dd/mm/yyyy à hh:mm, in the server's time zone."""
    return f"{time.astimezone():%d/%m/%Y à %H:%M}"
