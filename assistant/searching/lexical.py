"""French BM25: text → sparse vector, offline, the same in a Qdrant server and embedded."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from qdrant_edge import Bm25, Bm25Config

SparseVectors = tuple[list[list[int]], list[list[float]]]
"""Indices and weights, one list for each text: what LlamaIndex's Qdrant store asks for."""

StemLanguage = Literal["french", "english"]

_AVERAGE_TOKENS = 120.0  # of a passage with its heading, after stop words (both decrees)


@cache
def _bm25(language: StemLanguage = "french") -> Bm25:
    return Bm25(Bm25Config(language=language, ascii_folding=True, avg_len=_AVERAGE_TOKENS))


def encode_passages(texts: Sequence[str]) -> SparseVectors:
    """Encode texts to be found: weights are saturated term frequencies."""
    vectors = [_bm25().embed_document(text) for text in texts]
    return [list(v.indices) for v in vectors], [list(v.values) for v in vectors]


def encode_questions(texts: Sequence[str]) -> SparseVectors:
    """Encode questions: every stem weighs 1, the index multiplies by its IDF."""
    vectors = [_bm25().embed_query(text) for text in texts]
    return [list(v.indices) for v in vectors], [list(v.values) for v in vectors]


def stem_of(word: str, language: StemLanguage = "french") -> int | None:
    """Give the identifier of the stem of one word, or None for a stop word."""
    return next(iter(_bm25(language).embed_query(word).indices), None)
