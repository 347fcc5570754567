"""Marks ↔ rows, and what of them can be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InvalidRating
from assistant.evaluating.campaign_records import (
    HIGHEST,
    LOWEST,
    ArticleRef,
    CitationVerdict,
    Criterion,
    Marks,
    Preference,
    SentenceVerdict,
    TaskKind,
)
from assistant.storage.campaign_tables import DecisionRow, ItemRatingRow, ItemScoreRow


def check_marks(marks: Marks, criteria: Iterable[Criterion]) -> None:
    """Refuse what no screen gives.

    Raises:
        ValueError: a criterion is unknown, or a score out of range.
    """
    known = {criterion.key for criterion in criteria}
    if not set(marks.scores) <= known or any(
        not LOWEST <= score <= HIGHEST for score in marks.scores.values()
    ):
        raise ValueError(f"expected {sorted(known)} from 1 to 5, got {dict(marks.scores)}")


def check_whole(marks: Marks, criteria: Iterable[Criterion], kind: TaskKind) -> None:
    """Refuse to submit what is not complete.

    Raises:
        InvalidRating: with what is missing, in French.
    """
    if kind is TaskKind.COMPARISON:
        if marks.preference is None:
            raise InvalidRating("Dites laquelle des deux réponses vous préférez, ou « égalité ».")
        return
    missing = [c.name for c in criteria if c.key not in marks.scores]
    if missing:
        raise InvalidRating(f"Il manque une note de 1 à 5 pour : {', '.join(missing)}.")


def tidied(marks: Marks) -> Marks:
    """Give marks as they are kept: without what was typed around the words."""
    return replace(
        marks,
        corrected_answer=marks.corrected_answer.strip(),
        right_articles=tuple(
            ArticleRef(one.instrument.strip(), one.number.strip()) for one in marks.right_articles
        ),
        comment=marks.comment.strip(),
    )


def marks_columns(marks: Marks) -> dict[str, Any]:
    """Give column → value of all but the scores, which a rating keeps in rows of their own."""
    marks = tidied(marks)
    return {
        "sentences": {str(place): v.value for place, v in sorted(marks.sentences.items())},
        "citations": {label: v.value for label, v in sorted(marks.citations.items())},
        "corrected_answer": marks.corrected_answer,
        "right_articles": [[a.instrument, a.number] for a in marks.right_articles],
        "comment": marks.comment,
        "preference": marks.preference.value if marks.preference else None,
    }


def read_scores(session: Session, assignment_id: int) -> dict[str, int]:
    """Give the scores of a rating; a criterion that was not rated is not there."""
    query = select(ItemScoreRow).where(ItemScoreRow.assignment_id == assignment_id)
    return {row.criterion: row.score for row in session.scalars(query)}


def read_marks(row: ItemRatingRow | DecisionRow, scores: Mapping[str, int]) -> Marks:
    """Give the marks of a row."""
    return Marks(
        scores=dict(scores),
        sentences={int(place): SentenceVerdict(v) for place, v in row.sentences.items()},
        citations={label: CitationVerdict(v) for label, v in row.citations.items()},
        corrected_answer=row.corrected_answer,
        right_articles=tuple(ArticleRef(*one) for one in row.right_articles),
        comment=row.comment,
        preference=Preference(row.preference) if row.preference else None,
    )


def turned(preference: Preference | None, *, swapped: bool) -> Preference | None:
    """Give a preference of the order shown as one of the item's own order, or the reverse."""
    other = {Preference.FIRST: Preference.SECOND, Preference.SECOND: Preference.FIRST}
    return other.get(preference, preference) if swapped and preference else preference
