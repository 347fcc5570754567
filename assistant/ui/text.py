"""Words on screen: other people's text shown literally, and French typography."""

import html
import re
from datetime import datetime

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_BEFORE = re.compile(r" ([:;?!»])")
_AFTER = re.compile(r"(«|\bn°) ")


def escape(text: str) -> str:
    """Write a text as Markdown that shows it literally, on one line.

    CommonMark lets a backslash stand before any ASCII punctuation.
    """
    return _SPECIAL.sub(r"\\\1", typeset(text).replace("\n", " ").strip(" "))


def typeset(text: str) -> str:
    """Set the no-break spaces of French typography that are missing."""
    return _AFTER.sub("\\1\u00a0", _BEFORE.sub("\u00a0\\1", text))


def to_html(text: str, marked: tuple[int, int] | None = None) -> str:
    """Write a text as HTML that shows it literally, a paragraph a line.

    `marked` is the span (0-based, end excluded) to highlight.
    """
    start, end = marked or (0, 0)
    lines, position = [], 0
    for line in text.split("\n"):
        low, high = max(start - position, 0), min(end - position, len(line))
        position += len(line) + 1
        if low < high:
            parts = line[:low], line[low:high], line[high:]
            before, inside, after = (html.escape(typeset(part)) for part in parts)
            lines.append(f"{before}<mark>{inside}</mark>{after}")
        else:
            lines.append(html.escape(typeset(line)))
    return "".join(f"<p>{line}</p>" for line in lines if line.strip())


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write "1 article", "2 articles", "1 204 passages"."""
    word = singular if number < 2 else plural or f"{singular}s"
    digits = f"{number:,}".replace(",", "\u202f")
    return f"{digits}\u00a0{word}"


def day(iso: str) -> str:
    """Write an ISO date or time as dd/mm/yyyy, in the server's time zone."""
    moment = datetime.fromisoformat(iso)
    return f"{moment.astimezone() if moment.tzinfo else moment:%d/%m/%Y}"
