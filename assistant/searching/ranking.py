"""Rank again what the index proposes.

What a heading says weighs more than what a text mentions, and what people ask of an article as
much as its text.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.records import Passage, RankedPassage
from assistant.searching.passages import encoded_text
from assistant.searching.relevance import content_words, covered_share
from assistant.searching.vocabulary import Vocabulary

_HEADING = 0.6
"""What a heading that covers the question adds to a score, as a share of it.

Each decree alone, hit@1 on its dev questions: 0.565 (2023) and 0.500 (2013) as the index ranks
(`python -m scripts.bench_passages`), 0.581 and 0.563 so (`evaluate retrieval`).
"""


_KEYS = 2.0
"""What the questions of an article weigh beside its text: both are BM25 scores (decision 0008)."""


def favour_headings(
    ranked: Sequence[RankedPassage], question: str, vocabulary: Vocabulary
) -> list[RankedPassage]:
    """Raise each score by the share of the question, by IDF, that its heading and path cover."""
    weights = vocabulary.question_weights(content_words(question))
    raised = []
    for candidate in ranked:
        place = encoded_text(candidate.passage.path, candidate.passage.heading, "")
        share = covered_share(weights, place)
        raised.append(replace(candidate, score=candidate.score * (1 + _HEADING * share)))
    return sorted(raised, key=lambda candidate: -candidate.score)


def add_keys(
    ranked: Sequence[RankedPassage],
    keys: Sequence[RankedPassage],
    best_passage: Callable[[Passage], Passage | None],
) -> list[RankedPassage]:
    """Add to each passage the score of its article's questions.

    An article that its questions alone have found enters with `best_passage` of it, if it has one.
    """
    scores: dict[tuple[str, str], float] = defaultdict(float)
    for key in keys:  # an article has questions in several languages
        scores[_article(key)] += _KEYS * key.score
    found = {_article(candidate) for candidate in ranked}
    only_keys = {_article(key): key.passage for key in keys if _article(key) not in found}
    added = [
        RankedPassage(passage, scores[article])
        for article, key in only_keys.items()
        if (passage := best_passage(key))
    ]
    raised = [replace(c, score=c.score + scores.get(_article(c), 0.0)) for c in ranked]
    return sorted([*raised, *added], key=lambda candidate: -candidate.score)


def _article(candidate: RankedPassage) -> tuple[str, str]:
    return candidate.passage.document_id, candidate.passage.article
