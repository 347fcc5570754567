"""Telling French from other languages, offline."""

from assistant.searching.languages import identify_language

_SHORTEST = 25  # letters; below, identification is a guess


def is_french(text: str) -> bool:
    """Whether a text is French; one too short to tell is taken for French."""
    return identify_language(text, shortest=_SHORTEST) == "fr"
