"""The reading step as a LlamaIndex reader: a PDF becomes one LlamaIndex document an article."""

from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from assistant.reading.reader import LawReader
from assistant.records import Article, Instrument, Reading


class LawDocuments(BaseReader):
    """Reads the PDF of a legal instrument for LlamaIndex."""

    def __init__(self, reader: LawReader | None = None) -> None:
        """Read as `reader` does, which knows the limits."""
        self.reader = reader or LawReader()

    def load_data(self, file: Path, **_: Any) -> list[Document]:
        """Read the file at a path.

        Raises:
            UnreadableDocument: its text cannot be had.
        """
        reading = self.reader.read(file.name, file.read_bytes())
        return article_documents(reading, document_id=file.stem)


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
