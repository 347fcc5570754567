"""What people say → the words of the law: "garantie de soumission" is a "cautionnement provisoire".

Kept as data, `lexicon.jsonl`, written for both decrees; every law word stands in one of them.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from assistant.searching.expressions import Form, fold, forms_of, read_words
from assistant.searching.once import once

Language = Literal["fr", "en", "ar"]
Kind = Literal["abbreviation", "everyday", "synonym", "translation"]
_Key = tuple[str, ...]  # the way of comparing, then the forms
_QUESTIONS_KEPT = 256


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One expression, and what the law calls it."""

    said: str
    law: tuple[str, ...]
    language: Language = "fr"
    kind: Kind = "everyday"
    capitals: bool = False  # an abbreviation that is a word too ("OS"): found in capitals only

    @property
    def identity(self) -> str:
        """The expression without case, accents or punctuation: what tells entries apart."""
        return fold(self.said)


@dataclass(frozen=True, slots=True)
class Match:
    """An expression found in a question."""

    law: tuple[str, ...]
    start: int  # 0-based position of its first word
    end: int  # … and after its last

    def overlaps(self, other: "Match") -> bool:
        """Whether both have a word in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Lexicon:
    """Expressions that are found in questions; safe for several people at once."""

    entries: tuple[LexiconEntry, ...]

    def expand(self, question: str) -> list[str]:
        """Give the law's phrases for what a question says, in its order, each once.

        The longest expression counts: "caution provisoire" is not "caution" too. A phrase whose
        words all stand in the question already is left out.
        """
        said = {form for _, form in forms_of(read_words(question))["fr"]}
        phrases = (phrase for match in self.matches(question) for phrase in match.law)
        return [p for p in dict.fromkeys(phrases) if not _stems(p) <= said]

    def matches(self, question: str) -> Sequence[Match]:
        """Give the expressions found, in the order of the question; none overlaps another."""
        return self._matching(question)

    @cached_property
    def _matching(self) -> Callable[[str], Sequence[Match]]:
        """Find as `_find` does; one search asks for the same words eight times."""
        return lru_cache(maxsize=_QUESTIONS_KEPT)(self._find)

    def _find(self, question: str) -> Sequence[Match]:
        kept: list[Match] = []
        ways = forms_of(read_words(question)).items()
        found = (match for way, forms in ways for match in self._found(way, forms))
        for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
            if not any(match.overlaps(other) for other in kept):
                kept.append(match)
        return tuple(sorted(kept, key=lambda m: m.start))

    @cached_property
    def abbreviations(self) -> "Lexicon":
        """The abbreviations alone."""
        return Lexicon(tuple(e for e in self.entries if e.kind == "abbreviation"))

    def _found(self, way: str, forms: list[Form]) -> Iterable[Match]:
        for first in range(len(forms)):
            if (way, forms[first][1]) not in self._beginnings:
                continue
            for last in range(first, min(first + self._longest, len(forms))):
                key = (way, *(form for _, form in forms[first : last + 1]))
                if law := self._laws.get(key):
                    yield Match(law, forms[first][0], forms[last][0] + 1)

    @cached_property
    def _laws(self) -> Mapping[_Key, tuple[str, ...]]:
        """What each key is called by the law; entries that share a key are joined."""
        laws: dict[_Key, tuple[str, ...]] = {}
        for entry in self.entries:
            if key := _key(entry):
                laws[key] = tuple(dict.fromkeys((*laws.get(key, ()), *entry.law)))
        return laws

    @cached_property
    def _beginnings(self) -> frozenset[_Key]:
        """How keys begin: most words begin none."""
        return frozenset(key[:2] for key in self._laws)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._laws), default=1) - 1


@once
def load_lexicon() -> Lexicon:
    """Give the lexicon that comes with the assistant."""
    lines = Path(__file__).with_name("lexicon.jsonl").read_text("utf-8").splitlines()
    entries = map(json.loads, lines)
    return Lexicon(tuple(LexiconEntry(**{**e, "law": tuple(e["law"])}) for e in entries))


def _key(entry: LexiconEntry) -> _Key | None:
    """Give what an entry is found by; None when it has no word to be found by."""
    forms = forms_of(read_words(entry.said))
    if entry.kind == "abbreviation":
        way = "letters"
        if entry.capitals:
            return ("capitals", *(form for _, form in forms[way]))
    elif entry.language == "ar":
        way = "ar"
    else:
        way = entry.language if len(forms["word"]) > 1 else "word"
    return (way, *(form for _, form in forms[way])) if forms[way] else None


@lru_cache(maxsize=1024)  # phrases of the law, of which there are some thousands
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(form for _, form in forms_of(read_words(phrase))["fr"])
