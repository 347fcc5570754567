"""One file, from bytes to articles: the steps of this folder, in order."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assistant.errors import UnreadableDocument
from assistant.reading.bulletin import find_bulletin
from assistant.reading.extraction import count_pages, extract_pages
from assistant.reading.identity import identify, instrument_of_file
from assistant.reading.layout import lay_out
from assistant.reading.preflight import check_bytes
from assistant.reading.recovery import Recovered, recover_pages, recovery_warnings
from assistant.reading.structure import read_articles
from assistant.reading.structure_warnings import structure_warnings
from assistant.reading.tesseract import INSTALL
from assistant.reading.texts import holds_several_texts
from assistant.records import Article, Page, Reading


class Step(StrEnum):
    """What is being done to the pages of a file."""

    READING = "reading"  # its text layer
    RECOGNISING = "recognising"  # the characters of pages without one


class OnPage(Protocol):
    """Called with how many pages are done, of how many, in a step."""

    def __call__(self, done: int, total: int, step: Step = Step.READING, /) -> None:
        """Take note; it must not raise."""


def unnoticed(_done: int, _total: int, _step: Step = Step.READING, /) -> None:
    """Take no note of how far the reading is."""


def read_pdf(  # noqa: PLR0913 - each is named where it is given
    name: str,
    data: bytes,
    *,
    max_pages: int,
    max_megabytes: int,
    on_page: OnPage = unnoticed,
    kept_in: Path | None = None,
) -> Reading:
    """Read a PDF; `name` is the file's name, for messages.

    Recognised pages are kept in the folder `kept_in`, so that a reading that was killed goes on
    where it was.

    Raises:
        UnreadableDocument: its text cannot be had; the message says why and what to do.
    """
    check_bytes(name, data, max_megabytes=max_megabytes)
    page_count = count_pages(name, data)
    if page_count > max_pages:
        raise UnreadableDocument(
            name,
            f"le fichier compte {page_count} pages, plus que les {max_pages} admises",
            "Découpez-le en plusieurs fichiers, ou faites relever la limite (ASSISTANT_MAX_PAGES).",
        )
    raw_pages = extract_pages(name, data, page_count, on_page)
    recovered = recover_pages(
        data,
        raw_pages,
        kept_in=kept_in,
        on_page=lambda done, total: on_page(done, total, Step.RECOGNISING),
    )
    pages = lay_out(recovered.pages)
    articles = read_articles(pages)
    if not any(article.text for article in articles):
        raise _without_text(name, recovered)
    warnings = (*recovery_warnings(recovered), *_structure_warnings(pages, articles))
    instrument = (
        instrument_of_file(name) if holds_several_texts(articles) else identify(pages, name)
    )
    return Reading(
        instrument,
        page_count,
        articles,
        warnings,
        recovered.recognised,
        find_bulletin(recovered.pages),
    )


def _without_text(name: str, recovered: Recovered) -> UnreadableDocument:
    if recovered.is_tesseract_missing:
        return UnreadableDocument(
            name,
            "ses pages ne portent pas de texte à lire\u00a0: ce sont sans doute des images, et la "
            "reconnaissance de caractères (Tesseract, en français) n’est pas installée",
            f"Installez-la avec {INSTALL}, puis ajoutez à nouveau ce fichier.",
        )
    if recovered.unread:
        return UnreadableDocument(
            name,
            "la reconnaissance de caractères n’a trouvé aucun texte français dans ses images",
            "Vérifiez le fichier, ou ajoutez-en une numérisation plus nette et à l’endroit.",
        )
    return UnreadableDocument(
        name,
        "ses pages ne portent pas de texte à lire",
        "Vérifiez le fichier, ou demandez-en une autre copie.",
    )


def _structure_warnings(pages: Sequence[Page], articles: Sequence[Article]) -> list[str]:
    if any(article.is_numbered for article in articles):
        return structure_warnings(pages, articles)
    unit = "section" if any(a.number.startswith("section-") for a in articles) else "page"
    return [f"Aucun article reconnu : ce document est découpé et cité par {unit}."]
