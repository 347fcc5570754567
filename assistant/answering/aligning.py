"""Paragraphs of two texts on the same thing: a comparison quotes like beside like."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from assistant.answering.article_paragraphs import read_article
from assistant.answering.asked_before import paragraph_directions, signs_of
from assistant.answering.wanted import Wanted
from assistant.answering.weighing import Signs, weigh_paragraphs
from assistant.searching.results import Hit, SearchResult

_ALIGNED = 0.5
"""What it counts that a paragraph says what the best of the other text says."""

_UNLIKE = 0.5
"""Likeness of two paragraphs that says nothing: both are of articles on the same thing."""


def signs_beside(hit: Hit, others: Iterable[Hit], result: SearchResult, wanted: Wanted) -> Signs:
    """Give what points at places of an article that is compared with others."""
    signs = signs_of(hit, result)
    near = dict(signs.near)
    for other in others:
        for index, likeness in _alike(hit, other, result, wanted).items():
            near[index] = near.get(index, 0.0) + _ALIGNED * likeness
    return replace(signs, near=near)


def _alike(hit: Hit, other: Hit, result: SearchResult, wanted: Wanted) -> Mapping[int, float]:
    """Say from 0 to 1 how much each paragraph says what answers best in the other article.

    Paragraphs go by their position; they are compared by their directions (`latent`).
    """
    ours = paragraph_directions(hit.article.text)
    theirs = paragraph_directions(other.article.text)
    paragraphs, signs = read_article(other.article.text), signs_of(other, result)
    scores = weigh_paragraphs(paragraphs, wanted, heading=other.article.heading, signs=signs)
    best = max(scores, default=0.0)
    if not best or not ours:
        return {}
    likeness = np.clip((np.stack(ours) @ np.stack(theirs).T - _UNLIKE) / (1 - _UNLIKE), 0.0, 1.0)
    return dict(enumerate((likeness * (np.array(scores) / best)).max(axis=1).tolist()))
