"""How well each paragraph of an article answers a question."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.article_paragraphs import Paragraphs, Span
from assistant.answering.wanted import Wanted, Weights
from assistant.searching.lexical import encode_passages

_WITHIN = 0.7
"""How much it counts that a word is rare in the article, beside its being rare in the texts."""

_SUBJECT = 0.5
"""Weight of the heading's words inside the article, which is all about them."""

_OPENING = 0.7
"""What a word of the sentence that opens its list counts for an item; again for each level."""

_HOLDING = 0.3
"""… and a word of another paragraph that holds it: the first of its number, a title."""

_NEIGHBOUR = 0.15
"""What a paragraph gets of the score of the better of its neighbours: a rule runs on."""

_FOUND = 1.15
"""For the passage that search found."""

_QUANTITY = 2.0
"""For a paragraph with the quantity asked for: without, it answers little."""

_ASKED_LIST = 1.5
"""For one that opens a list, where a list is asked for."""

_DEFINED = 1.6
"""For one that defines words of the question: "attributaire : le concurrent dont…"."""

_ASKED_BEFORE = 1.25
"""What the questions that a paragraph answers count, where they are the very question asked,
beside the words of the best paragraph."""

_TITLE = 0.5
"""For a title inside the article: it announces and says nothing."""

# The values were chosen on one half of the development questions and verified on the other, and
# on questions of our own (decision 0011 has the figures).

_IS_TITLE = re.compile(r"(?:[A-Z]\s?[.)–-]|[IVX]+\s?[.)–-]|\d+\s?[.)–-])\s.{0,60}:")
_DEFINITION = re.compile(r"(?:\S{1,3}\s?[-–).]\s*)?([^:]{2,60}?)\s*:\s*\S")


@dataclass(frozen=True, slots=True)
class Signs:
    """What points at a place of an article, beside its words."""

    found: Span | None = None  # the passage that search proposed
    near: Mapping[int, float] = field(default_factory=dict)
    """How near the questions are that a paragraph answers, by its position (`asked_before`)."""

    def is_found(self, paragraph: Span) -> bool:
        """Whether a paragraph begins in the passage that search proposed."""
        return self.found is not None and self.found[0] <= paragraph[0] < self.found[1]


NO_SIGNS = Signs()


def weigh_paragraphs(
    paragraphs: Paragraphs,
    wanted: Wanted,
    *,
    heading: str,
    signs: Signs = NO_SIGNS,
) -> list[float]:
    """Give the score of each paragraph, 0 for one that nothing speaks for.

    It is 1 for the words of the best paragraph, and more where `signs` point at it; scores
    compare within one article.
    """
    weights, stems = _weights_within(paragraphs, wanted.weights, heading)
    scores = [
        _shared(paragraphs, index, stems, weights)
        * _bonus(text, wanted)
        * (_FOUND if signs.is_found(paragraphs.spans[index]) else 1.0)
        for index, text in enumerate(paragraphs.texts)
    ]
    scores = [score + _NEIGHBOUR * _beside(scores, index) for index, score in enumerate(scores)]
    best = max(scores, default=0.0) or 1.0
    return [
        score / best + _ASKED_BEFORE * signs.near.get(index, 0.0)
        for index, score in enumerate(scores)
    ]


def weigh_texts(texts: Sequence[str], weights: Weights) -> list[float]:
    """Add the weights of the words that each text has; a repetition says nothing more."""
    stems, _ = encode_passages(texts)
    return [sum(weights.get(stem, 0.0) for stem in set(indices)) for indices in stems]


def _weights_within(
    paragraphs: Paragraphs, weights: Weights, heading: str
) -> tuple[Weights, list[frozenset[int]]]:
    """Weigh less the words of the heading, and those that stand in most paragraphs."""
    encoded, _ = encode_passages([*paragraphs.texts, heading])
    *stems, subject = map(frozenset, encoded)
    count = len(stems)
    frequencies = Counter(stem for held in stems for stem in held)
    within = {
        stem: weight
        * (_SUBJECT if stem in subject else 1.0)
        * (1 - _WITHIN + _WITHIN * math.log(1 + count / frequencies[stem]) / math.log(1 + count))
        for stem, weight in weights.items()
        if frequencies[stem]
    }
    return within, stems


def _shared(
    paragraphs: Paragraphs, index: int, stems: Sequence[frozenset[int]], weights: Weights
) -> float:
    """Add the weights of a paragraph's words, and a part of those it is read under."""
    seen = stems[index]
    total = sum(weights.get(stem, 0.0) for stem in seen)
    for depth, above in enumerate(paragraphs.above[index]):
        share = (_OPENING if paragraphs.opens(above) else _HOLDING) * _OPENING**depth
        total += share * sum(weights.get(stem, 0.0) for stem in stems[above] - seen)
        seen |= stems[above]
    return total


def _bonus(paragraph: str, wanted: Wanted) -> float:
    bonus = 1.0
    if wanted.quantity and wanted.quantity.search(paragraph):
        bonus *= _QUANTITY
    if _IS_TITLE.fullmatch(paragraph):
        bonus *= _TITLE
    if paragraph.endswith(":"):
        return bonus * (_ASKED_LIST if wanted.enumeration else 1.0)
    return bonus * (_DEFINED if _defines(paragraph, wanted.weights) else 1.0)


def _defines(paragraph: str, weights: Weights) -> bool:
    """Whether all it says before its colon is of the question."""
    found = _DEFINITION.match(paragraph)
    [defined], _ = encode_passages([found[1] if found else ""])
    return bool(defined) and all(stem in weights for stem in defined)


def _beside(scores: Sequence[float], index: int) -> float:
    """Give the better score of the paragraphs before and after, 0 for one that says nothing."""
    if not scores[index]:
        return 0.0
    return max([*scores[max(index - 1, 0) : index], *scores[index + 1 : index + 2]], default=0.0)
