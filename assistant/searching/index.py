"""The passage index: the one class that owns Qdrant, embedded or on a server."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.records import RankedPassage
from assistant.searching.edge_collection import EdgeCollection
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.lexical import PASSAGES, Encoding

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import BaseNode
    from qdrant_client import QdrantClient

    from assistant.searching.node_store import NodeStore
    from assistant.searching.qdrant_store import QdrantStore


class PassageIndex:
    """Keeps passages and finds them again; safe for several people at once.

    Several indexes can share one folder or one client: each has a collection of its own. LlamaIndex
    (`node_store`) is imported by the first who adds or searches: it takes a second of processor,
    which the first screen does not wait for.
    """

    def __init__(
        self,
        engine: "EdgeFolder | QdrantClient",
        *,
        collection: str,
        encoder: "BaseEmbedding | None" = None,
        embedded: bool = True,
        encoding: Encoding = PASSAGES,
    ) -> None:
        """Use `collection` of `engine`; with an `encoder`, passages have vectors too."""
        self.is_embedded = embedded
        self._encoder = encoder
        self._encoding = encoding
        self._name = collection
        self._collection = _open_collection(engine, collection, encoding, on_server=not embedded)

    def add(self, nodes: "Sequence[BaseNode]") -> None:
        """Store passage nodes for good; one that is already there is replaced by itself."""
        from assistant.searching.node_store import add_nodes

        add_nodes(self._nodes, nodes, self._encoder)
        self._collection.flush()

    def delete(self, document_id: str) -> None:
        """Delete every passage of a document; nothing happens when there is none."""
        self._collection.delete(document_id)

    def remove(self, ids: Iterable[str]) -> None:
        """Delete some nodes for good; nothing happens to those that are not there."""
        self._collection.delete_nodes(list(ids))
        self._collection.flush()

    def count(self, document_id: str | None = None) -> int:
        """Count the passages kept, of one document or of all."""
        return self._collection.count(document_id)

    def counts(self) -> dict[str, int]:
        """Count the passages of each document that has any."""
        return self._collection.counts()

    def search(
        self, question: str, *, limit: int, document_ids: Sequence[str]
    ) -> list[RankedPassage]:
        """Give at most `limit` passages of these documents by their words, best first.

        Raises:
            DamagedIndex: the embedded index cannot be read.
        """
        from assistant.searching.node_store import ranked_passages, words_query

        if not document_ids:
            return []
        query = words_query(question, limit=limit, document_ids=document_ids)
        return ranked_passages(self._nodes, query)

    def nearest(
        self, question: str, *, limit: int, document_ids: Sequence[str]
    ) -> list[RankedPassage]:
        """Give at most `limit` passages by their vectors, best first; none without an encoder.

        Raises:
            DamagedIndex: the embedded index cannot be read.
        """
        from assistant.searching.node_store import ranked_passages, vector_query

        if self._encoder is None or not document_ids:
            return []
        embedding = self._encoder.get_query_embedding(question)
        query = vector_query(embedding, limit=limit, document_ids=document_ids)
        return ranked_passages(self._nodes, query)

    def drop_other_collections(self) -> None:
        """Delete the collections of this kind that other settings left in an index of our own.

        The kind is what stands before the hyphen. On a server they may be another installation's.
        """
        if self.is_embedded:
            self._collection.drop_others(self._name.split("-")[0] + "-")

    def close(self) -> None:
        """Release the collection, and with the last one the folder; or the connection."""
        self._collection.close()

    @cached_property
    def _nodes(self) -> "NodeStore":
        if isinstance(self._collection, EdgeCollection):
            from assistant.searching.edge_store import EdgeVectorStore

            return EdgeVectorStore(self._collection, encoding=self._encoding)
        return self._collection


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


def _open_collection(
    engine: "EdgeFolder | QdrantClient", name: str, encoding: Encoding, *, on_server: bool
) -> "EdgeCollection | QdrantStore":
    if isinstance(engine, EdgeFolder):
        return EdgeCollection(engine, name)
    from assistant.searching.qdrant_store import QdrantStore

    return QdrantStore(engine, collection_name=name, encoding=encoding, on_server=on_server)
