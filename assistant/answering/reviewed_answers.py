"""Answers that people wrote: given first to who asks the same, while the law they cite stands.

The same: the same words (folded), under the same instruments with the same status, for the same
date of launch, or for none where it was written for none. An article whose text has changed since
makes the answer one to look at again, and the machine answers meanwhile.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assistant.answer_records import Citation, Review, Sentence
from assistant.answering.citations import cite
from assistant.answering.contract import read_regime
from assistant.answering.human_records import Place, Standing
from assistant.errors import UnknownInstrument
from assistant.records import Article, Document, RankedPassage, Regime
from assistant.searching.catalogue import Catalogue
from assistant.searching.key_store import digest_of
from assistant.searching.passages import cut_passages
from assistant.searching.question_identity import identity_of
from assistant.searching.results import Hit, SearchResult
from assistant.storage.conversation_tables import HumanQuestionRow
from assistant.storage.database import Database

REVIEWED = "relecture"
"""The name of who writes these answers, where others have that of a model."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person answered, with its citations as the law stands now."""

    text: str
    citations: tuple[Citation, ...]
    review: Review

    @property
    def sentence(self) -> Sentence:
        """The whole text, borne by all that it cites."""
        return Sentence(self.text, tuple(citation.label for citation in self.citations))

    @property
    def with_labels(self) -> str:
        """The text as it is shown."""
        marks = "".join(f"[{citation.label}]" for citation in self.citations)
        return f"{self.text} {marks}".strip()


class ReviewedAnswers:
    """Finds what people answered; safe for several people at once."""

    def __init__(self, database: Database, library: Catalogue) -> None:
        self._database = database
        self._library = library

    def find(self, result: SearchResult) -> Reviewed | None:
        """Give the last answer that a person wrote to that question, under that regime.

        What was written for a procedure of one day says nothing of one launched on another.
        """
        query = (
            select(HumanQuestionRow)
            .where(
                HumanQuestionRow.identity == identity_of(result.question),
                HumanQuestionRow.standing == Standing.ANSWERED.value,
            )
            .order_by(HumanQuestionRow.closed_at.desc())
            .options(joinedload(HumanQuestionRow.reviewer))
        )
        with self._database.reading() as session:
            rows = list(session.scalars(query))
        asked = _governing(result.regime)
        same = (row for row in rows if _governing(read_regime(row.asked_in["regime"])) == asked)
        found = map(self.read, same)
        return next((reviewed for reviewed in found if reviewed), None)

    def read(self, row: HumanQuestionRow) -> Reviewed | None:
        """Give the answer of a row; None where it has none, or where the law has changed."""
        places = [Place(**place) for place in row.places]
        by = row.reviewer.name if row.reviewer else ""
        return self.write(row.text, places, by=by, at=row.closed_at) if row.closed_at else None

    def write(
        self, text: str, places: Sequence[Place], *, by: str, at: datetime
    ) -> Reviewed | None:
        """Give what a person answered; None where it cites nothing, or the law has changed."""
        citations = self.cite(places)
        review = Review(by, at.isoformat(timespec="seconds"))
        return Reviewed(text, tuple(citations), review) if citations else None

    def cite(self, places: Sequence[Place]) -> list[Citation] | None:
        """Cite places as they stand now; None where the text of one has changed, or is gone."""
        citations = []
        for label, place in enumerate(places, start=1):
            found = self._article(place)
            if found is None or digest_of(found[1]) != place.digest:
                return None
            document, article = found
            [passage, *_] = cut_passages(article, document.id, place.instrument)
            hit = Hit(RankedPassage(passage, 0.0), article, document)
            citations.append(cite(hit, (place.start, place.end), label))
        return citations

    def place(self, instrument: str, number: str, span: tuple[int, int]) -> Place:
        """Give the place of a quotation, with what its article says now.

        Raises:
            UnknownInstrument: there is no such article, or it does not reach so far.
        """
        _, articles = self._library.articles(instrument)
        article = next((a for a in articles if a.number == number), None)
        if article is None or not 0 <= span[0] < span[1] <= len(article.text):
            raise UnknownInstrument(
                f"L’article « {number} » du texte {instrument} n’a pas cet extrait",
                "Choisissez-le de nouveau.",
            )
        return Place(instrument, number, *span, digest_of(article))

    def _article(self, place: Place) -> tuple[Document, Article] | None:
        searched = {d.instrument.number: d for d in self._library.searched_documents()}
        document = searched.get(place.instrument)
        try:
            article = self._library.article(document.id, place.article) if document else None
        except UnknownInstrument:
            return None
        return (document, article) if document and article else None


def _governing(regime: Regime) -> tuple[object, ...]:
    """Give of a regime all but its words."""
    return regime.instruments, regime.status, regime.launched


def places_json(places: Sequence[Place]) -> list[dict[str, object]]:
    """Give places as they are kept."""
    return [asdict(place) for place in places]
