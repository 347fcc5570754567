"""Which passage of an article a model is shown: the one that the question keys point into.

Search gives the passage with most of the words; the paragraph that answers can have none of them.
"""

from dataclasses import replace

from assistant.answering.article_paragraphs import read_article
from assistant.answering.asked_before import signs_of
from assistant.answering.wanted import wanted_by
from assistant.answering.weighing import weigh_paragraphs
from assistant.searching.passages import cut_passages
from assistant.searching.results import Hit, SearchResult


def point_passages(result: SearchResult) -> SearchResult:
    """Give each article found with the passage that holds its best paragraph.

    An article that the question names keeps the place that it asks for.
    """
    asked = result.asked.number if result.asked else None
    hits = (h if h.article.number == asked else _pointed(h, result) for h in result.hits)
    return replace(result, hits=tuple(hits))


def _pointed(hit: Hit, result: SearchResult) -> Hit:
    signs, paragraphs = signs_of(hit, result), read_article(hit.article.text)
    if not signs.near:
        return hit
    wanted = wanted_by(result.question, result.term_weights)
    scores = weigh_paragraphs(paragraphs, wanted, heading=hit.article.heading, signs=signs)
    best = max(range(len(scores)), key=lambda index: scores[index])
    start, _ = paragraphs.spans[best]
    passages = cut_passages(hit.article, hit.document.id, hit.document.instrument.number)
    passage = next(p for p in passages if p.start <= start < p.end)
    return replace(hit, ranked=replace(hit.ranked, passage=passage))
