"""Telling French from other languages, offline."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SHORTEST = 25  # letters; below, identification is a guess


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fr", "en", "ar", "es", "it", "pt", "de"])
    return identifier


def is_french(text: str) -> bool:
    """Whether a text is French; one too short to tell is taken for French."""
    letters = re.sub(r"[^\w\s]|\d", " ", text)
    if sum(c.isalpha() for c in letters) < _SHORTEST:
        return True
    language, _ = _identifier().classify(letters)
    return bool(language == "fr")
