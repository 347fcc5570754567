"""What a dossier holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.answer_records import Answer
from assistant.records import Article, PageNumbers
from assistant.typesetting import Span


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A printed page with its quoted lines marked."""

    numbers: PageNumbers
    png: bytes


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted piece of an article."""

    label: int  # as in the answer
    text: str
    start: int  # in the article's text, as it was read then
    citation: str  # as in a letter

    @property
    def span(self) -> Span:
        """Where it stands in the article's text, as it was read then."""
        return self.start, self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """An article that the answer quotes, once however often."""

    title: str  # "Article 36 – Délai de validité des offres"
    instrument: str  # its full title
    force: str  # "En vigueur depuis le 01/09/2023"
    quotations: tuple[Quotation, ...]  # in the order of the article
    article: Article | None  # None once its document is deleted, or was read anew
    pages: tuple[DrawnPage, ...]  # those that carry the quotations
    file_name: str  # "" once its document is deleted
    sha256: str  # of the file; "" once its document is deleted
    is_reread: bool  # whether the article no longer says the quotations where they were


@dataclass(frozen=True, slots=True)
class Dossier:
    """An answer with all it rests on."""

    answer_id: str
    typed: str  # the question as the person wrote it
    answer: Answer
    asked_at: datetime
    version: str  # of the assistant that answered
    configuration: Mapping[str, Any]  # name and settings under which it was written
    sources: tuple[Source, ...]
    made_at: datetime
    made_by: str  # name of the person
