"""Where a paragraph stands in its article: "paragraphe 2, b", "alinéa 3, tiret 2".

A place goes from outer to inner, its levels joined by ", ". Labels lose their punctuation. Alinéas
are counted in what holds them, an item's or the article's; a title is none, nor is the item of a
list. Where the text does not tell, the place is the part that surely holds the paragraph, or none.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.reading.article_parts import Placed, read_parts
from assistant.reading.outline import Kind, Part, Step, Use, write_place


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
    shared = (
        part
        for part in lines[0]
        if all(part in line and not _only_opens(part, line) for line in lines)
        and not part.is_unsure()
    )
    return _place(next(shared), whole)


def paragraph_span(text: str, place: str) -> tuple[int, int] | None:
    """Find the part that a place names: `text[start:end]`, with all that stands under it.

    Levels that are no label may be left out ("paragraphe 2, b" for the b of its third alinéa) as
    long as one part only answers to the place. An alinéa that no such part is, is counted line by
    line (see `_counted`).
    """
    whole, places = _outline(text)
    wanted = [item.strip(" .)°–-") for item in place.removeprefix("paragraphe ").split(",")]
    if len(wanted) == 1 and wanted[0].isdigit() and not _labelled(whole):
        wanted = [f"alinéa {wanted[0]}"]  # where nothing is numbered, "§ 2" can only be that
    counted = re.fullmatch(r"alinéa (\d+|(?:avant-)?dernier)", wanted[-1])
    holder = whole if len(wanted) == 1 else _named(whole, wanted[:-1])
    item = _item_called_alinea(holder, counted[1]) if counted and holder else None
    if part := item or _named(whole, wanted):
        return part.start, part.end
    return _counted(holder, counted[1], places) if counted and holder else None


def _only_opens(part: Part, line: Sequence[Part]) -> bool:
    """Whether it is the alinéa before "1 –" and "2 –": together these are not called after it."""
    under = line[: line.index(part)]
    return part.kind is Kind.ALINEA and bool(under) and under[-1].kind is Kind.LABELLED


def _named(whole: Part, wanted: Sequence[str]) -> Part | None:
    """Find the only part that answers to a place; of several, the one with the fewest levels."""
    found = [
        (len(steps), part)
        for part in whole.walk()
        if not part.is_unsure() and (steps := part.steps()) and _answers(steps, wanted)
    ]
    shortest = min((length for length, _ in found), default=0)
    parts = [part for length, part in found if length == shortest]
    return parts[0] if len(parts) == 1 else None


def _counted(holder: Part, ordinal: str, places: Sequence[Placed]) -> tuple[int, int] | None:
    """Find an alinéa of an article, or of an item of it, that has no such alinéa of its own.

    Then every new line counts, that of a list too: "le troisième alinéa de l’article 148" is its
    second tiret (2-22-431, article 165).
    """
    alineas = holder.alineas() if holder.countable else []
    ends_in_alinea = bool(alineas) and alineas[-1].end == holder.end
    if ends_in_alinea and not ordinal.isdigit() and len(alineas) > 1:
        last = alineas[-1 if ordinal == "dernier" else -2]
        return last.start, last.end
    lines = [span for span, _ in places if holder.start <= span[0] and span[1] <= holder.end]
    lines = lines[1:] if holder.is_titled else lines
    from_end = {"dernier": len(lines), "avant-dernier": len(lines) - 1}
    index = from_end[ordinal] if ordinal in from_end else int(ordinal)
    return lines[index - 1] if 1 <= index <= len(lines) else None


def _item_called_alinea(holder: Part, ordinal: str) -> Part | None:
    """Find the item that is meant by an alinéa of a paragraph that is only a list of items.

    The law says "l’alinéa 7 du II) de l’article 89" for the item 7 of that paragraph, and "l’alinéa
    1 du A du I) de l’article 28" for an item 1 (2-22-431, articles 15, 28, 33, 43, 87 and 165).
    """
    items = [part for part in _labelled(holder) if part.name == ordinal and not part.is_unsure()]
    is_list = holder.parent is not None and len(holder.alineas()) < 2
    return items[0] if is_list and len(items) == 1 else None


def _labelled(part: Part) -> list[Part]:
    return [child for child in part.children if child.label and child.kind is not Kind.BULLET]


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
