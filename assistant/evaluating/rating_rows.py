"""What keeping a rating reads and writes.

Others wait while a rating is written. What can be read before is; the rest is one query and the
fewest statements, put together once: this takes SQLAlchemy longer than SQLite takes to run them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from assistant.errors import InvalidRating
from assistant.evaluating.campaign_records import CampaignState, Criterion, RatingState, TaskKind
from assistant.evaluating.campaign_rows import read_criteria
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignQuestionRow,
    CampaignRow,
    ItemRatingRow,
    ItemScoreRow,
)
from assistant.storage.tables import AnswerRow, ConfirmedQuestionRow

NOT_YOURS = "Cette réponse ne vous est pas, ou plus, attribuée."


class Answer(NamedTuple):
    """What of a kept answer says which article its question leads to (see `verdicts`)."""

    question: str
    outcome: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rating belongs."""

    assignment_id: int
    kind: TaskKind
    criteria: tuple[Criterion, ...]  # none of a comparison
    answer: Answer  # the first one of a comparison


class Kept(NamedTuple):
    """What is kept of a rating already."""

    state: RatingState | None  # None: nothing
    seconds: float
    submitted_at: datetime | None
    has_keys: bool  # its question is confirmed to lead to an article


_IS_ASSIGNED = (
    AssignmentRow.item_id == bindparam("item_id"),
    AssignmentRow.person_id == bindparam("person_id"),
)
_PLACE = (
    select(
        AssignmentRow.id,
        CampaignItemRow.other_answer_id,
        CampaignRow.criteria,
        AnswerRow.question,
        AnswerRow.outcome,
        AnswerRow.content,
    )
    .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
    .join(CampaignRow, CampaignRow.id == CampaignItemRow.campaign_id)
    .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
    .where(*_IS_ASSIGNED)
)
_KEPT = (
    select(
        CampaignRow.name,
        CampaignRow.state.label("campaign_state"),
        ItemRatingRow.state,
        ItemRatingRow.seconds,
        ItemRatingRow.submitted_at,
        or_(
            exists().where(ConfirmedQuestionRow.identity == CampaignItemRow.question_identity),
            exists().where(CampaignQuestionRow.identity == CampaignItemRow.question_identity),
        ).label("has_keys"),
    )
    .join(CampaignItemRow, CampaignItemRow.campaign_id == CampaignRow.id)
    .join(AssignmentRow, AssignmentRow.item_id == CampaignItemRow.id)
    .outerjoin(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
    .where(AssignmentRow.id == bindparam("assignment_id"))
)
_TABLES = ItemRatingRow.metadata.tables  # not the classes: nothing need be kept in step with them
_RATINGS = _TABLES[ItemRatingRow.__tablename__]
_SCORES = _TABLES[ItemScoreRow.__tablename__]
_INSERT = insert(_RATINGS)
_UPDATE = update(_RATINGS).where(_RATINGS.c.assignment_id == bindparam("of_assignment"))
_DELETE_SCORES = delete(_SCORES).where(_SCORES.c.assignment_id == bindparam("of_assignment"))
_INSERT_SCORES = insert(_SCORES)


def find_place(session: Session, item_id: int, person_id: int) -> Place:
    """Give where this person's rating of an item belongs.

    Raises:
        InvalidRating: it is not this person's to rate.
    """
    named = {"item_id": item_id, "person_id": person_id}
    found = session.execute(_PLACE, named).first()
    if found is None:
        raise InvalidRating(NOT_YOURS)
    kind = TaskKind.COMPARISON if found.other_answer_id else TaskKind.RATING
    return Place(
        found.id,
        kind,
        read_criteria(found.criteria) if kind is TaskKind.RATING else (),
        Answer(found.question, found.outcome, found.content),
    )


def read_kept(session: Session, assignment_id: int) -> Kept:
    """Give what is kept, read by who is about to write it.

    Raises:
        InvalidRating: what was to be rated was closed, or given to somebody else, meanwhile.
    """
    found = session.execute(_KEPT, {"assignment_id": assignment_id}).first()
    if found is None:
        raise InvalidRating(NOT_YOURS)
    if found.campaign_state != CampaignState.OPEN:
        raise InvalidRating(f"La campagne « {found.name} » est close : rien n’a changé.")
    state = RatingState(found.state) if found.state else None
    return Kept(state, found.seconds or 0.0, found.submitted_at, bool(found.has_keys))


def write_rating(
    session: Session,
    assignment_id: int,
    columns: Mapping[str, Any],
    scores: Mapping[str, int],
    *,
    is_new: bool,
) -> None:
    """Write a rating and its scores in place of those before."""
    connection = session.connection()
    of_assignment = {"of_assignment": assignment_id}
    if is_new:
        connection.execute(_INSERT, {"assignment_id": assignment_id, **columns})
    else:
        connection.execute(_UPDATE, {**of_assignment, **columns})
        connection.execute(_DELETE_SCORES, of_assignment)
    if scores:
        connection.execute(
            _INSERT_SCORES,
            [
                {"assignment_id": assignment_id, "criterion": criterion, "score": score}
                for criterion, score in scores.items()
            ],
        )
