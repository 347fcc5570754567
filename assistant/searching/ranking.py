"""Rank again what the index proposes.

What a heading says weighs more than what a text mentions, and what people ask of an article
twice as much as its text. What an encoder finds near is fused with that by rank.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.records import Passage, RankedPassage
from assistant.searching.passages import encoded_text
from assistant.searching.procedures import is_apart
from assistant.searching.question_words import content_words
from assistant.searching.relevance import covered_share
from assistant.searching.vocabulary import Vocabulary

_WHOLE = 0.9
"""Of a question: a heading that covers so much of it is what it asks for."""

_MOST_ADDED = 10
"""Articles that their questions alone have found: each is fetched."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; 0 leaves the keys or the headings out, 1 the two factors."""

    keys: float = 2.0
    """Of the questions of an article beside its text: both are BM25 scores (decision 0008)."""

    nearest: float = 1.0
    """Of the best score: what a question that means the very same adds (decision 0022)."""

    heading: float = 0.6
    """What a heading that covers the question adds to a score, as a share of it."""

    named: float = 1.25
    """The factor of a score whose heading is what the question asks for."""

    apart: float = 0.7
    """What is left of the score of a procedure apart that the question does not name."""

    vectors: float = 0.25
    """Of the ranking by an encoder's vectors beside that by words, in their fusion."""

    rank: float = 1.0
    """The k of reciprocal rank fusion (Cormack et al. 2009), ranks from 1, at least 1: the less,
    the more the firsts count. Theirs was 60, for rankings of equal worth."""


def favour_places(
    ranked: Sequence[RankedPassage],
    question: str,
    subject: str,
    vocabulary: Vocabulary,
    weights: Weights,
) -> list[RankedPassage]:
    """Raise each score by the share of the subject, by IDF, that its heading and path cover.

    An article of a procedure apart is lowered when the question, whose subject it is, does not
    name it.
    """
    rarity = vocabulary.question_weights(content_words(subject))
    placed = []
    for candidate in ranked:
        passage = candidate.passage
        share = covered_share(rarity, encoded_text(passage.path, passage.heading, ""))
        factor = 1 + weights.heading * share
        if share >= _WHOLE:
            factor *= weights.named
        if is_apart(passage.path, question):
            factor *= weights.apart
        placed.append(replace(candidate, score=candidate.score * factor))
    return sorted(placed, key=lambda candidate: -candidate.score)


def add_keys(
    ranked: Sequence[RankedPassage],
    keys: Sequence[RankedPassage],
    best_passage: Callable[[Passage], Passage | None],
    weights: Weights,
) -> list[RankedPassage]:
    """Add to each passage the score of its article's questions.

    An article that its questions alone have found enters with `best_passage` of it, if it has one.
    """
    scores: dict[tuple[str, str], float] = defaultdict(float)
    for key in keys:  # an article has questions in several languages
        scores[_article(key)] += weights.keys * key.score
    found = {_article(candidate) for candidate in ranked}
    only_keys = {_article(key): key.passage for key in keys if _article(key) not in found}
    best = sorted(only_keys, key=lambda article: -scores[article])[:_MOST_ADDED]
    added = [
        RankedPassage(passage, scores[article])
        for article in best
        if (passage := best_passage(only_keys[article]))
    ]
    raised = [replace(c, score=c.score + scores.get(_article(c), 0.0)) for c in ranked]
    return sorted([*raised, *added], key=lambda candidate: -candidate.score)


def favour_nearest(
    ranked: Sequence[RankedPassage], nearest: Mapping[tuple[str, str], float], weights: Weights
) -> list[RankedPassage]:
    """Raise each score by how near the nearest question of its article is, from 0 to 1.

    The best score is the measure: how high they are differs from question to question.
    """
    best = max((candidate.score for candidate in ranked), default=0.0)
    raised = [
        replace(c, score=c.score + weights.nearest * best * nearest.get(_article(c), 0.0))
        for c in ranked
    ]
    return sorted(raised, key=lambda candidate: -candidate.score)


def fuse_by_rank(
    by_words: Sequence[RankedPassage], by_vectors: Sequence[RankedPassage], weights: Weights
) -> list[RankedPassage]:
    """Fuse two rankings of articles: a score is the sum of weight / (k + rank), ranks from 1.

    Of an article that both give, the best passage by words is kept. Where nothing is found by
    vectors, the scores stay what they were.
    """
    if not by_vectors:
        return list(by_words)
    scores: dict[tuple[str, str], float] = defaultdict(float)
    best: dict[tuple[str, str], RankedPassage] = {}
    for ranking, weight in ((by_words, 1.0), (by_vectors, weights.vectors)):
        firsts: dict[tuple[str, str], RankedPassage] = {}
        for candidate in ranking:
            firsts.setdefault(_article(candidate), candidate)
        for rank, (article, first) in enumerate(firsts.items(), start=1):
            scores[article] += weight / (weights.rank + rank)
            best.setdefault(article, first)
    fused = [replace(best[article], score=score) for article, score in scores.items()]
    return sorted(fused, key=lambda candidate: -candidate.score)


def _article(candidate: RankedPassage) -> tuple[str, str]:
    return candidate.passage.document_id, candidate.passage.article
