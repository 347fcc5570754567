"""What a sentence is compared with: the cited text, cut into clauses that say one thing each."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answering.sentences import is_item, split_sentences
from assistant.searching.expressions import fold
from assistant.searching.instruments import shipped_instruments
from assistant.searching.lexical import stem_of

_WORDS = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"\s*;\s+|(?<=[a-zé)])\s*:\s+(?=[A-ZÀ-Ý])")
_NUMERAL_WORDS = """
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts
trente quarante cinquante soixante cent cents mille million millions
"""
_NUMERALS = frozenset(_NUMERAL_WORDS.split())
"""Figures have a check of their own: "60" and "soixante" have no stem in common."""

_STEM = 6
"""Letters of a stem. "Notifié", "notifiée", "notification" have three with the stemmer of search,
which takes the accents away first; in finding faults six letters do as well as NLTK's."""

_NEARLY = 0.7  # of the overlap of the closest clause: what is as close may say it too


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the model was shown it."""

    text: str
    article: str
    instrument: str
    heading: str = ""


@dataclass(frozen=True)
class Clause:
    """A piece of text as words that can be compared."""

    text: str
    is_headless: bool = False  # an item of a list whose beginning is not in the passage

    @cached_property
    def _words(self) -> tuple[tuple[str, str | None], ...]:
        return tuple(_read_word(word) for word in _WORDS.findall(self.text.lower()))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Give the words, without case or accents; apostrophes and hyphens separate them."""
        return tuple(word for word, _ in self._words)

    @cached_property
    def stems(self) -> tuple[str | None, ...]:
        """Give the stem of each word, None for a stop word or a number."""
        return tuple(stem for _, stem in self._words)

    @cached_property
    def content(self) -> frozenset[str]:
        """Give the stems that say something."""
        return frozenset(s for s in self.stems if s is not None)


class Source:
    """The passages that a sentence cites, together."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        """Read them; nothing is computed before it is asked for."""
        self.shown = tuple(shown)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Give the clauses of all passages, in order."""
        return tuple(clause for shown in self.shown for clause in read_clauses(shown.text))

    @cached_property
    def text(self) -> str:
        """Give the cited text."""
        return "\n".join(shown.text for shown in self.shown)

    @cached_property
    def names(self) -> str:
        """Give the names under which the cited instruments are known, with their dates."""
        known = [shipped_instruments().find(shown.instrument) for shown in self.shown]
        return " ; ".join(instrument.name for instrument in known if instrument)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """Give what each stem tells: the rarer among the clauses, the more."""
        counts = Counter(s for clause in self.clauses for s in clause.content)
        return {s: math.log(1 + len(self.clauses) / n) for s, n in counts.items()}

    def overlap(self, said: Clause, clause: Clause) -> float:
        """Give the weight of what a sentence and a clause have in common, 0.0 or more."""
        return sum(self._weights[s] for s in said.content & clause.content)

    def closest(self, said: Clause) -> list[Clause]:
        """Give the clauses that a sentence can have been made from, the closest first."""
        scored = [(self.overlap(said, clause), clause) for clause in self.clauses]
        best = max((score for score, _ in scored), default=0.0)
        near = [pair for pair in scored if pair[0] and pair[0] >= _NEARLY * best]
        return [clause for _, clause in sorted(near, key=lambda pair: -pair[0])]


def read_clauses(text: str) -> Iterator[Clause]:
    """Cut a passage into sentences; an item of a list comes with the words that introduce it."""
    lists: list[tuple[str, str]] = []  # introduction and mark of the lists that are open
    began = False
    for line in filter(str.strip, text.split("\n")):
        mark = _mark(line)
        began = began or not mark or _is_paragraph(line, mark)
        while lists and lists[-1][1] not in ("", mark):
            lists.pop()
        head = lists[-1][0] if lists and mark else ""
        if lists:
            lists[-1] = (lists[-1][0], mark)
        for start, end in split_sentences(line):
            for piece in _CLAUSE_END.split(line[start:end]):
                yield Clause(f"{head} {piece}".strip(), bool(mark) and not began)
        if line.rstrip().endswith(":"):
            lists.append((line[max(line.rfind(". "), line.rfind("; ")) + 1 :].strip(), ""))


def _is_paragraph(line: str, mark: str) -> bool:
    """Whether an item stands for itself: "1 – Le maître d'ouvrage publie un avis."."""
    return mark in ("1", "A") and not line.rstrip().endswith((";", ","))


def _mark(line: str) -> str:
    """Say with what kind of mark an item of a list begins; "" for a line that is none."""
    if not is_item(line):
        return ""
    first = line.lstrip()[0]
    return (
        "1"
        if first.isdigit()
        else first
        if not first.isalpha()
        else "a"
        if first.islower()
        else "A"
    )


@lru_cache(maxsize=50_000)
def _read_word(word: str) -> tuple[str, str | None]:
    """Give a word without accents, and its stem."""
    plain = fold(word)
    says_nothing = word[0].isdigit() or plain in _NUMERALS or stem_of(word) is None
    return plain, None if says_nothing else plain[:_STEM]
