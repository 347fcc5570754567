"""A question that asks two things: its parts, and what answers each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.searching.lexical import encode_questions
from assistant.searching.question_words import content_words
from assistant.searching.results import Hit
from assistant.searching.sides import Ranking

_ASKS = (
    r"(?:(?:à|de|dans|sous|en|par|pour|avec|sur|chez|jusqu['’]à)\s+)?(?:qui|que|quoi|qu['’]\s*\w+"
    r"|quels?|quelles?|combien|cb|comment|où|quand|pourquoi|lesquel\w*|auquel|laquelle|est-ce"
    r"|(?:faut|peut|doit|est|sont|a|ont|doivent|peuvent)-(?:t-)?(?:il|elle|on|ce)s?"
    r"|how|what|when|who|which|where|must|can)\b"
)
_AND_ASKS = re.compile(rf"(?:,\s*|\s+)(?:et|and)\s+(?={_ASKS})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[?!.])\s+")
_WHOLE = 0.25  # of the score for the whole question, added to that for a part of it
_LEAST_SHARE = 0.5  # of the best score for the whole question: an article that answers a part
_FEWEST_WORDS = 2  # that say what a part is about: "et sous combien de jours" is about the same


def split_question(question: str) -> list[str]:
    """Give the parts of a question that asks several things, else nothing.

    "En combien de temps est-il notifié, et qu’arrive-t-il si ce délai est dépassé ?" has two. What
    stands before, in sentences of its own, is said in front of each.
    """
    sentences = _SENTENCE_END.split(question)
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    said = " ".join(sentence for sentence in sentences if sentence not in asked)
    parts = [part for sentence in asked for part in _AND_ASKS.split(sentence) if _says(part)]
    return [f"{said} {part}".strip() for part in parts] if len(parts) > 1 else []


def rank_within(ranking: Ranking, hits: Sequence[Hit]) -> Ranking:
    """Rank again, for a part of a question, only what answers the whole question too.

    A part says less than the whole: "s’il est dépassé" does not say what.
    """
    best = hits[0].ranked.score if hits else 0.0
    whole = {
        (hit.document.id, hit.article.number): hit.ranked.score
        for hit in hits
        if hit.ranked.score >= _LEAST_SHARE * best
    }
    raised = [
        replace(candidate, score=candidate.score + _WHOLE * whole[place])
        for candidate in ranking.passages
        if (place := (candidate.passage.document_id, candidate.passage.article)) in whole
    ]
    return replace(ranking, passages=sorted(raised, key=lambda candidate: -candidate.score))


def _says(part: str) -> bool:
    words = content_words(part)
    [stems], _ = encode_questions([words])
    return words != part and len(stems) >= _FEWEST_WORDS
