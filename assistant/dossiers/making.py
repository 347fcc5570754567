"""An answer that was kept → its dossier, with the articles and pages as they are now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from assistant.answer_records import Citation
from assistant.answering.citations import citation_title, place_label, quoted_span
from assistant.answering.contract import answer_json, read_answer, reviewed_by
from assistant.answering.history import History
from assistant.answering.legal_citation import cite_in_full
from assistant.dossiers.records import Dossier, DrawnPage, Quotation, Source
from assistant.errors import UnknownInstrument
from assistant.reading.page_images import PageImages
from assistant.records import Article, PageNumbers
from assistant.searching.catalogue import Catalogue, Origin
from assistant.searching.instruments import Instruments


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Makes dossiers; safe for several people at once."""

    history: History
    library: Catalogue
    page_images: PageImages

    def make(
        self, answer_id: str, *, typed: str, made_by: str, made_at: datetime, known: Instruments
    ) -> Dossier:
        """Make the dossier of an answer; `known` are the texts whose dates of force are known.

        Raises:
            UnknownAnswer: no such answer is kept.
            UnreadableDocument: a page cannot be drawn.
        """
        kept = self.history.find(answer_id)
        answer = read_answer(kept.content)
        by_article = sorted(answer.citations, key=attrgetter("document_id", "article", "start"))
        groups = [
            list(found)
            for _, found in groupby(by_article, key=attrgetter("document_id", "article"))
        ]
        groups.sort(key=lambda group: min(citation.label for citation in group))
        return Dossier(
            answer_id=answer_id,
            typed=typed,
            answer=answer,
            asked_at=kept.asked_at,
            version=str(kept.context.get("version", "")),
            configuration=dict(kept.context.get("configuration") or {}),
            sources=tuple(self._source(group, known, made_at.date()) for group in groups),
            made_at=made_at,
            made_by=made_by,
        )

    def _source(self, citations: Sequence[Citation], known: Instruments, day: date) -> Source:
        first = citations[0]
        article = self._article(first)
        still = article is not None and all(
            quoted_span(article.text, citation.quote, citation.start) for citation in citations
        )
        origin = self.library.origin(first.document_id)
        instrument = known.find(first.instrument)
        force = instrument.force_on(day) if instrument else "dates de vigueur non connues"
        title = citation_title(first.article, first.heading)
        named = " – ".join(filter(None, (place_label(first.article, None), title)))
        return Source(
            title=named[:1].upper() + named[1:],
            instrument=origin.instrument.title if origin else first.instrument_name,
            force=force[:1].upper() + force[1:],
            quotations=tuple(_quotation(citation, origin) for citation in citations),
            article=article if still else None,
            pages=tuple(self._pages(citations, article)),
            file_name=origin.file_name if origin else "",
            sha256=origin.sha256 if origin else "",
            is_reread=origin is not None and not still,
        )

    def _article(self, citation: Citation) -> Article | None:
        try:
            return self.library.article(citation.document_id, citation.article)
        except UnknownInstrument:
            return None

    def _pages(self, citations: Sequence[Citation], article: Article | None) -> Iterator[DrawnPage]:
        """Draw the pages that carry the quotations; none once the file is no longer kept."""
        document_id = citations[0].document_id
        boxes = [box for citation in citations for box in citation.boxes]
        for page in sorted({box[0] for box in boxes}):
            png = self.page_images.highlighted(document_id, page, boxes)
            numbers = [one for one in article.pages if one.pdf == page] if article else []
            if png:
                yield DrawnPage(numbers[0] if numbers else PageNumbers(page, None, None), png)


def _quotation(citation: Citation, origin: Origin | None) -> Quotation:
    page = PageNumbers(citation.page, citation.printed_page, citation.bo_page)
    written = (
        cite_in_full(citation.article, origin, page, citation.paragraph)
        if origin
        else f"{place_label(citation.article, citation.paragraph)}, {citation.instrument_name}"
    )
    return Quotation(citation.label, citation.quote, citation.start, written)


def details(dossier: Dossier) -> list[tuple[str, str]]:
    """Give what identifies a dossier, as pairs of a name and a value, in the order to print."""
    answer = dossier.answer
    settings: dict[str, Any] = dossier.configuration.get("settings") or {}
    written = {"model", "version"}
    pairs = [
        ("Identifiant de la réponse", dossier.answer_id),
        ("Modèle", "" if answer.review else answer.model),
        ("Réponse relue par", reviewed_by(answer_json(answer)) if answer.review else ""),
        ("Version de l’assistant", dossier.version),
        ("Configuration", str(dossier.configuration.get("name") or "")),
        *((name, str(value)) for name, value in sorted(settings.items()) if name not in written),
    ]
    return [(name, value) for name, value in pairs if value]
