"""Whether a question has the words of those that the texts answer, or of others.

"Quel est le taux de la TVA", "quand la retenue de garantie est-elle restituée": every word stands
in the texts, and no article answers. The question keys are what the texts answer;
`outside_questions.jsonl` is what people ask of other texts, or of anything: the execution and the
payment of contracts, taxes, labour, building permits, daily life. Each word says how much more
often it stands in the ones than in the others (naive Bayes over stems).
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.searching.lexical import encode_key_questions, encode_keys
from assistant.searching.once import once
from assistant.searching.question_keys import load_question_keys
from assistant.searching.question_words import content_words

_KEYS_OF = ("2-22-431", "2-12-349")
_SELDOM = 0.0002  # of the questions: what is added to each share, so that a new word says nothing
_MOST = 4.0  # that one word can say, either way

Asked = Iterable[tuple[str, str]]
"""Questions with their language, "fr", "en" or "ar"."""
Shares = Mapping[int, float]


@dataclass(frozen=True)
class WordOdds:
    """How much each stem speaks for a question that the texts answer."""

    odds: Mapping[int, float]  # natural logarithm; above 0, it stands more in answered questions

    def of(self, question: str) -> float:
        """Give the odds of a question: 0 if nothing is known, the sum over √n of n known words."""
        [stems], _ = encode_key_questions([content_words(question)])
        known = [self.odds.get(stem, 0.0) for stem in stems]
        return sum(known) / math.sqrt(len(known)) if known else 0.0


@once
def load_word_odds() -> WordOdds:
    """Count the words of the reviewed keys and of the questions outside the texts."""
    return count_odds(_answered(), _outside())


def count_odds(answered: Asked, outside: Asked) -> WordOdds:
    """Compare how often each stem stands in questions that are answered, and in others."""
    inside, others = _shares(answered), _shares(outside)
    return WordOdds({stem: _odds(stem, inside, others) for stem in {*inside, *others}})


def _odds(stem: int, inside: Shares, others: Shares) -> float:
    share, other = inside.get(stem, 0.0) + _SELDOM, others.get(stem, 0.0) + _SELDOM
    return max(-_MOST, min(_MOST, math.log(share / other)))


def _shares(asked: Asked) -> Shares:
    """Give the share of the questions, from 0 to 1, that have each stem."""
    texts = [f"{language}\n{content_words(question)}" for language, question in asked]
    counts = Counter(stem for stems in encode_keys(texts)[0] for stem in set(stems))
    return {stem: count / len(texts) for stem, count in counts.items()}


def _answered() -> Iterator[tuple[str, str]]:
    for instrument in _KEYS_OF:
        for by_language in load_question_keys(instrument).values():
            for language, questions in by_language.items():
                yield from ((language, question) for question in questions)


def _outside() -> Iterator[tuple[str, str]]:
    path = Path(__file__).with_name("outside_questions.jsonl")
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        yield row["language"], row["question"]
