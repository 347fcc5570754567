"""LlamaIndex's Qdrant store, for a server, with IDF counted over the passages searched."""

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)
from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient, models

from assistant.searching.edge_folder import DOCUMENT_KEY, MOST_DOCUMENTS
from assistant.searching.lexical import PASSAGES, Encoding

_KEYWORD: Any = models.PayloadSchemaType.KEYWORD


class QdrantStore:
    """Keeps nodes in a collection of a Qdrant server, or of the client's own memory in tests."""

    def __init__(
        self,
        client: QdrantClient,
        *,
        collection_name: str,
        on_server: bool,
        encoding: Encoding = PASSAGES,
    ) -> None:
        """Open the collection; it is made when the first node is added."""
        self._client = client
        self._name = collection_name
        # What the client keeps itself is not safe for threads; a server is.
        self._guard: AbstractContextManager[Any] = nullcontext() if on_server else threading.RLock()
        indexed = [{"field_name": DOCUMENT_KEY, "field_schema": _KEYWORD}]
        self._store = QdrantVectorStore(
            collection_name=collection_name,
            client=client,
            enable_hybrid=True,
            sparse_doc_fn=encoding.documents,
            sparse_query_fn=encoding.questions,
            sparse_config=models.SparseVectorParams(modifier=models.Modifier.IDF),
            # without effect, and a warning, in the client's own memory
            index_doc_id=on_server,
            payload_indexes=indexed if on_server else None,
        )

    def add(self, nodes: Sequence[BaseNode]) -> list[str]:
        """Keep nodes; one that is already there is replaced."""
        # LlamaIndex's store requires a dense vector; without an encoder nothing reads it.
        embedded = [
            node if node.embedding else node.model_copy(update={"embedding": [1.0]})
            for node in nodes
        ]
        with self._guard:
            return self._store.add(embedded)

    def delete(self, ref_doc_id: str) -> None:
        """Delete the nodes of a document; nothing happens when there is none."""
        with self._guard:
            if self._client.collection_exists(self._name):
                self._store.delete(ref_doc_id)

    def delete_nodes(self, node_ids: list[str]) -> None:
        """Delete some nodes; those that are not there are nothing to it."""
        with self._guard:
            if node_ids and self._client.collection_exists(self._name):
                self._client.delete(self._name, points_selector=list(node_ids))

    def flush(self) -> None:
        """Do nothing: what a server has accepted, it keeps."""

    def count(self, document_id: str | None = None) -> int:
        """Count the nodes kept, of one document or of all."""
        counts = self.counts()
        return counts.get(document_id, 0) if document_id else sum(counts.values())

    def counts(self) -> dict[str, int]:
        """Count the nodes of each document that has any."""
        with self._guard:
            if not self._client.collection_exists(self._name):
                return {}
            found = self._client.facet(self._name, DOCUMENT_KEY, limit=MOST_DOCUMENTS, exact=True)
        return {str(hit.value): hit.count for hit in found.hits}

    def query(self, query: VectorStoreQuery) -> VectorStoreQueryResult:
        """Answer a sparse or a dense (default) query.

        Servers before Qdrant 1.19 count IDF over the whole collection instead.
        """
        options: dict[str, Any] = {}
        corpus = self._store._build_query_filter(query)
        if corpus and query.mode == VectorStoreQueryMode.SPARSE:
            idf = models.IdfCorpusParams(corpus=corpus)
            options["search_params"] = models.SearchParams(idf=idf)
        with self._guard:
            if not self._client.collection_exists(self._name):
                return VectorStoreQueryResult(nodes=[], similarities=[], ids=[])
            return self._store.query(query, **options)

    def drop_others(self, prefix: str) -> None:
        """Delete the other collections whose name starts so."""
        with self._guard:
            for other in self._client.get_collections().collections:
                if other.name.startswith(prefix) and other.name != self._name:
                    self._client.delete_collection(other.name)

    def close(self) -> None:
        """Close the connection."""
        with self._guard:
            self._client.close()
