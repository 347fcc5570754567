"""The library: documents are read, kept, indexed and published here, and leave nothing behind.

A document is searched only once it is *published*, the last step of its ingestion. A process
killed before leaves an unpublished row, which the next start sweeps away with its passages.
"""

import hashlib
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from assistant.errors import AssistantError, UnknownDocument
from assistant.reading.reader import LawReader
from assistant.reading.reading import OnPage, unnoticed
from assistant.records import Document, Instrument, Reading
from assistant.searching import identities
from assistant.searching.catalogue import Catalogue, Ingestion, document_id_of
from assistant.searching.file_names import kept_name
from assistant.searching.index import Indexes
from assistant.searching.indexing import index_questions, index_reading
from assistant.searching.key_store import KeyStore
from assistant.storage.corpus import note_corpus_change
from assistant.storage.database import Database
from assistant.storage.documents import document_row
from assistant.storage.tables import DocumentRow, now


class Library(Catalogue):
    """Every document the assistant answers from; safe for several people at once."""

    def __init__(
        self,
        database: Database,
        indexes: Indexes,
        reader: LawReader,
        *,
        originals: Path,
        index_version: str,
    ) -> None:
        """Open the library; `index_version` names how passages are cut and encoded."""
        super().__init__(database)
        self._indexes = indexes
        self._reader = reader
        self._originals = originals
        self._index_version = index_version
        self._writing = threading.RLock()  # ingestions wait for each other, and never mix
        self._indexing = threading.RLock()  # … and its short part, which is not reading
        self._keys = KeyStore(database)
        self._sweep()

    def ingest(self, file_name: str, data: bytes, on_page: OnPage = unnoticed) -> Ingestion:
        """Read, keep, index and publish a file; what is wrong with it is in the report."""
        start, file_name = time.monotonic(), kept_name(file_name)
        with self._writing:
            sha256 = hashlib.sha256(data).hexdigest()
            known = self.published(document_id_of(data))
            if known:
                return Ingestion(file_name, "unchanged", known, time.monotonic() - start)
            try:
                reading = self._reader.read(file_name, data, on_page)
            except AssistantError as error:
                self._reader.forget(sha256)
                return Ingestion(file_name, "failed", None, time.monotonic() - start, str(error))
            document = self._publish(file_name, data, sha256, reading)
            self._reader.forget(sha256)  # only now: a killed ingestion goes on from what it kept
            return Ingestion(file_name, "indexed", document, time.monotonic() - start)

    def remove(self, document_id: str) -> None:
        """Delete a document with its passages and its original.

        Raises:
            UnknownDocument: there is none of that identifier.
        """
        with self._writing:
            if not self.published(document_id):
                raise UnknownDocument(document_id)
            self._erase(document_id)

    def identify(self, document_id: str, wanted: Instrument, *, seen: Instrument) -> None:
        """Say which text a document contains; what was `seen` must still be what is kept.

        It is searched, cited and named so at once; ingestions are not waited for.

        Raises:
            UnknownDocument: there is none of that identifier.
            ChangedMeanwhile: somebody else said otherwise since.
        """
        with self._indexing:
            with self._database.session() as session:
                row = session.get(DocumentRow, document_id)
                if row is None or row.published_at is None:
                    raise UnknownDocument(document_id)
                identities.correct(session, row, wanted, seen=seen)
                note_corpus_change(session)
            if wanted.number != seen.number:
                reading = self.reading(document_id)
                index_reading(self._indexes, document_id, reading, self._keys, anew=False)

    def refresh_questions(self, instrument: str, articles: Collection[str]) -> None:
        """Index the questions of some articles as they are kept now, beside their texts.

        Every document of that instrument gets them, as far as it has these articles.
        """
        for document in self.documents():
            if document.instrument.number == instrument:
                self._index_questions(document.id, articles)
        with self._database.session() as session:
            note_corpus_change(session)

    def read_instrument(self, document_id: str) -> Instrument:
        """Give the text as it was read in a document's file, whatever was said of it since.

        Raises:
            UnknownDocument: there is none of that identifier.
        """
        with self._database.session() as session:
            row = session.get(DocumentRow, document_id)
            if row is None:
                raise UnknownDocument(document_id)
            return identities.read_in(session, row)

    def original(self, document_id: str) -> bytes | None:
        """Give the file as it was uploaded, or None if it is no longer kept."""
        path = self._original(document_id)
        return path.read_bytes() if path.exists() else None

    def _publish(self, file_name: str, data: bytes, sha256: str, reading: Reading) -> Document:
        document_id = document_id_of(data)
        with self._database.session() as session:
            instrument = identities.corrected(session, file_name, reading.instrument)
        reading = replace(reading, instrument=instrument)
        row = document_row(
            reading,
            document_id=document_id,
            file_name=file_name,
            sha256=sha256,
            index_version=self._index_version,
        )
        row.warnings = [*row.warnings, *self._double_warning(reading)]
        self._erase(document_id)  # what a killed ingestion may have left on a server
        try:
            with self._database.session() as session:
                session.add(row)
            self._keep_original(document_id, data)
            return self._index_and_publish(document_id, reading)
        except BaseException:
            self._erase(document_id)
            raise

    def _index_and_publish(self, document_id: str, reading: Reading) -> Document:
        """Replace the passages of a document, then let it be searched, in one step.

        From that step on it answers in the place of any other file of its instrument.
        """
        with self._indexing:
            passage_count = index_reading(self._indexes, document_id, reading, self._keys)
            with self._database.session() as session:
                row = session.get_one(DocumentRow, document_id)
                row.passage_count = passage_count
                row.index_version = self._index_version
                row.published_at = row.published_at or now()
                note_corpus_change(session)
                return self._document(session, row)

    def _index_questions(self, document_id: str, only: Collection[str] | None = None) -> None:
        with self._indexing:
            document = self.published(document_id)
            articles = self.articles_of(document_id)
            if document:
                wanted = [a for a in articles if only is None or a.number in only]
                index_questions(self._indexes, document, wanted, self._keys)

    def _double_warning(self, reading: Reading) -> Sequence[str]:
        number = reading.instrument.number
        names = [d.file_name for d in self.documents() if d.instrument.number == number]
        if not names:
            return []
        return [
            f"Le texte {number} se trouve aussi dans « {names[0]} » : "
            "seul le dernier fichier ajouté répond aux questions."
        ]

    def _erase(self, document_id: str) -> None:
        """Delete a document; it is unpublished first, so that no search finds half of it."""
        with self._database.session() as session:
            row = session.get(DocumentRow, document_id)
            if row:
                row.published_at = None
                note_corpus_change(session)
        with self._indexing:
            for index in self._indexes:
                index.delete(document_id)
        self._original(document_id).unlink(missing_ok=True)
        with self._database.session() as session:
            row = session.get(DocumentRow, document_id)
            if row:
                session.delete(row)
        self._forget(document_id)

    def _sweep(self) -> None:
        """Erase what was never published, and index anew what is not in the index as it should be.

        That is what other settings indexed, and what a kill, a damaged folder, another engine or
        an empty server left without its passages.
        """
        counts, keys = (index.counts() for index in self._indexes)
        with self._database.session() as session:
            rows = list(session.scalars(select(DocumentRow)))
        if self._indexes.passages.is_embedded:  # on a server another process may be at work on them
            self._erase_unpublished(rows, counts)
        for row in rows:
            current = row.index_version == self._index_version
            whole = counts.get(row.id) == row.passage_count
            if row.published_at and not (current and whole):
                self._index_and_publish(row.id, self.reading(row.id))
            elif row.published_at and row.id not in keys:  # lost, or there never were any
                self._index_questions(row.id)
        for index in self._indexes:
            index.drop_other_collections()
        self._reader.forget_old()

    def _erase_unpublished(self, rows: Sequence[DocumentRow], indexed: Iterable[str]) -> None:
        for row in rows:
            if row.published_at is None:
                self._erase(row.id)
        for document_id in set(indexed) - {row.id for row in rows}:
            for index in self._indexes:
                index.delete(document_id)

    def _keep_original(self, document_id: str, data: bytes) -> None:
        """Write the file whole or not at all."""
        path = self._original(document_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_bytes(data)
        partial.replace(path)

    def _original(self, document_id: str) -> Path:
        return self._originals / f"{document_id}.pdf"
