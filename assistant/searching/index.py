"""The passage index: the one class that owns Qdrant, embedded or on a server."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from llama_index.core.base.embeddings.base import BaseEmbedding
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
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.edge_store import EdgeVectorStore
from assistant.searching.lexical import PASSAGES, Encoding
from assistant.searching.passages import passage_of

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_BATCH = 256  # passages: what an encoder and a server are given at once


class PassageStore(Protocol):
    """What the index needs of a LlamaIndex vector store, and a little more."""

    def add(self, nodes: Sequence[BaseNode]) -> list[str]:
        """Keep nodes."""

    def delete(self, ref_doc_id: str) -> None:
        """Delete the nodes of a document."""

    def delete_nodes(self, node_ids: list[str]) -> None:
        """Delete some nodes; those that are not there are nothing to it."""

    def flush(self) -> None:
        """Write everything to the disk."""

    def count(self, document_id: str | None = None) -> int:
        """Count the nodes, of one document or of all."""

    def counts(self) -> dict[str, int]:
        """Count the nodes of each document."""

    def query(self, query: VectorStoreQuery) -> VectorStoreQueryResult:
        """Find nodes; nothing where there is no collection yet."""

    def drop_others(self, prefix: str) -> None:
        """Delete other collections."""

    def close(self) -> None:
        """Release what is held."""


class PassageIndex:
    """Keeps passages and finds them again; safe for several people at once.

    Several indexes can share one folder or one client: each has a collection of its own.
    """

    def __init__(
        self,
        engine: "EdgeFolder | QdrantClient",
        *,
        collection: str,
        encoder: BaseEmbedding | None = None,
        embedded: bool = True,
        encoding: Encoding = PASSAGES,
    ) -> None:
        """Use `collection` of `engine`; with an `encoder`, passages have vectors too."""
        self.is_embedded = embedded
        self._encoder = encoder
        self._collection = collection
        self._store = _open_store(engine, collection, encoding, on_server=not embedded)

    def add(self, nodes: Sequence[BaseNode]) -> None:
        """Store passage nodes for good; one that is already there is replaced by itself."""
        for start in range(0, len(nodes), _BATCH):
            batch = list(nodes[start : start + _BATCH])
            self._store.add(self._encoder(batch) if self._encoder else batch)
        self._store.flush()

    def delete(self, document_id: str) -> None:
        """Delete every passage of a document; nothing happens when there is none."""
        self._store.delete(document_id)

    def remove(self, ids: Iterable[str]) -> None:
        """Delete some nodes for good; nothing happens to those that are not there."""
        self._store.delete_nodes(list(ids))
        self._store.flush()

    def count(self, document_id: str | None = None) -> int:
        """Count the passages kept, of one document or of all."""
        return self._store.count(document_id)

    def counts(self) -> dict[str, int]:
        """Count the passages of each document that has any."""
        return self._store.counts()

    def search(
        self, question: str, *, limit: int, document_ids: Sequence[str]
    ) -> list[RankedPassage]:
        """Give at most `limit` passages of these documents by their words, best first.

        Raises:
            DamagedIndex: the embedded index cannot be read.
        """
        return self._ranked(
            VectorStoreQuery(
                query_str=question,
                similarity_top_k=limit,
                sparse_top_k=limit,
                filters=_only(document_ids),
                mode=VectorStoreQueryMode.SPARSE,
            ),
            document_ids,
        )

    def nearest(
        self, question: str, *, limit: int, document_ids: Sequence[str]
    ) -> list[RankedPassage]:
        """Give at most `limit` passages by their vectors, best first; none without an encoder.

        Raises:
            DamagedIndex: the embedded index cannot be read.
        """
        if self._encoder is None:
            return []
        return self._ranked(
            VectorStoreQuery(
                query_embedding=self._encoder.get_query_embedding(question),
                similarity_top_k=limit,
                filters=_only(document_ids),
            ),
            document_ids,
        )

    def _ranked(self, query: VectorStoreQuery, document_ids: Sequence[str]) -> list[RankedPassage]:
        if not document_ids:
            return []
        result = self._store.query(query)
        found = zip(result.nodes or [], result.similarities or [], strict=True)
        ranked = [RankedPassage(passage_of(node), float(score)) for node, score in found]
        return sorted(ranked, key=lambda r: _order(r.score, r.passage.id))

    def drop_other_collections(self) -> None:
        """Delete the collections of this kind that other settings left in an index of our own.

        The kind is what stands before the hyphen. On a server they may be another installation's.
        """
        if self.is_embedded:
            self._store.drop_others(self._collection.split("-")[0] + "-")

    def close(self) -> None:
        """Release the collection, and with the last one the folder; or the connection."""
        self._store.close()


class Indexes(NamedTuple):
    """What is searched: passages, and beside them the questions that lead to articles."""

    passages: PassageIndex
    keys: PassageIndex

    def close(self) -> None:
        """Release both."""
        for index in self:
            index.close()


def open_embedded(folder: Path) -> EdgeFolder:
    """Open the embedded index of a folder.

    Raises:
        IndexInUse: another process has it open.
    """
    return EdgeFolder(folder)


def open_server(url: str, api_key: str) -> "QdrantClient":
    """Connect to a Qdrant server or cluster."""
    from qdrant_client import QdrantClient  # half a second that the embedded index does not need

    # The check warns in English from a thread of its own; who connects asks for the collections.
    return QdrantClient(url=url, api_key=api_key or None, check_compatibility=False)


def _order(score: float, identifier: str) -> tuple[float, str]:
    """Order by score, and equal scores by identifier: engines differ in the seventh digit."""
    return -float(f"{score:.6g}"), identifier


def _open_store(
    engine: "EdgeFolder | QdrantClient", collection: str, encoding: Encoding, *, on_server: bool
) -> PassageStore:
    if isinstance(engine, EdgeFolder):
        return EdgeVectorStore(engine, collection_name=collection, encoding=encoding)
    from assistant.searching.qdrant_store import QdrantStore

    return QdrantStore(engine, collection_name=collection, encoding=encoding, on_server=on_server)


def _only(document_ids: Sequence[str]) -> MetadataFilters:
    return MetadataFilters(
        filters=[
            MetadataFilter(key="document_id", value=list(document_ids), operator=FilterOperator.IN)
        ]
    )
