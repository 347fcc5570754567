"""The passage index: the one class that owns Qdrant, through LlamaIndex's store."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

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
from llama_index.vector_stores.qdrant import QdrantVectorStore
from llama_index.vector_stores.qdrant.utils import HybridFusionCallable
from qdrant_client import QdrantClient, models

from assistant.errors import IndexInUse
from assistant.records import RankedPassage
from assistant.searching.lexical import encode_passages, encode_questions
from assistant.searching.passages import passage_of

_BATCH = 64  # passages
# Reciprocal rank fusion, Cormack et al. 2009: k = 60 with ranks from 1.
_RRF_K = 60


class PassageIndex:
    """Keeps passages and finds them again; safe for several people at once."""

    def __init__(
        self,
        client: QdrantClient,
        *,
        collection: str,
        encoder: BaseEmbedding | None = None,
        embedded: bool = True,
    ) -> None:
        """Use `collection` of `client`; with an `encoder`, search is hybrid."""
        self._client = client
        self.is_embedded = embedded
        self._encoder = encoder
        self._collection = collection
        self._lock = threading.RLock()  # the embedded client is not safe for threads
        self._store = QdrantVectorStore(
            collection_name=collection,
            client=client,
            enable_hybrid=True,
            sparse_doc_fn=encode_passages,
            sparse_query_fn=encode_questions,
            sparse_config=models.SparseVectorParams(modifier=models.Modifier.IDF),
            hybrid_fusion_fn=_FUSION,
            index_doc_id=not embedded,  # without effect, and a warning, in the embedded client
        )

    def add(self, nodes: Sequence[BaseNode]) -> None:
        """Store passage nodes; one that is already there is replaced by itself."""
        for start in range(0, len(nodes), _BATCH):
            batch = list(nodes[start : start + _BATCH])
            if self._encoder:
                batch = list(self._encoder(batch))
            else:
                for node in batch:
                    node.embedding = [1.0]  # the store requires a dense vector; nothing reads it
            with self._lock:
                self._store.add(batch)

    def delete(self, document_id: str) -> None:
        """Delete every passage of a document; nothing happens when there is none."""
        with self._lock:
            if self._client.collection_exists(self._collection):
                self._store.delete(document_id)

    def count(self, document_id: str | None = None) -> int:
        """Count the passages kept, of one document or of all."""
        match = models.MatchValue(value=document_id) if document_id else None
        only = match and models.Filter(must=[models.FieldCondition(key="doc_id", match=match)])
        with self._lock:
            if not self._client.collection_exists(self._collection):
                return 0
            return self._client.count(self._collection, count_filter=only or None).count

    def search(
        self, question: str, *, limit: int, document_ids: Sequence[str]
    ) -> list[RankedPassage]:
        """Give at most `limit` passages of these documents, best first."""
        query = VectorStoreQuery(
            query_str=question,
            similarity_top_k=limit,
            sparse_top_k=limit,
            hybrid_top_k=limit,
            filters=_only(document_ids),
            mode=VectorStoreQueryMode.SPARSE,
        )
        if self._encoder:
            query.mode = VectorStoreQueryMode.HYBRID
            query.query_embedding = self._encoder.get_query_embedding(question)
        return self._run(query) if document_ids else []

    def _run(self, query: VectorStoreQuery) -> list[RankedPassage]:
        with self._lock:
            if not self._client.collection_exists(self._collection):
                return []
            result = self._store.query(query)
        scores = result.similarities or []
        ranked = zip(result.nodes or [], scores, strict=True)
        return [RankedPassage(passage_of(node), float(score)) for node, score in ranked]

    def drop_other_collections(self) -> None:
        """Delete the collections that other settings left behind, in an index of our own.

        On a server they may be another installation's.
        """
        if not self.is_embedded:
            return
        family = self._collection.partition("-")[0] + "-"
        with self._lock:
            for other in self._client.get_collections().collections:
                if other.name.startswith(family) and other.name != self._collection:
                    self._client.delete_collection(other.name)

    def close(self) -> None:
        """Release the folder or the connection."""
        with self._lock:
            self._client.close()


class Indexes(NamedTuple):
    """What is searched: passages, and beside them the questions that lead to articles."""

    passages: PassageIndex
    keys: PassageIndex


def open_embedded(folder: Path) -> QdrantClient:
    """Open the embedded index of a folder.

    Raises:
        IndexInUse: another process has it open.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return QdrantClient(path=str(folder), force_disable_check_same_thread=True)
    except RuntimeError as error:
        if "already accessed" in str(error):
            raise IndexInUse(str(folder)) from error
        raise


def open_server(url: str, api_key: str) -> QdrantClient:
    """Connect to a Qdrant server or cluster."""
    return QdrantClient(url=url, api_key=api_key or None)


def fuse_by_rank(
    dense: VectorStoreQueryResult,
    sparse: VectorStoreQueryResult,
    *,
    top_k: int,
    alpha: float = 0.5,  # noqa: ARG001 - part of what LlamaIndex passes
) -> VectorStoreQueryResult:
    """Fuse two rankings by reciprocal rank: the sum of 1 / (60 + rank), ranks from 1."""
    scores: dict[str, float] = {}
    nodes: dict[str, Any] = {}
    for ranking in (dense, sparse):
        for rank, node in enumerate(ranking.nodes or [], start=1):
            nodes[node.node_id] = node
            scores[node.node_id] = scores.get(node.node_id, 0.0) + 1 / (_RRF_K + rank)
    best = sorted(scores, key=lambda node_id: -scores[node_id])[:top_k]
    return VectorStoreQueryResult(
        nodes=[nodes[i] for i in best], similarities=[scores[i] for i in best], ids=best
    )


_FUSION = cast(HybridFusionCallable, fuse_by_rank)


def _only(document_ids: Sequence[str]) -> MetadataFilters:
    return MetadataFilters(
        filters=[
            MetadataFilter(key="document_id", value=list(document_ids), operator=FilterOperator.IN)
        ]
    )
