"""The texts of a comparison: each ranked by itself, then by what regulates the same thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.records import Document, RankedPassage
from assistant.searching.counterparts import Place, counterparts_of
from assistant.searching.lexicon import Lexicon
from assistant.searching.relevance import Relevance
from assistant.searching.results import Hit
from assistant.searching.vocabulary import Vocabulary

_COUNTERPART = 0.5  # of its score, added to that of the article it answers to
_WITHOUT = 0.8  # of its own score: what stands for the counterpart that an article has not
_NEARLY = 0.8  # of the gate: what the other text of a comparison must reach
_CLEARLY_LESS = 0.5  # of the relevance of the best text: it comes after


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found by words in documents that are ranked together."""

    documents: Sequence[Document]
    subject: str  # as it was searched there
    vocabulary: Vocabulary
    lexicon: Lexicon
    terms: Mapping[int, float]  # its stems and the law's for them, by weight (see `term_weights`)
    passages: Sequence[RankedPassage]  # best first
    keys: Sequence[RankedPassage]  # the questions found


@dataclass(frozen=True, slots=True)
class Side:
    """What is proposed of documents that are ranked together."""

    hits: tuple[Hit, ...]
    relevance: Relevance
    is_named: bool = False  # the first is the article that the question names


def rank_counterparts(rankings: Sequence[Ranking]) -> list[Ranking]:
    """Raise each article by half of what its counterpart in another text scores.

    What changed is told by two articles on the same thing, not by the best of each text. What is
    new or gone has no counterpart, and is not lowered for it.
    """
    if len(rankings) < 2:
        return list(rankings)
    scores: dict[Place, float] = {}
    for candidate in (c for ranking in rankings for c in ranking.passages):
        scores.setdefault(_place(candidate), candidate.score)
    return [replace(r, passages=_raised(r.passages, scores)) for r in rankings]


def take_turns(sides: Sequence[Side]) -> Side:
    """Join the sides that say something on the matter: their firsts, then their seconds, and so on.

    They keep their order, except that one that says clearly less than another comes after it.
    """
    kept = [side for side in sides if _says_something(side, sides)] or list(sides)
    best = max((side.relevance.share_of_gate for side in kept), default=0.0)
    kept.sort(key=lambda side: side.relevance.share_of_gate < _CLEARLY_LESS * best)
    ranks = zip_longest(*(side.hits for side in kept))
    relevance = max(
        (side.relevance for side in sides), key=lambda r: r.share_of_gate, default=Relevance()
    )
    is_named = any(side.is_named for side in sides)
    return Side(tuple(hit for hits in ranks for hit in hits if hit), relevance, is_named)


def _says_something(side: Side, sides: Sequence[Side]) -> bool:
    """Whether it comes near the gate, or begins with a counterpart of what another begins with."""
    others = [_place(other.hits[0].ranked) for other in sides if other.hits and other is not side]
    begins = counterparts_of(*_place(side.hits[0].ranked)) if side.hits else ()
    return side.relevance.share_of_gate >= _NEARLY or any(place in begins for place in others)


def _raised(passages: Iterable[RankedPassage], scores: dict[Place, float]) -> list[RankedPassage]:
    raised = [replace(c, score=c.score + _COUNTERPART * _beside(c, scores)) for c in passages]
    return sorted(raised, key=lambda candidate: -candidate.score)


def _beside(candidate: RankedPassage, scores: dict[Place, float]) -> float:
    """Give the score of its best counterpart, or what stands for it."""
    places = counterparts_of(*_place(candidate))
    if not places:
        return _WITHOUT * candidate.score
    return max(scores.get(place, 0.0) for place in places)


def _place(candidate: RankedPassage) -> Place:
    return candidate.passage.instrument, candidate.passage.article
