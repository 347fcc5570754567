"""Rank again what the index proposes: what a heading says weighs more than what a text mentions."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.records import RankedPassage
from assistant.searching.passages import encoded_text
from assistant.searching.relevance import content_words, covered_share
from assistant.searching.vocabulary import Vocabulary

_HEADING = 0.6
"""What a heading that covers the question adds to a score, as a share of it.

Each decree alone, hit@1 on its dev questions: 0.565 (2023) and 0.500 (2013) as the index ranks
(`python -m scripts.bench_passages`), 0.581 and 0.563 so (`evaluate retrieval`).
"""


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
