"""How much the best passage has to do with the question: the gate before any answer.

Evidence is gathered by the length of a question, and a short one is covered by chance; a heading
says what an article is about, and its questions what people ask of it (decision 0005 has the
figures). The heading is in French: a word of a question stands in it, in whatever language it is,
when the law's words for it do.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.records import Passage
from assistant.searching.asked_words import read_asked_words, said_share
from assistant.searching.lexical import encode_passages
from assistant.searching.lexicon import Lexicon
from assistant.searching.passages import encoded_text
from assistant.searching.question_words import content_words
from assistant.searching.vocabulary import Vocabulary
from assistant.searching.word_odds import load_word_odds

LEAST_RELEVANCE = 2.4
"""Below, the texts do not answer: calibrated by `scripts/calibrate_relevance.py`."""
_LEAST_BESIDE_KEYS = 3.45  # … of an article that has questions of its own, which are surer
_LEAST_BY_KEYS = 3.65  # … of its questions and its heading, in any language
_HEADING_BESIDE_KEYS = 2.5
_ODDS = 0.25  # of the word odds, in the logarithm of what either of the two signals gives


@dataclass(frozen=True, slots=True)
class Relevance:
    """What the best passage has in common with the question."""

    evidence: float = 0.0  # BM25 score, in words that stand nowhere else: 2.0 is two of them
    coverage: float = 0.0  # share of the question's words, by IDF, that stand in the passage
    heading_coverage: float = 0.0  # … in its heading and path
    said_coverage: float = 0.0  # … in them, or the law's words for those of the question
    keys: float | None = None  # evidence in the questions of its article; None when it has none
    odds: float = 0.0  # that its words are of questions that texts answer (see `word_odds`)

    @property
    def value(self) -> float:
        """The weighted sum that is compared with `LEAST_RELEVANCE`."""
        return self.evidence + 0.5 * self.coverage + 1.5 * self.heading_coverage

    @property
    def suffices(self) -> bool:
        """Whether an answer may be given."""
        return self.share_of_gate >= 1.0

    @property
    def share_of_gate(self) -> float:
        """How far the best signal is on its way to the gate: 1 passes it."""
        if self.keys is None:
            return self.value / LEAST_RELEVANCE
        by_keys = self.keys + _HEADING_BESIDE_KEYS * self.said_coverage
        share = max(self.value / _LEAST_BESIDE_KEYS, by_keys / _LEAST_BY_KEYS)
        return share * math.exp(_ODDS * self.odds)


CERTAIN = Relevance(evidence=LEAST_RELEVANCE, coverage=1.0, heading_coverage=1.0)
"""Of an article that the question names."""


def measure_relevance(
    question: str,
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    key_score: float | None = None,
) -> Relevance:
    """Measure what search proposed, best first; nothing proposed is not relevant.

    `key_score` is that of the questions of the best article, None when it has none.

    The BM25 score is counted here, by the words of the documents searched: the index counts what
    else it holds too, and the scores of a hybrid search only rank.
    """
    if not passages:
        return Relevance()
    best = passages[0]
    content = content_words(question)
    weights = vocabulary.question_weights(content)
    words = read_asked_words(question, content, lexicon)
    place = encoded_text(best.path, best.heading, "")
    return Relevance(
        evidence=_best_score(question, passages, vocabulary) / vocabulary.highest_weight,
        coverage=covered_share(weights, encoded_text(best.path, best.heading, best.text)),
        heading_coverage=covered_share(weights, place),
        said_coverage=said_share(words, place, vocabulary),
        keys=None if key_score is None else key_score / vocabulary.highest_weight,
        odds=0.0 if key_score is None else load_word_odds().of(question),
    )


def _best_score(question: str, passages: Sequence[Passage], vocabulary: Vocabulary) -> float:
    weights = vocabulary.question_weights(question)
    encoded = encode_passages([encoded_text(p.path, p.heading, p.text) for p in passages])
    return max(
        sum(weights[s] * value for s, value in zip(stems, values, strict=True) if s in weights)
        for stems, values in zip(*encoded, strict=True)
    )


def covered_share(weights: Mapping[int, float], text: str) -> float:
    """Give the share, from 0 to 1, of the words that weigh which stand in a text."""
    [stems], _ = encode_passages([text])
    total = sum(weights.values())
    return sum(weights[stem] for stem in set(stems) & set(weights)) / total if total else 0.0
