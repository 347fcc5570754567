"""One collection of the embedded index, as the engine alone knows it: counted, deleted, closed.

LlamaIndex, which `edge_store` needs, takes a second to import; what is counted and deleted when the
assistant opens need not wait for it.
"""

from pathlib import Path

from qdrant_edge import (
    CountRequest,
    EdgeConfig,
    EdgeShard,
    FacetRequest,
    FieldCondition,
    Filter,
    MatchValue,
    UpdateOperation,
)

from assistant.searching.edge_folder import DOCUMENT_KEY, MOST_DOCUMENTS, EdgeFolder


class EdgeCollection:
    """Counts and deletes the nodes of a collection; safe for several threads at once."""

    def __init__(self, folder: EdgeFolder, name: str) -> None:
        """Open the collection; it is made when the first node is added (see `edge_store`)."""
        self.name = name
        self._folder = folder
        folder.shard(name)

    @property
    def shard(self) -> EdgeShard | None:
        """The shard, or None as long as nothing was added."""
        return self._folder.shard(self.name)

    @property
    def path(self) -> Path:
        """Where it lies on the disk."""
        return self._folder.path / self.name

    def create(self, config: EdgeConfig) -> EdgeShard:
        """Give the shard, made as `config` says when there is none."""
        return self._folder.create(self.name, config)

    def delete(self, document_id: str) -> None:
        """Delete the nodes of a document; nothing happens when there is none."""
        if shard := self.shard:
            shard.update(UpdateOperation.delete_points_by_filter(_of_document(document_id)))

    def delete_nodes(self, node_ids: list[str]) -> None:
        """Delete some nodes; those that are not there are nothing to it."""
        if node_ids and (shard := self.shard):
            shard.update(UpdateOperation.delete_points([*node_ids]))

    def flush(self) -> None:
        """Write everything to the disk."""
        if shard := self.shard:
            shard.flush()

    def count(self, document_id: str | None = None) -> int:
        """Count the nodes kept, of one document or of all."""
        shard = self.shard
        only = _of_document(document_id) if document_id else None
        return shard.count(CountRequest(filter=only)) if shard else 0

    def counts(self) -> dict[str, int]:
        """Count the nodes of each document that has any."""
        shard = self.shard
        if shard is None:
            return {}
        found = shard.facet(FacetRequest(DOCUMENT_KEY, limit=MOST_DOCUMENTS, exact=True))
        return {str(hit.value): hit.count for hit in found.hits if hit.count}

    def drop_others(self, prefix: str) -> None:
        """Delete the other collections of the folder whose name starts so."""
        for name in self._folder.names():
            if name.startswith(prefix) and name != self.name:
                self._folder.drop(name)

    def close(self) -> None:
        """Close the collection; the folder is given back with the last one."""
        self._folder.release(self.name)


def _of_document(document_id: str) -> Filter:
    return Filter(must=[FieldCondition(DOCUMENT_KEY, MatchValue(document_id))])
