"""Text → sentences and paragraphs, as spans, so that a quotation keeps its place."""

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?;])[ \u00a0]+(?=[A-ZÀ-ÖØ-Þ«\"(\d–-])|\n+")
# "art. 24", "n. 5", "M. X" end no sentence; neither does a number before its unit.
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|n|M|Mme|cf|etc|p|ex|vol|chap)|\b[A-Z])\.$", re.IGNORECASE
)
_ITEM = re.compile(r"\s*(?:[-–—•▪]|\d{1,2}\s?[-–)°]|[A-Za-z]\s?[-)]|[IVX]{1,4}\s?[-–)])\s*\S")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give the sentences of a text as spans without surrounding white space."""
    start = 0
    for found in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : found.start()]):
            yield from _trimmed(text, start, found.start())
            start = found.end()
    yield from _trimmed(text, start, len(text))


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Give the paragraphs of a text as spans, the line feed that ends them left out."""
    return [
        span for found in re.finditer(r"[^\n]+", text) for span in _trimmed(text, *found.span())
    ]


def is_item(paragraph: str) -> bool:
    """Whether a paragraph is an item of a list: "– …", "a) …", "1 – …"."""
    return _ITEM.match(paragraph) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if right > left:
        yield start + left, start + right
