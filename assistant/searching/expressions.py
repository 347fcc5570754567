"""A text as words that can be compared: what an expression and a question have in common.

Several words are compared by their stems, so that "offres trop basses" is "offre trop basse". One
word alone is compared by its singular only: by stems "consultant" would be "consultation".
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.searching.arabic import normalise_arabic
from assistant.searching.lexical import StemLanguage, stem_of

Form = tuple[int, str]
"""Position of a word in its text (0-based), and how it is compared."""

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # "A.O.", "C.P.S"
_WORDS = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "\u02bc": "’"})
_SHOUTING = 4  # words in capitals alone, from which capitals say nothing
_LITTLE = frozenset("de du des la le les l d a au aux un une en the an of for to on".split())  # noqa: SIM905
"""Words that may stand or lack inside an expression: "validité de l’offre", "… d’une offre"."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str  # without case or accents
    is_capitals: bool  # an abbreviation by its look: "AO", "AOs", "a.o."


def read_words(text: str) -> list[Word]:
    """Give the words in order; apostrophes and hyphens separate them."""
    return list(_read_words(text))


@lru_cache(maxsize=256)  # a search reads the words of its question again and again
def _read_words(text: str) -> tuple[Word, ...]:
    plain = without_accents(text)
    dotted = {found.start() for found in _DOTTED.finditer(plain)}
    found = list(_WORDS.finditer(_without_dots(plain)))
    shouted = len(found) >= _SHOUTING and plain.isupper()
    return tuple(_word(f[0], is_dotted=f.start() in dotted, shouted=shouted) for f in found)


def word_spans(plain: str) -> list[tuple[int, int]]:
    """Give where the words of `read_words` stand in a text that has no accents."""
    return [found.span() for found in _WORDS.finditer(_without_dots(plain))]


def forms_of(words: Iterable[Word]) -> Mapping[str, list[Form]]:
    """Give the forms in which words are compared, by the way of comparing.

    "fr" and "en": stems, for expressions of several words. "word": the singular, for one word.
    "letters": abbreviations in any case. "capitals": abbreviations in capitals or with dots.
    "ar": Arabic words.
    """
    placed = list(enumerate(words))
    content = [(place, word) for place, word in placed if word.text not in _LITTLE]
    return {
        "fr": [(place, _stem(word.text, "french")) for place, word in content],
        "en": [(place, _stem(word.text, "english")) for place, word in content],
        "word": [(place, _alone(word.text)) for place, word in content],
        "letters": [(place, word.text) for place, word in placed],
        "capitals": [(place, word.text if word.is_capitals else "") for place, word in placed],
        "ar": [(place, normalise_arabic(word.text)) for place, word in placed],
    }


def fold(text: str) -> str:
    """Give a text without case, accents, punctuation or spaces too many: its identity."""
    return " ".join(word.text for word in read_words(text))


def without_accents(text: str) -> str:
    """Take accents away, and leave the case."""
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in apart if not unicodedata.combining(c))


def _without_dots(plain: str) -> str:
    """Join the letters of "A.O.", and keep the length."""
    return _DOTTED.sub(lambda found: found[0].replace(".", "").ljust(len(found[0])), plain)


def _word(text: str, *, is_dotted: bool, shouted: bool) -> Word:
    bare = text[:-1] if re.fullmatch(r"[A-Z]{2,}s", text) else text  # "AOs"
    capitals = bare.isupper() and len(bare) > 1 and not shouted
    return Word(bare.lower(), is_dotted or capitals)


def _singular(word: str) -> str:
    """Take the mark of the plural away: "plis", "journaux"."""
    if len(word) <= 3 or word[-1] not in "sx":
        return word
    bare = word[:-1]
    return f"{bare[:-1]}l" if bare.endswith("au") else bare


def _alone(word: str) -> str:
    """Give the singular, in French or English: "penalties" and "penalty", "copies" and "copie"."""
    singular = _singular(word)
    return f"{singular[:-2]}y" if singular.endswith("ie") else singular


@lru_cache(maxsize=20_000)
def _stem(word: str, language: StemLanguage) -> str:
    singular = _singular(word)  # the stemmer keeps the "s" of "plis" and "bleus"
    return str(stem_of(singular, language) or singular)
