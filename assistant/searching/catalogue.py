"""The catalogue: what is published, read from the database alone.

It needs neither the index nor its vendors, so that listing documents takes no time and works while
another process owns the index.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import UnknownInstrument
from assistant.records import Article, Bulletin, Document, Instrument, Reading
from assistant.searching.contents import Entry
from assistant.storage.database import Database
from assistant.storage.documents import article_of, bulletin_of, document_of, reading_of
from assistant.storage.tables import ArticleRow, DocumentRow

MOST_EMBEDDED_PASSAGES = 100_000
"""Above, a Qdrant server is advised: the embedded index is held in this process's memory."""


_ARTICLES_KEPT = 2_000  # in memory: some ten megabytes


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What came of one file."""

    file_name: str
    status: Literal["indexed", "unchanged", "failed"]
    document: Document | None  # None when it failed
    seconds: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the articles of a document come from."""

    file_name: str
    sha256: str
    instrument: Instrument
    bulletin: Bulletin | None  # None when the file does not name it


def document_id_of(data: bytes) -> str:
    """Give the identifier of a file: the beginning of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


def server_advice(documents: Sequence[Document]) -> str:
    """Advise a server where the embedded index holds more than it is made for, else give ""."""
    passages = sum(document.passage_count for document in documents)
    if passages <= MOST_EMBEDDED_PASSAGES:
        return ""
    counted = f"{passages:,}".replace(",", "\u202f")
    return (
        f"L’index compte {counted} passages\u00a0: au-delà de 100\u202f000, un serveur Qdrant est "
        "conseillé. La commande «\u00a0migrate\u00a0» y copie l’index."
    )


class Catalogue:
    """The published documents and their articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, tuple[int, int]] = {}  # of articles and annexes, by document
        # A search looks at twenty articles, which change only when their document is deleted.
        self._article = lru_cache(maxsize=_ARTICLES_KEPT)(self._load_article)

    def documents(self) -> list[Document]:
        """Give every published document, the last one first."""
        query = (
            select(DocumentRow)
            .where(DocumentRow.published_at.is_not(None))
            .order_by(DocumentRow.published_at.desc())
        )
        with self._database.reading() as session:
            return [self._document(session, row) for row in session.scalars(query)]

    def searched_documents(self) -> list[Document]:
        """Give the documents that answer: of each instrument, the one published last."""
        latest: dict[str, Document] = {}
        for document in self.documents():
            latest.setdefault(document.instrument.number, document)
        return list(latest.values())

    def articles(self, instrument: str) -> tuple[Document, list[Article]]:
        """Give the articles of an instrument, in order.

        Raises:
            UnknownInstrument: it is not indexed.
        """
        document = self.searched_document(instrument)
        return document, self.articles_of(document.id)

    def searched_document(self, instrument: str) -> Document:
        """Give the document that answers for an instrument.

        Raises:
            UnknownInstrument: it is not indexed.
        """
        searched = {d.instrument.number: d for d in self.searched_documents()}
        document = searched.get(instrument)
        if document is None:
            remedy = f"Sont indexés : {', '.join(sorted(searched)) or 'aucun texte'}."
            raise UnknownInstrument(f"Le texte « {instrument} » n’est pas indexé", remedy)
        return document

    def articles_of(self, document_id: str) -> list[Article]:
        """Give the articles of a document, in order; none when there is no such document."""
        query = (
            select(ArticleRow)
            .where(ArticleRow.document_id == document_id)
            .order_by(ArticleRow.position)
        )
        with self._database.reading() as session:
            return [article_of(row) for row in session.scalars(query)]

    def entries_of(self, document_id: str) -> tuple[Entry, ...]:
        """Give the articles of a document as a table of contents names them, in order."""
        query = (
            select(ArticleRow.number, ArticleRow.heading, ArticleRow.path)
            .where(ArticleRow.document_id == document_id)
            .order_by(ArticleRow.position)
        )
        with self._database.reading() as session:
            return tuple(
                Entry(n, heading, tuple(path)) for n, heading, path in session.execute(query)
            )

    def numbers_of(self, document_id: str) -> list[str]:
        """Give the numbers of the articles of a document, in order."""
        query = (
            select(ArticleRow.number)
            .where(ArticleRow.document_id == document_id)
            .order_by(ArticleRow.position)
        )
        with self._database.reading() as session:
            return list(session.scalars(query))

    def reading(self, document_id: str) -> Reading:
        """Give what was read of a document, to index it without the file."""
        with self._database.reading() as session:
            return reading_of(session.get_one(DocumentRow, document_id))

    def article(self, document_id: str, number: str) -> Article:
        """Give one article of a document.

        Raises:
            UnknownInstrument: the document has no such article.
        """
        return self._article(document_id, number)

    def _load_article(self, document_id: str, number: str) -> Article:
        query = (
            select(ArticleRow)
            .where(ArticleRow.document_id == document_id, ArticleRow.number == number)
            .order_by(ArticleRow.position)
            .limit(1)
        )
        with self._database.reading() as session:
            row = session.scalars(query).first()
            if row is None:
                raise UnknownInstrument(
                    f"L’article « {number} » n’existe pas dans ce texte",
                    "La commande « articles » donne la liste.",
                )
            return article_of(row)

    def published(self, document_id: str) -> Document | None:
        """Give a published document, or None."""
        with self._database.reading() as session:
            row = session.get(DocumentRow, document_id)
            return self._document(session, row) if row and row.published_at else None

    def origin(self, document_id: str) -> Origin | None:
        """Say where a published document comes from; None once it is deleted."""
        with self._database.reading() as session:
            row = session.get(DocumentRow, document_id)
            if row is None or row.published_at is None:
                return None
            instrument = Instrument(row.instrument, row.title)
            return Origin(row.file_name, row.sha256, instrument, bulletin_of(row))

    def is_current(self, document_id: str, index_version: str) -> bool:
        """Whether a document is published and indexed the way it would be today."""
        with self._database.reading() as session:
            row = session.get(DocumentRow, document_id)
            return bool(row and row.published_at and row.index_version == index_version)

    def _forget(self, document_id: str) -> None:
        """Keep in memory nothing of a document that is deleted."""
        self._counts.pop(document_id, None)
        self._article.cache_clear()

    def _document(self, session: Session, row: DocumentRow) -> Document:
        """Give the record of a row; its articles are counted once, since they never change."""

        def count(pattern: str) -> int:
            query = select(func.count()).where(
                ArticleRow.document_id == row.id, ArticleRow.number.regexp_match(pattern)
            )
            return session.scalar(query) or 0

        if row.id not in self._counts:
            self._counts[row.id] = count("^[0-9]"), count("^annexe-")
        articles, annexes = self._counts[row.id]
        return document_of(row, article_count=articles, annexe_count=annexes)
