"""The table of contents of a text: its chapters, and the articles under each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.records import PREAMBLE

_AT_ONCE = 50  # articles under one line of the table, where a text has no chapters

_UNITS = {"annexe": "Annexes", "modele": "Modèles", "section": "Sections", "page": "Pages"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the table names it."""

    number: str
    heading: str
    path: tuple[str, ...]  # chapter, section, sub-section


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the table, and what stands under it."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def first(self) -> str:
        """Number of its first article."""
        return self.entries[0].number

    @property
    def last(self) -> str:
        """Number of its last article."""
        return self.entries[-1].number


def chapters_of(entries: Sequence[Entry]) -> list[Chapter]:
    """Group the articles of a text, in its order, by what stands highest above them.

    Those under nothing are grouped by their kind, and many of them by fifty.
    """
    chapters = []
    for title, group in groupby(entries, key=_title):
        found = tuple(group)
        step = len(found) if found[0].path else _AT_ONCE
        chapters += [Chapter(title, found[i : i + step]) for i in range(0, len(found), step)]
    return chapters


def sections_of(entries: Iterable[Entry]) -> list[tuple[str, tuple[Entry, ...]]]:
    """Group the articles of a chapter by what stands between it and them; "" for nothing."""
    groups = groupby(entries, key=lambda entry: " › ".join(entry.path[1:]))
    return [(title, tuple(group)) for title, group in groups]


def _title(entry: Entry) -> str:
    if entry.path:
        return entry.path[0]
    if entry.number == PREAMBLE:
        return "Préambule"
    return _UNITS.get(entry.number.partition("-")[0], "Articles")
