"""Articles → passages, as they are searched and quoted."""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.reading.numbering import paragraph_span
from assistant.records import CELL_END, Article, Passage
from assistant.searching.index_version import MAX_CHARACTERS
from assistant.searching.key_store import LANGUAGES

_NAMESPACE = uuid.UUID("6f1d9a52-4d3c-5b0e-9a57-2d2243120349")
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+")


def cut_text(text: str, *, max_characters: int = MAX_CHARACTERS) -> list[tuple[int, int]]:
    """Cut a text at paragraph ends into spans that follow each other and cover it all.

    Whole paragraphs are gathered up to `max_characters`; a longer paragraph stands alone, and is
    cut at sentence ends only beyond twice that length. An empty text gives one empty span.
    """
    return list(_spans(text, max_characters))


@lru_cache(maxsize=512)  # some 2 MB: a search cuts again the articles that questions lead to
def _spans(text: str, max_characters: int) -> tuple[tuple[int, int], ...]:
    longest = 2 * max_characters
    pieces = [
        piece for start, end in _paragraphs(text) for piece in _halve(text, start, end, longest)
    ]
    spans: list[tuple[int, int]] = []
    for start, end in pieces:
        if spans and end - spans[-1][0] <= max_characters:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans) or ((0, 0),)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"\n|$", text):
        if found.end() > start:
            yield start, found.end()
            start = found.end()


def _halve(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Cut an overlong paragraph at the sentence end nearest to its middle, again and again."""
    middle = (start + end) / 2
    cuts = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    inner = [cut for cut in cuts if start < cut < end]
    if end - start <= longest or not inner:
        yield start, end
        return
    cut = min(inner, key=lambda position: abs(position - middle))
    yield from _halve(text, start, cut, longest)
    yield from _halve(text, cut, end, longest)


def encoded_text(path: Sequence[str], heading: str, text: str) -> str:
    """Give what is encoded of a passage: its place goes with its text."""
    return f"{place_of(path, heading)}\n{text}"


def table_header(text: str, start: int) -> str:
    """Give the first row of the table that `text[start:]` continues, "" when it continues none."""
    rows: list[str] = []
    for line in reversed(text[:start].split("\n")[:-1]):
        if CELL_END not in line:
            break
        rows.append(line)
    return rows[-1] if rows and CELL_END in text[start:].split("\n", 1)[0] else ""


def place_of(path: Sequence[str], heading: str) -> str:
    """Give where an article stands, and its heading, in one line."""
    return " – ".join([*path, heading])


def passage_id(document_id: str, number: str, start: int) -> str:
    """Give the identifier of the passage of an article that starts at a character of its text."""
    return str(uuid.uuid5(_NAMESPACE, f"{document_id}/{number}/{start}"))


def key_node_id(document_id: str, article: str, language: str) -> str:
    """Give the identifier of the node of an article's questions in a language."""
    return str(uuid.uuid5(_NAMESPACE, f"{document_id}/{article}/questions/{language}"))


def key_node_ids(document_id: str, article: str) -> list[str]:
    """Give the identifiers of the nodes that an article's questions can have."""
    return [key_node_id(document_id, article, language) for language in LANGUAGES]


def part_of(passage: Passage, article: Article, paragraph: str | None) -> Passage:
    """Give the part of an article's passage that a place names, or the passage as it is."""
    span = paragraph_span(article.text, paragraph) if paragraph else None
    if span is None:
        return passage
    start, end = span
    return replace(passage, text=article.text[start:end], start=start, end=end)


def cut_passages(article: Article, document_id: str, instrument: str) -> list[Passage]:
    """Give the passages of an article, at least one, as they are indexed."""
    return [
        replace(
            whole_passage(article, document_id, instrument),
            id=passage_id(document_id, article.number, start),
            text=article.text[start:end],
            start=start,
            end=end,
        )
        for start, end in cut_text(article.text)
    ]


def whole_passage(article: Article, document_id: str, instrument: str) -> Passage:
    """Give a whole article as one passage: it was asked for by its number."""
    return Passage(
        id=f"{document_id}/{article.number}",
        document_id=document_id,
        instrument=instrument,
        article=article.number,
        heading=article.heading,
        path=article.path,
        text=article.text,
        start=0,
        end=len(article.text),
    )
