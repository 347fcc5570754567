"""Which words of an article to quote."""

from collections.abc import Iterable, Sequence
from statistics import mean

from assistant.answering.article_paragraphs import Paragraphs, Span, read_article
from assistant.answering.sentences import split_sentences
from assistant.answering.wanted import Wanted, Weights
from assistant.answering.weighing import NO_SIGNS, Signs, weigh_paragraphs, weigh_texts
from assistant.records import Article

LONGEST_OPENING = 1600
"""Characters of an article quoted as it begins."""

_LONGEST_PARAGRAPH = 700  # characters; a longer one is quoted by its best sentences
_LONGEST_LIST = 2500  # … of a list that is asked for, with the sentence that opens it
_LIST_ASKED = 1200  # … of all that is quoted of an article where a list is asked for
_LEAST_WITH_LIST = 1000  # … of a list that is quoted for its opening
_WHOLE_LIST = 0.3  # of the room: a list no longer is quoted whole for one of its items
_WORTH_QUOTING = 0.6  # of the best score
_WORTH_BESIDE = 0.45  # … beside a paragraph that is quoted: it runs on, and reads with it
_LIST_FIRST = 0.5  # … that opens a list, where one is asked for
_MOST_QUOTES = 3  # of one article
_MOST_ADDED = 3  # paragraphs after one that ends on a colon
_GAP = 200  # characters left out between two quotes for which one is not read as two


def best_quotes(
    article: Article,
    wanted: Wanted,
    *,
    room: int,
    whole: int = 0,
    signs: Signs = NO_SIGNS,
) -> list[Span]:
    """Choose what to quote of an article, in its order; nothing if nothing speaks for any of it.

    About `room` characters of paragraphs, the best first, each with what it is read with: the
    sentence that opens its list, the rule before its exception. An article of at most `whole`
    characters is quoted whole. `signs` point at places of it.
    """
    paragraphs = read_article(article.text)
    if not paragraphs.spans:
        return []
    if len(article.text) <= whole:
        return [(paragraphs.spans[0][0], paragraphs.spans[-1][1])]
    scores = weigh_paragraphs(paragraphs, wanted, heading=article.heading, signs=signs)
    chosen = _choose(paragraphs, scores, wanted, room)
    return _join(article.text, paragraphs, chosen, wanted.weights)


def best_quote(article: Article, wanted: Wanted, *, within: Span | None = None) -> Span | None:
    """Choose one quotation of an article, or None if none of the words that weigh stands in it.

    It is the best paragraph, with what it is read with; `within` keeps the choice to a passage.
    """
    paragraphs = read_article(article.text)
    low, high = within or (0, len(article.text))
    scores = weigh_paragraphs(paragraphs, wanted, heading=article.heading)
    inside = [i for i, (start, _) in enumerate(paragraphs.spans) if low <= start < high]
    best = max(inside, key=lambda index: scores[index], default=None)
    if best is None or not scores[best]:
        return None
    needed = _read_with(paragraphs, best, wanted, _LONGEST_PARAGRAPH)
    start, end = paragraphs.spans[best]
    spans = _join(article.text, paragraphs, needed, wanted.weights)
    return next(((s, e) for s, e in spans if s < end and start < e), None)


def opening(
    article: Article, *, within: Span | None = None, longest: int = LONGEST_OPENING
) -> Span | None:
    """Quote an article, or a part of it, from its beginning: whole paragraphs up to `longest`."""
    start, stop = within or (0, len(article.text))
    spans = [s for s in read_article(article.text).spans if start <= s[0] and s[1] <= stop]
    ends = [end for _, end in spans if end - start <= longest]
    ends = ends or [end for _, end in spans[:1]]
    return (start, ends[-1]) if ends else None


def _choose(
    paragraphs: Paragraphs, scores: Sequence[float], wanted: Wanted, room: int
) -> frozenset[int]:
    """Take paragraphs, the best first, with what they are read with, as long as there is room."""
    room = max(room, _LIST_ASKED) if wanted.enumeration else room
    waiting = [index for index in _ranked(paragraphs, scores, wanted) if scores[index]]
    chosen: frozenset[int] = frozenset()
    while (index := _next(waiting, scores, chosen)) is not None:
        waiting.remove(index)
        wider = chosen | _read_with(paragraphs, index, wanted, room)
        fits = _shown_length(paragraphs, wider) <= room
        if not chosen or (fits and len(_runs(paragraphs, wider)) <= _MOST_QUOTES):
            chosen = wider
    return chosen


def _next(waiting: Sequence[int], scores: Sequence[float], chosen: frozenset[int]) -> int | None:
    """Give the first paragraph that is worth quoting; beside one that is quoted, less will do."""
    best = max(scores)
    for index in waiting:
        beside = index - 1 in chosen or index + 1 in chosen
        least = _WORTH_BESIDE if beside else _WORTH_QUOTING
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


def _read_with(paragraphs: Paragraphs, index: int, wanted: Wanted, room: int) -> frozenset[int]:
    """Give a paragraph with the lists it is of, or opens, and the rule that it speaks of."""
    needed = {index}
    openings = paragraphs.openings(index)
    for opened_by in openings:
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


def _if_short(more: set[int], paragraphs: Paragraphs, needed: set[int], longest: int) -> set[int]:
    """Give `more` if it can be quoted with what is needed, else nothing."""
    return more if paragraphs.length(needed | more) <= longest else set()


def _shown_length(paragraphs: Paragraphs, chosen: Iterable[int]) -> int:
    """Count the characters that are quoted: of a long paragraph only its best sentences."""
    return sum(min(_LONGEST_PARAGRAPH, len(paragraphs.texts[index])) for index in chosen)


def _runs(paragraphs: Paragraphs, chosen: Iterable[int]) -> list[list[int]]:
    """Give the paragraphs that are quoted together, in their order."""
    runs: list[list[int]] = []
    for index in sorted(chosen):
        near = runs and paragraphs.spans[index][0] - paragraphs.spans[runs[-1][-1]][1] <= _GAP
        if near:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _join(text: str, paragraphs: Paragraphs, chosen: Iterable[int], weights: Weights) -> list[Span]:
    """Give the spans to quote; a paragraph too long to be quoted gives its best sentences."""
    spans = []
    for run in _runs(paragraphs, _completed(paragraphs, chosen)):
        first, last = (_shortened(text, paragraphs.spans[i], weights) for i in (run[0], run[-1]))
        spans.append((first[0], last[1]))
    return spans


def _completed(paragraphs: Paragraphs, chosen: Iterable[int]) -> set[int]:
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
            and whole.isdisjoint(paragraphs.items(after - 1))
        ):
            whole.add(after)
            after += 1
    return whole


def _shortened(text: str, paragraph: Span, weights: Weights) -> Span:
    """Give the best sentence of a long paragraph with those around it, as many as are short."""
    offset, end = paragraph
    if end - offset <= _LONGEST_PARAGRAPH:
        return paragraph
    spans = [(s + offset, e + offset) for s, e in split_sentences(text[offset:end])]
    scores = weigh_texts([text[slice(*span)] for span in spans], weights)
    low = high = max(range(len(spans)), key=lambda index: scores[index])
    while True:
        wider = [
            (scores[index], min(low, index), max(high, index))
            for index in (low - 1, high + 1)
            if 0 <= index < len(spans)
        ]
        short = [w for w in wider if spans[w[2]][1] - spans[w[1]][0] <= _LONGEST_PARAGRAPH]
        if not short:
            return spans[low][0], spans[high][1]
        _, low, high = max(short)
