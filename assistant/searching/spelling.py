"""Words misspelt in a question: the nearest word that the texts, or the questions asked, have."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from assistant.searching.expressions import read_words
from assistant.searching.languages import identify_language
from assistant.searching.lexical import stem_of

_SHORTEST = 5  # letters: a shorter word is one edit away from too many others
_LONG = 10  # letters from which two edits are forgiven
_SURELY_TOLD = 25  # letters of a question whose language can be told from its misspellings
_RARE = 2  # a word that stands less often may be a misprint itself


@dataclass(frozen=True)
class Speller:
    """Knows the words of the documents searched and of the questions that lead to them."""

    counts: Counter[str] = field(default_factory=Counter)

    def correct(self, question: str) -> list[str]:
        """Give the words meant by those of a question that are known nowhere.

        Of the nearest known words, the most frequent one; nothing for a word that has none near,
        or in a question that is not in French.
        """
        if identify_language(question, shortest=_SURELY_TOLD) not in ("fr", "es", "it", "pt"):
            return []  # the neighbours of French: misspelt, it looks like them
        words = {word.text for word in read_words(question) if _is_word(word.text)}
        new = (word for word in words if word not in self.counts)
        unknown = sorted(word for word in new if stem_of(word) not in self._stems)
        return [meant for word in unknown if (meant := self._nearest(word))]

    def _nearest(self, word: str) -> str | None:
        edits = 2 if len(word) >= _LONG else 1
        near = extract(
            word,
            self._frequent,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=edits,
            limit=5,
        )
        ranked = sorted(near, key=lambda found: (found[1], -self.counts[found[0]]))
        return ranked[0][0] if ranked else None

    @cached_property
    def _frequent(self) -> list[str]:
        return [word for word, count in self.counts.items() if count >= _RARE]

    @cached_property
    def _stems(self) -> set[int | None]:
        return {stem_of(word) for word in self.counts}


def build_speller(texts: Iterable[str]) -> Speller:
    """Count the words of texts, without case or accents."""
    return Speller(
        Counter(word.text for text in texts for word in read_words(text) if _is_word(word.text))
    )


def _is_word(text: str) -> bool:
    return len(text) >= _SHORTEST and text.isalpha()
