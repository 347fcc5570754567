"""What a model wrote when it was asked for questions → those that can be search keys."""

import re

from assistant.searching.languages import identify_language

_MARK = re.compile(r"^(?:(?:Q(?:uestion)?\s*)?\d{1,2}\s*[.):–-]|[-*•–—])\s*", re.IGNORECASE)
_QUOTES = " \t*_\"'«»“”\u00a0\u202f"
_NAMES_ITS_SOURCE = re.compile(r"\b(?:article|extrait|alinéa|passage|ci-dessus)s?\b", re.I)
_SHORTEST, _LONGEST = 15, 200  # characters
_FEWEST_WORDS = 4


def read_questions(text: str, *, most: int) -> list[str]:
    """Give at most `most` questions in French, each once, in the order they were written.

    They stand one a line, numbered or after a bullet; where no line is marked so, bare lines
    count. What does not end in "?", is too short or too long, names "the article" or is in
    another language is left out.
    """
    lines = [line.strip(_QUOTES[:2]) for line in text.splitlines()]
    lines = [re.sub(r"^\*\*(.*?)\*\*", r"\1", line) for line in lines]
    marked = [line for line in lines if _MARK.match(line)]
    found: dict[str, str] = {}
    for line in marked or lines:
        question = " ".join(_MARK.sub("", line).strip(_QUOTES).split())
        if _is_usable(question):
            found.setdefault(re.sub(r"\W+", " ", question.lower()).strip(), question)
    return list(found.values())[:most]


def _is_usable(question: str) -> bool:
    return (
        question.endswith("?")
        and _SHORTEST <= len(question) <= _LONGEST
        and len(re.findall(r"\w+", question)) >= _FEWEST_WORDS
        and not _NAMES_ITS_SOURCE.search(question)
        and identify_language(question) == "fr"
    )
