"""Which paragraphs of an article to quote, by their scores and the room there is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import mean

from assistant.answering.article_paragraphs import Paragraphs
from assistant.answering.companions import quantity_before, read_with, without_bare_titles
from assistant.answering.wanted import Wanted

LONGEST_PARAGRAPH = 700
"""Characters; a longer one is quoted by its best sentences."""

_LEAST_FOR_LIST = 400  # characters of room: in less, a list that is asked for is not looked for
_LIST_ASKED = 1200  # characters of all that is quoted of an article where a list is asked for
_WORTH_QUOTING = 0.65  # of the best score
_WORTH_BESIDE = 0.5  # … beside a paragraph that is quoted: it runs on, and reads with it
_WORTH_AFTER = 0.1  # … after one that it speaks of: an exception, a consequence
_LIST_FIRST = 0.5  # … that opens a list, where one is asked for
_MOST_QUOTES = 3  # of one article
_FOR_EXCEPTIONS = 300  # characters more for what limits a rule: without it the rule misleads
_GAP = 200  # characters left out between two quotes for which one is not read as two


def choose_paragraphs(
    paragraphs: Paragraphs, scores: Sequence[float], wanted: Wanted, room: int
) -> frozenset[int]:
    """Take paragraphs, the best first, with what they are read with, as long as there is room."""
    if wanted.enumeration and room < _LEAST_FOR_LIST:
        wanted = replace(wanted, enumeration=False)
    room = max(room, _LIST_ASKED) if wanted.enumeration else room
    waiting = [index for index in _ranked(paragraphs, scores, wanted) if scores[index]]
    chosen: frozenset[int] = frozenset()
    while (index := _next(paragraphs, waiting, scores, chosen)) is not None:
        waiting.remove(index)
        wider = chosen | read_with(paragraphs, index, wanted, room)
        fits = _shown_length(paragraphs, wider) <= room
        if not chosen or (fits and len(runs_of(paragraphs, wider)) <= _MOST_QUOTES):
            chosen = wider
    if (missing := _quantity_missing(paragraphs, scores, wanted, chosen)) is not None:
        chosen |= read_with(paragraphs, missing, wanted, room)
    for exception in _exceptions(paragraphs, chosen):
        wider = chosen | read_with(paragraphs, exception, wanted, room)
        if _shown_length(paragraphs, wider) <= room + _FOR_EXCEPTIONS:
            chosen = wider
    return without_bare_titles(paragraphs, chosen | quantity_before(paragraphs, chosen, wanted))


def _quantity_missing(
    paragraphs: Paragraphs, scores: Sequence[float], wanted: Wanted, chosen: frozenset[int]
) -> int | None:
    """Give the best paragraph with the quantity asked for, where none that is quoted has any."""
    quantity = wanted.quantity
    if quantity is None:
        return None
    giving = {
        index
        for index, text in enumerate(paragraphs.texts)
        if scores[index] and quantity.search(text) and not paragraphs.limits_article(index)
    }
    return max(giving, key=lambda i: scores[i], default=None) if giving.isdisjoint(chosen) else None


def _exceptions(paragraphs: Paragraphs, chosen: frozenset[int]) -> list[int]:
    """Give what limits the rules that are quoted, and is not quoted yet."""
    after = [index + 1 for index in sorted(chosen) if paragraphs.is_exception(index + 1)]
    limits = [i for i in range(len(paragraphs.texts)) if chosen and paragraphs.limits_article(i)]
    return [index for index in dict.fromkeys((*after, *limits)) if index not in chosen]


def runs_of(paragraphs: Paragraphs, chosen: Iterable[int]) -> list[list[int]]:
    """Give the paragraphs that are quoted together, in their order."""
    runs: list[list[int]] = []
    for index in sorted(chosen):
        near = runs and paragraphs.spans[index][0] - paragraphs.spans[runs[-1][-1]][1] <= _GAP
        if near:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _next(
    paragraphs: Paragraphs,
    waiting: Sequence[int],
    scores: Sequence[float],
    chosen: frozenset[int],
) -> int | None:
    """Give the first paragraph that is worth quoting; beside one that is quoted, less will do."""
    best = max(scores)
    for index in waiting:
        least = _WORTH_QUOTING
        if index - 1 in chosen and paragraphs.refers_back(index):
            least = _WORTH_AFTER
        elif index - 1 in chosen or index + 1 in chosen:
            least = _WORTH_BESIDE
        if not chosen or scores[index] >= least * best:
            return index
    return None


def _ranked(paragraphs: Paragraphs, scores: Sequence[float], wanted: Wanted) -> list[int]:
    """Rank paragraphs, the best first; where a list is asked for, the best that opens one."""
    ranked = sorted(range(len(scores)), key=lambda index: -scores[index])
    lists = [
        index
        for index in ranked
        if wanted.enumeration
        and paragraphs.opens(index)
        and scores[index] >= _LIST_FIRST * scores[ranked[0]]
    ]
    lists.sort(key=lambda index: -_list_score(paragraphs, scores, index))
    return lists[:1] + [index for index in ranked if index not in lists[:1]]


def _list_score(paragraphs: Paragraphs, scores: Sequence[float], opening: int) -> float:
    """Score a list by the sentence that opens it and, as much, by what its items say."""
    return scores[opening] + mean(scores[item] for item in paragraphs.items(opening))


def _shown_length(paragraphs: Paragraphs, chosen: Iterable[int]) -> int:
    """Count the characters that are quoted: of a long paragraph only its best sentences."""
    return sum(min(LONGEST_PARAGRAPH, len(paragraphs.texts[index])) for index in chosen)
