"""Files that were sent stay here until they are read, whatever ends the process.

A row of the database says how each stands; its bytes lie in a folder under their SHA-256. The bytes
are written first and deleted last, so that no row stands without them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import portalocker
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.searching.catalogue import Ingestion
from assistant.storage.database import Database
from assistant.storage.ingestion_tables import BEGUN, WAITING, IngestionRow

ENDED_KEPT = 1000
"""Files whose end is remembered: more than a person adds before looking at what came of them."""

_LARGEST = 2**31 - 1  # of an identifier, in any database


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent, as it is kept."""

    id: int
    file_name: str
    sha256: str
    state: str  # "waiting", "begun", or how it ended
    attempts: int  # that began and did not end, of those the process did not end in an orderly way
    document_id: str | None
    error: str | None  # a French sentence

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in (WAITING, BEGUN)


class SentFiles:
    """The files that were sent to one data folder; safe for several people at once."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Keep bytes in `folder`, which is made when the first comes."""
        self._database = database
        self._folder = folder
        self._lock_file: TextIO | None = None

    def add(self, file_name: str, sha256: str, data: bytes) -> SentFile:
        """Keep a file: once this returns, it is read sooner or later."""
        self._keep(sha256, data)
        with self._database.session() as session:
            row = IngestionRow(file_name=file_name, sha256=sha256, state=WAITING, attempts=0)
            session.add(row)
            session.flush()
            return _sent(row)

    def data(self, sha256: str) -> bytes | None:
        """Give the bytes of a file that has not ended; None when somebody deleted them."""
        path = self._path(sha256)
        return path.read_bytes() if path.exists() else None

    def begin(self, job_id: int) -> None:
        """Say that a file is being read: if nothing else is said, the process ended meanwhile."""
        with self._database.session() as session:
            row = session.get_one(IngestionRow, job_id)
            row.state, row.attempts = BEGUN, row.attempts + 1

    def give_back(self, job_id: int) -> None:
        """Say that the reading of a file was stopped in an orderly way: it is no fault of its."""
        with self._database.session() as session:
            row = session.get_one(IngestionRow, job_id)
            row.state, row.attempts = WAITING, row.attempts - 1

    def end(self, job_id: int, ingestion: Ingestion) -> None:
        """Say what came of a file, and delete its bytes unless it was sent once more."""
        with self._database.session() as session:
            row = session.get_one(IngestionRow, job_id)
            row.state, row.error = ingestion.status, ingestion.error
            row.document_id = ingestion.document.id if ingestion.document else None
            session.flush()
            again = select(func.count()).where(
                IngestionRow.sha256 == row.sha256, IngestionRow.state.in_((WAITING, BEGUN))
            )
            if not session.scalar(again):
                self._path(row.sha256).unlink(missing_ok=True)
            _forget_old(session)

    def find(self, job_id: int) -> SentFile | None:
        """Give a file, or None: it was never sent, or ended long ago."""
        if not 0 < job_id <= _LARGEST:
            return None
        with self._database.reading() as session:
            row = session.get(IngestionRow, job_id)
            return _sent(row) if row else None

    def take_unfinished(self) -> list[SentFile]:
        """Give the files that have not ended, in their order, to the one process that resumes them.

        Of several on one data folder, which a Qdrant server allows, the others are given none. What
        lies in the folder and belongs to no file that has not ended is deleted.
        """
        if not self._folder.is_dir() or not self._lock():
            return []
        with self._database.reading() as session:
            query = (
                select(IngestionRow)
                .where(IngestionRow.state.in_((WAITING, BEGUN)))
                .order_by(IngestionRow.id)
            )
            unfinished = [_sent(row) for row in session.scalars(query)]
        wanted = {self._path(sent.sha256) for sent in unfinished}
        for path in self._kept():
            if path not in wanted:
                path.unlink(missing_ok=True)
        return unfinished

    def close(self) -> None:
        """Let another process resume what is left."""
        if self._lock_file:
            self._lock_file.close()
            self._lock_file = None

    def _lock(self) -> bool:
        lock_file = (self._folder / ".lock").open("a", encoding="utf-8")
        flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        try:
            portalocker.lock(lock_file, flags)
        except portalocker.LockException:
            lock_file.close()
            return False
        self._lock_file = lock_file
        return True

    def _keep(self, sha256: str, data: bytes) -> None:
        """Write the bytes whole or not at all, and down to the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._path(sha256).with_suffix(".partial")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path(sha256))

    def _kept(self) -> Iterator[Path]:
        for pattern in ("*.pdf", "*.partial"):
            yield from self._folder.glob(pattern)

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.pdf"


def some_are_left(folder: Path) -> bool:
    """Whether an earlier process may have left files unread; no database is opened."""
    return any(folder.glob("*.pdf"))


def _forget_old(session: Session) -> None:
    ended = IngestionRow.state.not_in((WAITING, BEGUN))
    query = select(IngestionRow.id).where(ended).order_by(IngestionRow.id.desc())
    last = session.scalar(query.offset(ENDED_KEPT).limit(1))
    if last is not None:
        session.execute(delete(IngestionRow).where(ended, IngestionRow.id <= last))


def _sent(row: IngestionRow) -> SentFile:
    return SentFile(
        row.id, row.file_name, row.sha256, row.state, row.attempts, row.document_id, row.error
    )
