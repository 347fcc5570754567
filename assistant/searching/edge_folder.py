"""The folder of the embedded index: one lock for it, one Qdrant Edge shard for each collection."""

import logging
import shutil
import threading
from pathlib import Path

import portalocker
from qdrant_edge import EdgeConfig, EdgeShard, PayloadSchemaType, UpdateOperation

from assistant.errors import IndexInUse

DOCUMENT_KEY = "document_id"
"""The payload field by which passages are filtered and counted."""

MOST_DOCUMENTS = 1_000_000
"""Counted one by one: more than any index has."""

_log = logging.getLogger("assistant")


class EdgeFolder:
    """Owns a folder until it is closed or the process ends, however that happens."""

    def __init__(self, path: Path) -> None:
        """Take the folder; what `QdrantClient(path=…)` kept there before is dropped.

        The library sees that nothing is left of its documents, and indexes them anew.

        Raises:
            IndexInUse: another process has it open.
        """
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._shards: dict[str, EdgeShard] = {}
        self._opening = threading.RLock()
        # The very file that `QdrantClient(path=…)` locks: neither opens what the other has open.
        self._lock_file = (path / ".lock").open("a", encoding="utf-8")
        try:
            portalocker.lock(
                self._lock_file,
                portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING,
            )
        except portalocker.LockException as error:
            self._lock_file.close()
            raise IndexInUse(str(path)) from error
        self._drop_client_files()

    def shard(self, name: str) -> EdgeShard | None:
        """Give the shard of a collection, or None when there is none."""
        with self._opening:
            if self._lock_file.closed:
                raise RuntimeError("the folder of the index is closed")
            if name not in self._shards and (self.path / name).exists():
                shard = self._load(name)
                if shard:
                    self._shards[name] = shard
            return self._shards.get(name)

    def create(self, name: str, config: EdgeConfig) -> EdgeShard:
        """Give the shard of a collection, made as `config` says when there is none."""
        with self._opening:
            shard = self.shard(name)
            if shard is None:
                shard = EdgeShard.create(str(self.path / name), config)
                _index_documents(shard)
                self._shards[name] = shard
            return shard

    def names(self) -> list[str]:
        """List the collections."""
        return sorted(entry.name for entry in self.path.iterdir() if entry.is_dir())

    def drop(self, name: str) -> None:
        """Delete a collection with all it holds."""
        with self._opening:
            self._close_shard(name)
            shutil.rmtree(self.path / name, ignore_errors=True)

    def release(self, name: str) -> None:
        """Close a collection; the folder is given back with the last one."""
        with self._opening:
            self._close_shard(name)
            if not self._shards:
                self.close()

    def close(self) -> None:
        """Close every collection and give the folder back; a second time does nothing."""
        with self._opening:
            for name in list(self._shards):
                self._close_shard(name)
            self._lock_file.close()  # which releases it

    def _close_shard(self, name: str) -> None:
        shard = self._shards.pop(name, None)
        if shard:
            shard.close()

    def _load(self, name: str) -> EdgeShard | None:
        """Open a shard; one that cannot be is dropped, to be filled again from the database."""
        try:
            shard = EdgeShard.load(str(self.path / name))
            _index_documents(shard)
            shard.optimize()  # only takes time where a fifth of the passages were deleted
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - a panic of the engine is no Exception
            _log.warning(
                "L’index « %s » est endommagé ou d’un autre format (%s) : "
                "il est effacé, puis reconstruit à partir de la base de données.",
                self.path / name,
                error,
            )
            shutil.rmtree(self.path / name)
            return None
        return shard

    def _drop_client_files(self) -> None:
        meta = self.path / "meta.json"
        if meta.exists():
            shutil.rmtree(self.path / "collection", ignore_errors=True)
            meta.unlink()


def _index_documents(shard: EdgeShard) -> None:
    """Index the field that filters; a process killed between the two steps left a shard without."""
    if DOCUMENT_KEY not in shard.info().payload_schema:
        shard.update(UpdateOperation.create_field_index(DOCUMENT_KEY, PayloadSchemaType.Keyword))
