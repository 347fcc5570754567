"""Which questions are the same, and which of them search can learn."""

import hashlib
import re
from collections.abc import Sequence

from assistant.searching.expressions import fold
from assistant.searching.lookup import article_asked

_LONGEST_KEY = 300  # characters: a longer question tells a case, and leads to its words


def identity_of(question: str) -> str:
    """Name a question by its words, whatever its case, accents and punctuation."""
    words = re.findall(r"\w+", fold(question))
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def can_be_key(question: str, *, among: Sequence[str]) -> bool:
    """Whether search can learn a question: one that names its article by number teaches nothing.

    `among`: the numbers of the instruments that it is about.
    """
    return len(question) <= _LONGEST_KEY and article_asked(question, among=among) is None
