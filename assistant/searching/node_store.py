"""The passages of the index through LlamaIndex: its vector stores, its queries, its nodes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)

from assistant.records import RankedPassage
from assistant.searching.passage_nodes import passage_of

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

_BATCH = 256  # passages: what an encoder and a server are given at once


class NodeStore(Protocol):
    """What is needed of a LlamaIndex vector store."""

    def add(self, nodes: Sequence[BaseNode]) -> list[str]:
        """Keep nodes."""

    def query(self, query: VectorStoreQuery) -> VectorStoreQueryResult:
        """Find nodes; nothing where there is no collection yet."""


def add_nodes(store: NodeStore, nodes: Sequence[BaseNode], encoder: "BaseEmbedding | None") -> None:
    """Keep nodes, with their vectors where there is an encoder."""
    for start in range(0, len(nodes), _BATCH):
        batch = list(nodes[start : start + _BATCH])
        store.add(encoder(batch) if encoder else batch)


def words_query(question: str, *, limit: int, document_ids: Sequence[str]) -> VectorStoreQuery:
    """Ask for the passages of these documents that have the words of a question."""
    return VectorStoreQuery(
        query_str=question,
        similarity_top_k=limit,
        sparse_top_k=limit,
        filters=_only(document_ids),
        mode=VectorStoreQueryMode.SPARSE,
    )


def vector_query(
    embedding: list[float], *, limit: int, document_ids: Sequence[str]
) -> VectorStoreQuery:
    """Ask for the passages of these documents that are nearest to a vector."""
    return VectorStoreQuery(
        query_embedding=embedding, similarity_top_k=limit, filters=_only(document_ids)
    )


def ranked_passages(store: NodeStore, query: VectorStoreQuery) -> list[RankedPassage]:
    """Give what a query finds, best first.

    Raises:
        DamagedIndex: the embedded index cannot be read.
    """
    result = store.query(query)
    found = zip(result.nodes or [], result.similarities or [], strict=True)
    ranked = [RankedPassage(passage_of(node), float(score)) for node, score in found]
    return sorted(ranked, key=lambda r: _order(r.score, r.passage.id))


def _order(score: float, identifier: str) -> tuple[float, str]:
    """Order by score, and equal scores by identifier: engines differ in the seventh digit."""
    return -float(f"{score:.6g}"), identifier


def _only(document_ids: Sequence[str]) -> MetadataFilters:
    return MetadataFilters(
        filters=[
            MetadataFilter(key="document_id", value=list(document_ids), operator=FilterOperator.IN)
        ]
    )
