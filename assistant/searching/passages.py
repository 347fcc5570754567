"""Articles → passages → LlamaIndex nodes, and nodes → passages: the one place that converts."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode

from assistant.reading.numbering import paragraph_span
from assistant.records import CELL_END, Article, Passage
from assistant.searching.index_version import MAX_CHARACTERS
from assistant.searching.key_store import LANGUAGES, Keys

_NAMESPACE = uuid.UUID("6f1d9a52-4d3c-5b0e-9a57-2d2243120349")
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+")


def cut_text(text: str, *, max_characters: int = MAX_CHARACTERS) -> list[tuple[int, int]]:
    """Cut a text at paragraph ends into spans that follow each other and cover it all.

    Whole paragraphs are gathered up to `max_characters`; a longer paragraph stands alone, and is
    cut at sentence ends only beyond twice that length. An empty text gives one empty span.
    """
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
    return spans or [(0, 0)]


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
    return f"{_place(path, heading)}\n{text}"


def table_header(text: str, start: int) -> str:
    """Give the first row of the table that `text[start:]` continues, "" when it continues none."""
    rows: list[str] = []
    for line in reversed(text[:start].split("\n")[:-1]):
        if CELL_END not in line:
            break
        rows.append(line)
    return rows[-1] if rows and CELL_END in text[start:].split("\n", 1)[0] else ""


def _place(path: Sequence[str], heading: str) -> str:
    return " – ".join([*path, heading])


class PassageParser(NodeParser):
    """Cuts article documents (see `reading.reader`) into passage nodes.

    The heading and the path go with every passage, so that each can be found by them; the
    identifiers follow from the document, the article and the place, so that indexing the same
    file twice changes nothing.
    """

    max_characters: int = MAX_CHARACTERS

    def _parse_nodes(
        self,
        nodes: Sequence[BaseNode],
        show_progress: bool = False,  # noqa: ARG002 - part of what LlamaIndex calls
        **_: Any,
    ) -> list[BaseNode]:
        return [
            _node(node, start, end)
            for node in nodes
            for start, end in cut_text(node.get_content(), max_characters=self.max_characters)
        ]


def _node(article: BaseNode, start: int, end: int) -> TextNode:
    document_id, number = article.metadata["document_id"], article.metadata["article"]
    place = _place(article.metadata["path"], article.metadata["heading"])
    if header := table_header(article.get_content(), start):
        place += f"\n{header}"
    metadata = {**article.metadata, "place": place, "start": start, "end": end}
    return TextNode(
        id_=_passage_id(document_id, number, start),
        text=article.get_content()[start:end],
        metadata=metadata,
        excluded_embed_metadata_keys=[key for key in metadata if key != "place"],
        excluded_llm_metadata_keys=list(metadata),
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document_id)},
    )


def key_nodes(
    articles: Iterable[Article], keys: Keys, *, document_id: str, instrument: str
) -> list[TextNode]:
    """Give a node for the questions of each article in each language, all as one text.

    Together they tell articles apart better than one by one (decision 0008 has the figures). The
    first line names the language, for `lexical.encode_keys`.
    """
    nodes = []
    for article in articles:
        place = {
            "document_id": document_id,
            "instrument": instrument,
            "article": article.number,
        }
        by_language = dict(keys.get(article.number, {}))
        if "fr" in by_language:  # whose writers avoided the words of the heading: asked for too
            by_language["fr"] = (article.heading, *by_language["fr"])
        nodes += [_key_node(place, language, asked) for language, asked in by_language.items()]
    return nodes


def key_node_ids(document_id: str, article: str) -> list[str]:
    """Give the identifiers of the nodes that an article's questions can have."""
    return [_key_id(document_id, article, language) for language in LANGUAGES]


def _key_id(document_id: str, article: str, language: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{document_id}/{article}/questions/{language}"))


def _key_node(place: Mapping[str, str], language: str, questions: Sequence[str]) -> TextNode:
    nowhere = {"heading": "", "path": [], "start": 0, "end": 0}
    return TextNode(
        id_=_key_id(place["document_id"], place["article"], language),
        text="\n".join([language, *questions]),
        metadata={**place, **nowhere},
        metadata_template="",
        text_template="{content}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=place["document_id"])},
    )


def _passage_id(document_id: str, number: str, start: int) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{document_id}/{number}/{start}"))


def passage_of(node: BaseNode) -> Passage:
    """Give our own record of a passage node."""
    return Passage(
        id=node.node_id,
        document_id=node.metadata["document_id"],
        instrument=node.metadata["instrument"],
        article=node.metadata["article"],
        heading=node.metadata["heading"],
        path=tuple(node.metadata["path"]),
        text=node.get_content(),
        start=node.metadata["start"],
        end=node.metadata["end"],
    )


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
            id=_passage_id(document_id, article.number, start),
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
