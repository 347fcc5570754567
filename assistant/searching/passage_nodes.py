"""Passages → LlamaIndex nodes, and nodes → passages: the one place that converts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode

from assistant.records import Article, Passage
from assistant.searching.index_version import MAX_CHARACTERS
from assistant.searching.key_store import Keys
from assistant.searching.passages import (
    cut_text,
    key_node_id,
    passage_id,
    place_of,
    table_header,
)


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
    place = place_of(article.metadata["path"], article.metadata["heading"])
    if header := table_header(article.get_content(), start):
        place += f"\n{header}"
    metadata = {**article.metadata, "place": place, "start": start, "end": end}
    return TextNode(
        id_=passage_id(document_id, number, start),
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


def _key_node(place: Mapping[str, str], language: str, questions: Sequence[str]) -> TextNode:
    nowhere = {"heading": "", "path": [], "start": 0, "end": 0}
    return TextNode(
        id_=key_node_id(place["document_id"], place["article"], language),
        text="\n".join([language, *questions]),
        metadata={**place, **nowhere},
        metadata_template="",
        text_template="{content}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=place["document_id"])},
    )


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
