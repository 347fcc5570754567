"""Which language a text is written in, offline."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.searching.once import once

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ARABIC, _LATIN = re.compile("[\u0620-\u064a]"), re.compile("[A-Za-zÀ-ÿ]")
_SHORTEST = 12  # letters; below, identification is a guess


@once
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fr", "en", "ar", "es", "it", "pt", "de"])
    return identifier


@lru_cache(maxsize=256)  # asked for several times of one question
def identify_language(text: str, *, shortest: int = _SHORTEST) -> str:
    """Give the ISO 639-1 code of a text; one with fewer letters is taken for French.

    Arabic is told by its letters, however few.
    """
    letters = re.sub(r"[^\w\s]|\d", " ", text)
    if len(_ARABIC.findall(letters)) > len(_LATIN.findall(letters)):
        return "ar"
    if sum(character.isalpha() for character in letters) < shortest:
        return "fr"
    language, _ = _identifier().classify(letters)
    return str(language)
