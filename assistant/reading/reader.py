"""The reading step as a LlamaIndex reader: a PDF becomes one LlamaIndex document an article."""

from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from assistant.reading.kept_pages import forget_old_pages, forget_pages
from assistant.reading.reading import OnPage, read_pdf, unnoticed
from assistant.records import Article, Instrument, Reading


class LawReader(BaseReader):
    """Reads the PDF of a legal instrument."""

    def __init__(
        self, *, max_pages: int = 250, max_megabytes: int = 50, kept_in: Path | None = None
    ) -> None:
        """Read files up to these sizes; recognised pages are kept in `kept_in` meanwhile."""
        self.max_pages = max_pages
        self.max_megabytes = max_megabytes
        self.kept_in = kept_in

    def load_data(self, file: Path, **_: Any) -> list[Document]:
        """Read the file at a path.

        Raises:
            UnreadableDocument: its text cannot be had.
        """
        reading = self.read(file.name, file.read_bytes())
        return article_documents(reading, document_id=file.stem)

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        """Read bytes into our own records, which keep every line's place.

        Raises:
            UnreadableDocument: its text cannot be had.
        """
        return read_pdf(
            name,
            data,
            max_pages=self.max_pages,
            max_megabytes=self.max_megabytes,
            on_page=on_page,
            kept_in=self.kept_in,
        )

    def forget(self, sha256: str) -> None:
        """Delete what is kept of a file whose reading is over."""
        if self.kept_in:
            forget_pages(self.kept_in, sha256)

    def forget_old(self) -> None:
        """Delete what is kept of readings that were never begun again."""
        if self.kept_in:
            forget_old_pages(self.kept_in)


def article_documents(reading: Reading, *, document_id: str) -> list[Document]:
    """Give each article as a LlamaIndex document, with what a passage must say of it."""
    return [
        Document(
            id_=f"{document_id}/{article.number}",
            text=article.text,
            metadata=_metadata(article, reading.instrument, document_id),
        )
        for article in reading.articles
        if article.text or article.heading  # "Article 12 : Abrogé" says it all in its heading
    ]


def _metadata(article: Article, instrument: Instrument, document_id: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "instrument": instrument.number,
        "article": article.number,
        "heading": article.heading,
        "path": list(article.path),
    }
