"""What a paragraph is read with: its list, the rule before its exception, its figures."""

import re
from collections.abc import Iterable, Sequence

from assistant.answering.article_paragraphs import Paragraphs, Span
from assistant.answering.wanted import Wanted

_LONGEST_LIST = 4000  # characters of a list that is asked for, with the sentence that opens it
_LEAST_WITH_LIST = 1000  # … of a list that is quoted for its opening
_WHOLE_LIST = 0.6  # of the room: a list no longer is quoted whole for one of its items
_MOST_ADDED = 3  # paragraphs after one that ends on a colon
_SAME_QUANTITY = re.compile(
    r"\b(?:ledit|ladite|ces?|cette|mêmes?)\s+(?:délai|durée|montant|taux|seuil|plafond|limite|date)"
    r"|\b(?:délai|durée|montant|taux|seuil|plafond|limite)s?\s+(?:précité|susvisé|visé|prévu|fixé)",
    re.IGNORECASE,
)


def read_with(paragraphs: Paragraphs, index: int, wanted: Wanted, room: int) -> frozenset[int]:
    """Give a paragraph with the lists it is of, or opens, and the rule that it speaks of."""
    needed = {index}
    openings = paragraphs.openings(index)
    for opened_by in openings:
        if opened_by == openings[0] or opened_by + 1 in needed:
            needed |= _if_short({opened_by}, paragraphs, needed, room)
    if paragraphs.opens(index):
        longest = _LONGEST_LIST if wanted.enumeration else max(room, _LEAST_WITH_LIST)
        whole = set(paragraphs.items(index))
        own = {item for item in whole if index in paragraphs.above[item][:1]}
        needed |= _if_short(whole, paragraphs, needed, longest)
        needed |= _if_short(own, paragraphs, needed, longest)
    elif openings:
        longest = _LONGEST_LIST if wanted.enumeration else int(_WHOLE_LIST * room)
        needed |= _if_short(set(paragraphs.items(openings[0])), paragraphs, needed, longest)
    while paragraphs.refers_back(min(needed)):
        before = _if_short({min(needed) - 1}, paragraphs, needed, room)
        if not before:
            break
        needed |= before
    return frozenset(needed)


def quantity_before(
    paragraphs: Paragraphs, chosen: frozenset[int], wanted: Wanted
) -> frozenset[int]:
    """Give the paragraphs with the quantity asked for that what is chosen only speaks of.

    "Si la notification n’est pas intervenue dans ledit délai" says how long before, not here.
    """
    quantity, texts, before = wanted.quantity, paragraphs.texts, set()
    for index in chosen if quantity else ():
        if quantity and _SAME_QUANTITY.search(texts[index]) and not quantity.search(texts[index]):
            said = [i for i in range(index) if quantity.search(texts[i])]
            before |= set(said[-1:])
    return frozenset(before)


def without_bare_titles(paragraphs: Paragraphs, chosen: frozenset[int]) -> frozenset[int]:
    """Leave out titles of which nothing is quoted, unless they are steps that are announced."""
    return frozenset(
        index
        for index in chosen
        if not paragraphs.is_bare(index)
        or not chosen.isdisjoint(paragraphs.items(index))
        or not chosen.isdisjoint(paragraphs.above[index])
    )


def completed(paragraphs: Paragraphs, chosen: Iterable[int]) -> set[int]:
    """Add what follows a sentence that announces it, unless something that it announces is there.

    A quotation that ends on a colon is read with the next one. A title that is itself announced,
    as one of three steps, is left alone.
    """
    whole = set(chosen)
    listed = {i for i in whole & paragraphs.titles if not whole.isdisjoint(paragraphs.above[i])}
    for index in sorted(whole - listed):
        after = index + 1
        while (
            after < min(index + _MOST_ADDED + 1, len(paragraphs.texts))
            and paragraphs.opens(after - 1)
            and whole.isdisjoint(paragraphs.listed(after - 1))
        ):
            whole.add(after)
            after += 1
    return whole


def cut_lists(paragraphs: Paragraphs, spans: Sequence[Span]) -> frozenset[int]:
    """Give the positions of the quotations after which a list is missing some of its items.

    Who reads "la commission comprend :" and two names takes them for all of them.
    """
    quoted = {
        index: position
        for index, (start, _) in enumerate(paragraphs.spans)
        for position, (low, high) in enumerate(spans)
        if low <= start < high
    }
    return frozenset(
        quoted[max(index for index in (opening, *items) if index in quoted)]
        for opening in quoted
        if paragraphs.opens(opening)
        for items in [paragraphs.listed(opening)]
        if not quoted.keys() >= set(items)
    )


def _if_short(more: set[int], paragraphs: Paragraphs, needed: set[int], longest: int) -> set[int]:
    """Give `more` if it can be quoted with what is needed, else nothing."""
    return more if paragraphs.length(needed | more) <= longest else set()
