"""A LlamaIndex vector store over Qdrant Edge, the Rust engine in this process.

It keeps nodes as `QdrantVectorStore` does (same payload, same vector names), and answers the same
queries with the same results. IDF is counted over the passages that the filter lets search, so
that what else is indexed does not change how a document is ranked.
"""

from collections.abc import Sequence
from typing import Any, cast

from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import BaseNode, MetadataMode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)
from llama_index.core.vector_stores.utils import metadata_dict_to_node, node_to_metadata_dict
from qdrant_edge import (
    Distance,
    EdgeConfig,
    EdgeOptimizersConfig,
    EdgeShard,
    EdgeSparseVectorParams,
    EdgeVectorParams,
    FieldCondition,
    Filter,
    HasIdCondition,
    IdfParams,
    MatchAny,
    MatchExcept,
    MatchValue,
    Modifier,
    Point,
    Query,
    QueryRequest,
    ScoredPoint,
    SearchParams,
    SparseVector,
    UpdateOperation,
)

from assistant.errors import DamagedIndex
from assistant.searching.edge_collection import EdgeCollection
from assistant.searching.edge_folder import DOCUMENT_KEY
from assistant.searching.lexical import PASSAGES, Encoding

# The names that LlamaIndex's Qdrant store gives them.
_DENSE, _SPARSE = "text-dense", "text-sparse-new"


class EdgeVectorStore(BasePydanticVectorStore):
    """Keeps nodes in one collection of a folder; safe for several threads at once.

    The engine itself is: a search sees an `add` whole or not at all, and waits for none.
    """

    stores_text: bool = True
    flat_metadata: bool = False
    collection_name: str

    _collection: EdgeCollection = PrivateAttr()
    _encoding: Encoding = PrivateAttr()

    def __init__(self, collection: EdgeCollection, *, encoding: Encoding = PASSAGES) -> None:
        """Use a collection; it is made when the first node is added."""
        # pydantic's fields, which mypy looks for in the class above
        super().__init__(collection_name=collection.name)  # type: ignore[call-arg]
        self._collection = collection
        self._encoding = encoding

    @classmethod
    def class_name(cls) -> str:
        """Give the name under which LlamaIndex would serialise it."""
        return "EdgeVectorStore"

    @property
    def client(self) -> EdgeShard | None:
        """The shard, or None as long as nothing was added."""
        return self._collection.shard

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Keep nodes, all at once; one that is already there is replaced.

        Either all of a collection's nodes have an embedding or none has. They survive the process
        from now on, and a power failure after `flush`.
        """
        if not nodes:
            return []
        texts = [node.get_content(metadata_mode=MetadataMode.EMBED) for node in nodes]
        encoded = zip(*self._encoding.documents(texts), strict=True)
        points = [_point(node, *sparse) for node, sparse in zip(nodes, encoded, strict=True)]
        shard = self._collection.create(_config(nodes[0].embedding))
        shard.update(UpdateOperation.upsert_points(points))
        return [node.node_id for node in nodes]

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Delete the nodes of a document; nothing happens when there is none."""
        self._collection.delete(ref_doc_id)

    def delete_nodes(
        self,
        node_ids: list[str] | None = None,
        filters: MetadataFilters | None = None,
        **_: Any,
    ) -> None:
        """Delete some nodes by their identifiers.

        Raises:
            NotImplementedError: they are to be found by a filter.
        """
        if filters is not None:
            raise NotImplementedError(filters)
        self._collection.delete_nodes(node_ids or [])

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """Answer a sparse or a dense (default) query.

        Raises:
            DamagedIndex: what is kept cannot be read.
            NotImplementedError: another mode or filter.
        """
        shard = self.client
        if shard is None:
            return VectorStoreQueryResult(nodes=[], similarities=[], ids=[])
        only = _filter_of(query)
        if query.mode == VectorStoreQueryMode.SPARSE:
            return self._run(shard, _sparse_request(query, only, self._encoding))
        if query.mode == VectorStoreQueryMode.DEFAULT:
            return self._run(shard, _dense_request(query, only))
        raise NotImplementedError(query.mode)

    def _run(self, shard: EdgeShard, request: QueryRequest) -> VectorStoreQueryResult:
        try:
            return _result(shard.query(request))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the engine is no Exception
            raise DamagedIndex(str(self._collection.path)) from error


def _config(embedding: Sequence[float] | None) -> EdgeConfig:
    """Configure a shard; without embeddings it has words alone.

    No graph is built over dense vectors (`indexing_threshold=0`): they are compared one by one, as
    the embedded client does, and what is found is exact.
    """
    dense = {_DENSE: EdgeVectorParams(len(embedding), Distance.Cosine)} if embedding else None
    return EdgeConfig(
        vectors=dense,
        sparse_vectors={_SPARSE: EdgeSparseVectorParams(modifier=Modifier.Idf)},
        optimizers=EdgeOptimizersConfig(indexing_threshold=0),
    )


def _point(node: BaseNode, indices: list[int], values: list[float]) -> Point:
    vectors: dict[str, Any] = {_SPARSE: SparseVector(indices, values)}
    if node.embedding is not None:
        vectors[_DENSE] = node.embedding
    return Point(node.node_id, vectors, node_to_metadata_dict(node, remove_text=False))


def _sparse_request(
    query: VectorStoreQuery, only: Filter | None, encoding: Encoding
) -> QueryRequest:
    [indices], [values] = encoding.questions([query.query_str or ""])
    return QueryRequest(
        limit=query.sparse_top_k or query.similarity_top_k,
        query=Query.Nearest(SparseVector(indices, values), using=_SPARSE),
        filter=only,
        params=SearchParams(idf=IdfParams(corpus=only)) if only else None,
        with_payload=True,
    )


def _dense_request(query: VectorStoreQuery, only: Filter | None) -> QueryRequest:
    return QueryRequest(
        limit=query.similarity_top_k,
        query=Query.Nearest(query.query_embedding or [], using=_DENSE),
        filter=only,
        params=SearchParams(exact=True),
        with_payload=True,
    )


def _result(points: Sequence[ScoredPoint]) -> VectorStoreQueryResult:
    return VectorStoreQueryResult(
        nodes=[metadata_dict_to_node(point.payload or {}) for point in points],
        similarities=[point.score for point in points],
        ids=[str(point.id) for point in points],
    )


def _filter_of(query: VectorStoreQuery) -> Filter | None:
    """Gather everything that restricts a query; None when nothing does."""
    must: list[Any] = []
    if query.doc_ids:
        must.append(FieldCondition(DOCUMENT_KEY, MatchAny(query.doc_ids)))
    if query.node_ids:
        must.append(HasIdCondition(set(query.node_ids)))
    if query.filters and query.filters.filters:
        must.append(_metadata_filter(query.filters))
    return Filter(must=must) if must else None


def _metadata_filter(filters: MetadataFilters) -> Filter:
    conditions: list[Any] = [
        _metadata_filter(one) if isinstance(one, MetadataFilters) else _condition(one)
        for one in filters.filters
    ]
    if filters.condition == FilterCondition.OR:
        return Filter(should=conditions)
    if filters.condition == FilterCondition.NOT:
        return Filter(must_not=conditions)
    return Filter(must=conditions)


def _condition(one: MetadataFilter) -> FieldCondition:
    value = cast(Any, one.value)
    matches = {
        FilterOperator.EQ: MatchValue,
        FilterOperator.IN: MatchAny,
        FilterOperator.NIN: MatchExcept,
    }
    if one.operator not in matches:
        raise NotImplementedError(one.operator)
    return FieldCondition(one.key, matches[one.operator](value))
