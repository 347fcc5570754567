"""Where a paragraph stands in its article: "paragraphe 2, b", "alinéa 3, tiret 2".

A place goes from outer to inner, its levels joined by ", ". Labels lose their punctuation. Alinéas
are counted in what holds them, an item's or the article's; a title is none, nor is the item of a
list. Where the text does not tell, the place is the part that surely holds the paragraph, or none.
"""

from collections.abc import Sequence
from functools import lru_cache

from assistant.reading.article_parts import Placed, read_parts
from assistant.reading.outline import Part, Step, Use, write_place


def paragraph_at(text: str, position: int) -> str | None:
    """Give the place of the paragraph that holds the character at `position`.

    None for an article of one paragraph, and where the place cannot be told.
    """
    return paragraph_of(text, position, position + 1)


def paragraph_of(text: str, start: int, end: int) -> str | None:
    """Give the place of the smallest part that holds `text[start:end]`, None for the whole."""
    whole, places = _outline(text)
    if len(places) < 2:
        return None
    held = [part for span, part in places if span[0] < end and start < span[1]]
    if not held or any(part.steps() is None for part in held):
        return None
    lines = [_lineage(part) for part in held]
    shared = (p for p in lines[0] if all(p in line for line in lines) and not p.is_unsure())
    return _place(next(shared), whole)


def paragraph_span(text: str, place: str) -> tuple[int, int] | None:
    """Find the part that a place names: `text[start:end]`, with all that stands under it.

    Levels that are no label may be left out ("paragraphe 2, b" for the b of its third alinéa) as
    long as one part only answers to the place.
    """
    whole, _ = _outline(text)
    wanted = [item.strip(" .)°–-") for item in place.removeprefix("paragraphe ").split(",")]
    found = [
        (len(steps), part)
        for part in whole.walk()
        if not part.is_unsure() and (steps := part.steps()) and _answers(steps, wanted)
    ]
    shortest = min((length for length, _ in found), default=0)
    parts = [part for length, part in found if length == shortest]
    return (parts[0].start, parts[0].end) if len(parts) == 1 else None


def _answers(steps: Sequence[Step], wanted: Sequence[str]) -> bool:
    """Whether the wanted items are the steps, but for those that can be left out."""
    remaining = list(wanted)
    for name, use in steps:
        if remaining and name == remaining[0]:
            remaining.pop(0)
        elif use is Use.ALWAYS:
            return False
    return not remaining and steps[-1][0] == wanted[-1]


def _place(part: Part, whole: Part) -> str | None:
    """Write a part's place; None if another part has the same, as where a number is doubled."""
    place = write_place(part.steps() or ())
    alike = [p for p in whole.walk() if p.kind is part.kind and p is not part and not p.is_unsure()]
    return None if place in (write_place(p.steps() or ()) for p in alike) else place


def _lineage(part: Part) -> list[Part]:
    """Give a part and all that hold it, from inner to outer."""
    line = [part]
    if part.opened_by:
        line.append(part.opened_by)
    return line + (_lineage(part.parent) if part.parent else [])


@lru_cache(maxsize=256)  # a citation asks once, a list of references many times
def _outline(text: str) -> tuple[Part, tuple[Placed, ...]]:
    return read_parts(text)
