"""Ratings by people: the next answer to rate, progress, and what was said."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.answer_records import Outcome
from assistant.errors import UnknownAnswer
from assistant.evaluating.confirmed import Changed, review_question
from assistant.evaluating.free_results import FreeResults, read_free_results
from assistant.spreadsheets import inert
from assistant.storage.database import Database
from assistant.storage.tables import CRITERIA, AnswerRow, RatingRow, now

COLUMNS = (
    "rating_id",
    "rated_at",
    "annotator",
    *CRITERIA,
    "comment",
    "answer_id",
    "asked_at",
    "question",
    "outcome",
    "answer",
    "model",
    "regime",
    "sources",
)
"""Of an exported rating, in order."""


@dataclass(frozen=True, slots=True)
class AnswerToRate:
    """An answer that an annotator has not rated."""

    id: str
    content: dict[str, Any]  # as the command line gave it


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an annotator is."""

    rated: int
    total: int


class Ratings:
    """The kept ratings; safe for several annotators at once."""

    def __init__(
        self, database: Database, on_confirmed: Callable[[str, set[str]], object] | None = None
    ) -> None:
        """Keep ratings; `on_confirmed` is told the articles whose confirmed questions change."""
        self._database = database
        self._on_confirmed = on_confirmed

    def next_to_rate(
        self, annotator: str, *, skipped: frozenset[str] = frozenset()
    ) -> AnswerToRate | None:
        """Give the oldest answer this annotator has neither rated nor skipped, or None."""
        rated = select(RatingRow.answer_id).where(RatingRow.annotator == annotator)
        query = (
            select(AnswerRow)
            .where(_RATEABLE, AnswerRow.id.not_in(rated), AnswerRow.id.not_in(skipped))
            .order_by(AnswerRow.asked_at, AnswerRow.id)
            .limit(1)
        )
        with self._database.session() as session:
            row = session.scalars(query).first()
            return AnswerToRate(row.id, row.content) if row else None

    def rate(
        self, answer_id: str, annotator: str, scores: Mapping[str, int], comment: str = ""
    ) -> None:
        """Keep a rating, each criterion from 1 to 5; rating again replaces it (a double click).

        Raises:
            ValueError: a criterion is missing, unknown or out of range.
            UnknownAnswer: there is none of that identifier.
        """
        if set(scores) != set(CRITERIA) or any(not 1 <= s <= 5 for s in scores.values()):
            raise ValueError(f"expected {CRITERIA} from 1 to 5, got {dict(scores)}")
        known = select(RatingRow).where(
            RatingRow.answer_id == answer_id, RatingRow.annotator == annotator
        )
        with self._database.session() as session:
            if session.get(AnswerRow, answer_id) is None:
                raise UnknownAnswer(answer_id)
            row = session.scalars(known).first()
            if row is None:
                row = RatingRow(answer_id=answer_id, annotator=annotator)
                session.add(row)
            for name, score in scores.items():
                setattr(row, name, score)
            row.comment = comment.strip()
            row.rated_at = now()
            changed = self._review(session, answer_id)
        self._tell(changed)

    def withdraw(self, answer_id: str, annotator: str) -> None:
        """Delete a rating, and what it confirmed; nothing happens when there is none."""
        query = select(RatingRow).where(
            RatingRow.answer_id == answer_id, RatingRow.annotator == annotator
        )
        with self._database.session() as session:
            row = session.scalars(query).first()
            if row is None:
                return
            # What the rating confirmed is deleted by `review_question`, not behind its back.
            row.exactitude_sources = 1
            changed = self._review(session, answer_id)
            session.delete(row)
            session.flush()
            changed = _joined(changed, self._review(session, answer_id))
        self._tell(changed)

    def _review(self, session: Session, answer_id: str) -> Changed:
        session.flush()
        answer = session.get(AnswerRow, answer_id)
        return review_question(session, answer.question) if answer else {}

    def _tell(self, changed: Changed) -> None:
        """Have the questions indexed, once they are kept."""
        for instrument, articles in changed.items() if self._on_confirmed else ():
            assert self._on_confirmed
            self._on_confirmed(instrument, articles)

    def progress(self, annotator: str) -> Progress:
        """Count the answers this annotator rated, among those that can be."""
        rated = select(func.count()).select_from(RatingRow).where(RatingRow.annotator == annotator)
        total = select(func.count()).select_from(AnswerRow).where(_RATEABLE)
        with self._database.session() as session:
            return Progress(session.scalar(rated) or 0, session.scalar(total) or 0)

    def rows(self, annotator: str | None = None) -> list[dict[str, Any]]:
        """Give every rating, or an annotator's, with its answer, oldest first, under `COLUMNS`."""
        query = select(RatingRow, AnswerRow).join(RatingRow.answer).order_by(RatingRow.id)
        if annotator is not None:
            query = query.where(RatingRow.annotator == annotator)
        with self._database.session() as session:
            return [_row(rating, answer) for rating, answer in session.execute(query)]

    def are_there(self) -> bool:
        """Whether anybody rated outside of campaigns."""
        with self._database.reading() as session:
            return session.scalars(select(RatingRow.id).limit(1)).first() is not None

    def results(self) -> FreeResults:
        """Say what all of them say; it names the models that wrote the answers."""
        with self._database.reading() as session:
            return read_free_results(session)

    def export_jsonl(self, annotator: str | None = None) -> str:
        """Give every rating, or an annotator's, one JSON object a line."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows(annotator))

    def export_csv(self, annotator: str | None = None) -> str:
        """Give every rating, or an annotator's, as CSV (RFC 4180) with a header line.

        What a spreadsheet would run as a formula is preceded by an apostrophe, also inside a
        text: one that expects semicolons (Excel in French) begins a cell at each of them.
        """
        target = io.StringIO()
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        for row in self.rows(annotator):
            flat = {**row, "sources": json.dumps(row["sources"], ensure_ascii=False)}
            writer.writerow({name: inert(value) for name, value in flat.items()})
        return target.getvalue()


def _joined(first: Changed, second: Changed) -> Changed:
    return {i: first.get(i, set()) | second.get(i, set()) for i in {*first, *second}}


_RATEABLE = AnswerRow.outcome != Outcome.NO_DOCUMENTS.value


def _row(rating: RatingRow, answer: AnswerRow) -> dict[str, Any]:
    content = answer.content
    return {
        "rating_id": rating.id,
        "rated_at": rating.rated_at.isoformat(timespec="seconds"),
        "annotator": rating.annotator,
        **{name: getattr(rating, name) for name in CRITERIA},
        "comment": rating.comment,
        "answer_id": answer.id,
        "asked_at": answer.asked_at.isoformat(timespec="seconds"),
        "question": answer.question,
        "outcome": answer.outcome,
        "answer": content["answer"],
        "model": answer.model,
        "regime": content["regime"]["instrument"],
        "sources": [
            {key: citation[key] for key in ("instrument", "article", "page", "quote")}
            for citation in content["citations"]
        ],
    }
