"""BM25: text → sparse vector, offline, the same in a Qdrant server and embedded."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from qdrant_edge import Bm25, Bm25Config

from assistant.searching.arabic import normalise_arabic
from assistant.searching.languages import identify_language

SparseVectors = tuple[list[list[int]], list[list[float]]]
"""Indices and weights, one list for each text: what LlamaIndex's Qdrant store asks for."""

StemLanguage = Literal["french", "english", "arabic"]

ADDED = "\x1e"
"""What stands in a question before the law's words for what it says (see `lexicon`)."""

_ADDED_WEIGHT = 0.3
"""Of those words, beside the question's own: the best of five on the dev questions."""

_AVERAGE_TOKENS = 120.0  # of a passage with its heading, after stop words (both decrees)
_STEMS: dict[str, tuple[StemLanguage, float]] = {
    "fr": ("french", 100.0),
    "en": ("english", 12.0),
    "ar": ("arabic", 10.0),
}
"""Language of the questions of an article → its stems, and how many they have on average."""


@cache
def _bm25(language: StemLanguage = "french", average: float = _AVERAGE_TOKENS) -> Bm25:
    return Bm25(Bm25Config(language=language, ascii_folding=True, avg_len=average))


def encode_passages(texts: Sequence[str]) -> SparseVectors:
    """Encode texts to be found: weights are saturated term frequencies."""
    vectors = [_encode_passage(text) for text in texts]
    return [list(indices) for indices, _ in vectors], [list(values) for _, values in vectors]


@lru_cache(maxsize=4096)  # some 20 MB: the passages and paragraphs of two decrees
def _encode_passage(text: str) -> tuple[Sequence[int], Sequence[float]]:
    vector = _bm25().embed_document(text)
    return tuple(vector.indices), tuple(vector.values)


def encode_questions(texts: Sequence[str]) -> SparseVectors:
    """Encode questions: every stem weighs 1, or less after `ADDED`; the index multiplies by IDF."""
    return _as_lists([_french_weights(text) for text in texts])


def encode_keys(texts: Sequence[str]) -> SparseVectors:
    """Encode the questions of articles; the first line of each text is their language."""
    vectors = []
    for text in texts:
        language, _, questions = text.partition("\n")
        written = normalise_arabic(questions) if language == "ar" else questions
        vectors.append(_bm25(*_STEMS[language]).embed_document(written))
    return [list(v.indices) for v in vectors], [list(v.values) for v in vectors]


def encode_key_questions(texts: Sequence[str]) -> SparseVectors:
    """Encode questions asked of them: in French, and in their own language where it is another."""
    encoded = []
    for text in texts:
        question = text.partition(ADDED)[0]
        language = stem_language(question)
        weights = _french_weights(text)
        if language != "french":
            weights |= _weights(_written(question, language), language)
        encoded.append(weights)
    return _as_lists(encoded)


@lru_cache(maxsize=256)  # asked for each word of a question
def stem_language(question: str) -> StemLanguage:
    """Give the language whose stems a question has: French where it is none of ours."""
    language = identify_language(question)
    return _STEMS[language][0] if language in _STEMS else "french"


def language_of(code: str) -> StemLanguage:
    """Give the language whose stems the question keys in "fr", "en" or "ar" have."""
    return _STEMS[code][0]


def stems_of(text: str, language: StemLanguage) -> frozenset[int]:
    """Give the stems of a text in its language."""
    return frozenset(_weights(_written(text, language), language))


def is_stop_word(word: str, question: str) -> bool:
    """Whether a word says nothing in the language of the question that it stands in."""
    language = stem_language(question)
    return stem_of(_written(word, language), language) is None


def stem_of(word: str, language: StemLanguage = "french") -> int | None:
    """Give the identifier of the stem of one word, or None for a stop word."""
    return next(iter(_bm25(language).embed_query(word).indices), None)


class Encoding(NamedTuple):
    """How what is kept in a collection is encoded, and what is asked of it."""

    documents: Callable[[Sequence[str]], SparseVectors]
    questions: Callable[[Sequence[str]], SparseVectors]


PASSAGES = Encoding(encode_passages, encode_questions)
KEYS = Encoding(encode_keys, encode_key_questions)


def _written(text: str, language: StemLanguage) -> str:
    return normalise_arabic(text) if language == "arabic" else text


def _french_weights(text: str) -> dict[int, float]:
    own, _, added = text.partition(ADDED)
    return dict.fromkeys(_bm25().embed_query(added).indices, _ADDED_WEIGHT) | _weights(own)


def _weights(text: str, language: StemLanguage = "french") -> dict[int, float]:
    return dict.fromkeys(_bm25(language).embed_query(text).indices, 1.0)


def _as_lists(encoded: Sequence[dict[int, float]]) -> SparseVectors:
    return [list(weights) for weights in encoded], [list(weights.values()) for weights in encoded]
