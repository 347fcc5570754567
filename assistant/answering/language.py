"""Telling French from other languages, offline."""

import re

from assistant.searching.languages import identify_language

_SHORTEST = 25  # letters; below, identification is a guess, and the little words tell
_ENGLISH_WORDS = """
the of and to for with must shall may is are be by at within not this that from it
"""
_FRENCH_WORDS = """
le la les l un une des du de d et ou au aux en par pour sur dans est sont il elle ne pas
"""
_LITTLE_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_LITTLE_FRENCH = frozenset(_FRENCH_WORDS.split())


def is_french(text: str) -> bool:
    """Whether a text is French; one too short to tell is taken for French."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(word.isascii() or "a" <= word[0] <= "ÿ" for word in words) < len(words) / 2:
        return False  # Arabic, of any length
    if identify_language(text, shortest=_SHORTEST) != "fr":
        return False
    return not _LITTLE_ENGLISH & set(words) or bool(_LITTLE_FRENCH & set(words))
