"""Which words of an article to quote."""

from collections.abc import Iterable

from assistant.answering.article_paragraphs import Paragraphs, Span, read_article
from assistant.answering.choosing import LONGEST_PARAGRAPH, choose_paragraphs, runs_of
from assistant.answering.companions import completed, read_with
from assistant.answering.sentences import split_sentences
from assistant.answering.wanted import Wanted, Weights
from assistant.answering.weighing import NO_SIGNS, Signs, weigh_paragraphs, weigh_texts
from assistant.records import Article

LONGEST_OPENING = 1600
"""Characters of an article quoted as it begins."""


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
    chosen = choose_paragraphs(paragraphs, scores, wanted, room)
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
    needed = read_with(paragraphs, best, wanted, LONGEST_PARAGRAPH)
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


def _join(text: str, paragraphs: Paragraphs, chosen: Iterable[int], weights: Weights) -> list[Span]:
    """Give the spans to quote; a paragraph too long to be quoted gives its best sentences."""
    spans = []
    for run in runs_of(paragraphs, completed(paragraphs, chosen)):
        first, last = (_shortened(text, paragraphs.spans[i], weights) for i in (run[0], run[-1]))
        spans.append((first[0], last[1]))
    return spans


def _shortened(text: str, paragraph: Span, weights: Weights) -> Span:
    """Give the best sentence of a long paragraph with those around it, as many as are short."""
    offset, end = paragraph
    if end - offset <= LONGEST_PARAGRAPH:
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
        short = [w for w in wider if spans[w[2]][1] - spans[w[1]][0] <= LONGEST_PARAGRAPH]
        if not short:
            return spans[low][0], spans[high][1]
        _, low, high = max(short)
