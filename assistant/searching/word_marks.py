"""Where the words of a question stand in a text: by the stems that search compares."""

import re
from functools import lru_cache

from assistant.searching.asked_words import Stems, read_asked_words
from assistant.searching.focus import subject_of
from assistant.searching.lexical import stem_language, stem_of
from assistant.searching.lexicon import Lexicon

_LITTLE = """
après aussi avant avoir cas comment depuis doit doivent faire fait falloir faut leur leurs lors ont
pendant peut peuvent quand reste restent rester selon sera soit sont être
"""
"""Words of a question that are searched, weigh nothing, and would only speckle what is read."""
_WORD = re.compile(r"[^\W_]{2,}")  # apostrophes and hyphens separate words, as for search


def asked_stems(question: str, lexicon: Lexicon) -> Stems:
    """Give the stems of a question's words, and of what the law calls the things it speaks of.

    Of a question that is not in French only the latter: a word of another language means nothing
    in the law.
    """
    little = frozenset(_LITTLE.split())
    content = _WORD.sub(lambda w: "" if w[0].casefold() in little else w[0], subject_of(question))
    words = read_asked_words(question, content, lexicon)
    own = {s for w in words for s in w.own} if stem_language(question) == "french" else set()
    return frozenset(own | {stem for w in words for phrase in w.law for stem in phrase})


def typed_stems(words: str) -> tuple[int, ...]:
    """Give the stem of each word that somebody looks for in a text, each once; no stop word."""
    stems = (_stem(found[0].casefold()) for found in _WORD.finditer(words))
    return tuple(dict.fromkeys(stem for stem in stems if stem is not None))


def find_words(text: str, stems: Stems) -> list[tuple[int, int]]:
    """Give the spans of the words of a text that have one of those stems, in order."""
    if not stems:
        return []
    return [f.span() for f in _WORD.finditer(text) if _stem(f[0].casefold()) in stems]


@lru_cache(maxsize=20_000)  # both decrees use 7 000 words
def _stem(word: str) -> int | None:
    return stem_of(word)
