"""How passages are cut and encoded: what makes an index of today differ from one of yesterday."""

from assistant.searching.question_keys import question_keys_version

MAX_CHARACTERS = 1500
"""Of a passage's text, about 230 words: the best of five on the dev questions (decision 0003)."""

_CUTTING = 2
"""Raised when passages are cut or encoded otherwise: documents are then indexed anew."""


def index_version(embedding_model: str) -> str:
    """Name the way of cutting and encoding; `embedding_model` is empty for words alone."""
    return f"{_CUTTING}:{MAX_CHARACTERS}:{question_keys_version()}:{embedding_model}"
