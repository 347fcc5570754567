"""What a rater does: the next item, marks saved at every step, submitted or discarded.

What is given to a rater has neither the configuration nor anybody else's marks (see `Task`).
"""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from assistant.errors import InvalidRating
from assistant.evaluating.blinding import blind
from assistant.evaluating.campaign_records import (
    CampaignState,
    Criterion,
    Marks,
    RaterProgress,
    RatingState,
    Task,
    TaskKind,
    TaskSummary,
)
from assistant.evaluating.campaign_rows import read_criteria
from assistant.evaluating.confirmed import Changed, has_keys, review_question
from assistant.evaluating.marks import (
    check_marks,
    check_whole,
    read_marks,
    read_scores,
    tidied,
    write_marks,
    write_scores,
)
from assistant.evaluating.rater_progress import progress_of
from assistant.evaluating.verdicts import articles_confirmed
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignRow,
    ItemRatingRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, now

_NOT_YOURS = "Cette réponse ne vous est pas, ou plus, attribuée."

LONGEST_STEP = 600.0
"""Seconds between two saves that count, at most: who comes back from lunch did not rate."""


class RatingWork:
    """The work of raters; safe for any number at once, and for one on two machines."""

    def __init__(
        self, database: Database, on_confirmed: Callable[[str, set[str]], object] | None = None
    ) -> None:
        """Keep ratings; `on_confirmed` is told the articles whose confirmed questions change."""
        self._database = database
        self._on_confirmed = on_confirmed

    def tasks(self, campaign_id: int, person_id: int) -> list[TaskSummary]:
        """List what a person rates in a campaign, in this person's order."""
        query = (
            select(CampaignItemRow.id, AnswerRow.question, ItemRatingRow.state)
            .join(AssignmentRow, AssignmentRow.item_id == CampaignItemRow.id)
            .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
            .outerjoin(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
            .where(CampaignItemRow.campaign_id == campaign_id, AssignmentRow.person_id == person_id)
            .order_by(AssignmentRow.rank, AssignmentRow.id)
        )
        with self._database.reading() as session:
            return [
                TaskSummary(item_id, number, question, RatingState(state) if state else None)
                for number, (item_id, question, state) in enumerate(session.execute(query), 1)
            ]

    def task(self, item_id: int, person_id: int) -> Task:
        """Give an item with what this person gave of it already.

        Raises:
            InvalidRating: it is not this person's to rate.
        """
        with self._database.reading() as session:
            return _read_task(session, item_id, person_id)

    def next_task(
        self, campaign_id: int, person_id: int, *, after: int | None = None
    ) -> Task | None:
        """Give the next item that is neither submitted nor discarded, or None when all are.

        It is the first one behind the item `after`, and from the beginning again behind the last.
        """
        tasks = self.tasks(campaign_id, person_id)
        place = next((t.number for t in tasks if t.item_id == after), 0)
        done = (RatingState.SUBMITTED, RatingState.DISCARDED)
        for task in (*tasks[place:], *tasks[:place]):
            if task.state not in done:
                return self.task(task.item_id, person_id)
        return None

    def save(self, item_id: int, person_id: int, marks: Marks, *, seconds: float = 0.0) -> None:
        """Keep marks as they are now; what was submitted stays so while it is complete.

        What was discarded stays so while nothing of it changes: somebody only went past it.

        `seconds` are those spent since the last save.

        Raises:
            InvalidRating: the item is not this person's, or its campaign is closed.
            ValueError: a criterion is unknown, or a score out of range.
        """
        self._keep(item_id, person_id, marks, None, seconds)

    def submit(self, item_id: int, person_id: int, marks: Marks, *, seconds: float = 0.0) -> None:
        """Keep marks and count them; they can be corrected until the campaign is closed.

        Raises:
            InvalidRating: as `save`, or a criterion is missing.
        """
        self._keep(item_id, person_id, marks, RatingState.SUBMITTED, seconds)

    def discard(self, item_id: int, person_id: int, marks: Marks, *, seconds: float = 0.0) -> None:
        """Keep that this person will not rate the item; the comment of `marks` says why.

        Raises:
            InvalidRating: as `save`, or no reason is given.
        """
        self._keep(item_id, person_id, marks, RatingState.DISCARDED, seconds)

    def progress(self, campaign_id: int, person_id: int) -> RaterProgress:
        """Say how far this person is."""
        with self._database.reading() as session:
            found = progress_of(session, campaign_id)
        none = RaterProgress(person_id, 0, 0, 0, 0, 0.0)
        return next((one for one in found if one.person_id == person_id), none)

    def _keep(
        self, item_id: int, person_id: int, marks: Marks, state: RatingState | None, seconds: float
    ) -> None:
        with self._database.reading() as session:
            place = _assigned(session, item_id, person_id)
            answer = session.get_one(AnswerRow, place.item.answer_id)
        _check(place, marks, state)
        confirms = any(articles_confirmed(answer, marks).values())
        with self._database.session() as session:  # short: the others wait for it
            row = _row(session, place.assignment.id)
            before = row.state
            row.state = state or _state_after_saving(session, row, marks, place)
            row.submitted_at = now() if state is RatingState.SUBMITTED else row.submitted_at
            row.seconds += min(max(seconds, 0.0), LONGEST_STEP)
            row.saved_at = now()
            write_marks(row, marks)
            write_scores(session, row, marks.scores)
            changed: Changed = {}
            if before == RatingState.SUBMITTED or (
                row.state == RatingState.SUBMITTED
                and (confirms or has_keys(session, place.item.question_identity))
            ):  # else it changes nothing of what the question leads to
                changed = review_question(session, answer.question)
        self._tell(changed)

    def _tell(self, changed: Changed) -> None:
        """Have the questions indexed, once they are kept."""
        for instrument, articles in changed.items() if self._on_confirmed else ():
            assert self._on_confirmed
            self._on_confirmed(instrument, articles)


class _Place(NamedTuple):
    """Where a rating belongs."""

    assignment: AssignmentRow
    item: CampaignItemRow
    campaign: CampaignRow

    @property
    def kind(self) -> TaskKind:
        return TaskKind.COMPARISON if self.item.other_answer_id else TaskKind.RATING

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return read_criteria(self.campaign) if self.kind is TaskKind.RATING else ()


def _check(place: _Place, marks: Marks, state: RatingState | None) -> None:
    check_marks(marks, place.criteria)
    if state is RatingState.SUBMITTED:
        check_whole(marks, place.criteria, place.kind)
    if state is RatingState.DISCARDED and not marks.comment.strip():
        raise InvalidRating("Dites en commentaire pourquoi vous écartez cette réponse.")


def _row(session: Session, assignment_id: int) -> ItemRatingRow:
    """Give the row to write in; refuse what was closed, or given away, since it was read."""
    query = (
        select(CampaignRow.name, CampaignRow.state, ItemRatingRow)
        .join(CampaignItemRow, CampaignItemRow.campaign_id == CampaignRow.id)
        .join(AssignmentRow, AssignmentRow.item_id == CampaignItemRow.id)
        .outerjoin(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .where(AssignmentRow.id == assignment_id)
    )
    found = session.execute(query).first()
    if found is None:
        raise InvalidRating(_NOT_YOURS)
    name, state, kept = found
    if state != CampaignState.OPEN:
        raise InvalidRating(f"La campagne « {name} » est close : rien n’a changé.")
    row: ItemRatingRow | None = kept
    if row is None:
        row = ItemRatingRow(assignment_id=assignment_id, state=RatingState.DRAFT, seconds=0.0)
        session.add(row)
    return row


def _state_after_saving(
    session: Session, row: ItemRatingRow, marks: Marks, place: _Place
) -> RatingState:
    """Leave submitted what is still complete, and discarded what is still the same."""
    if row.state == RatingState.DISCARDED:
        kept = read_marks(row, read_scores(session, row.assignment_id))
        return RatingState.DISCARDED if tidied(marks) == kept else RatingState.DRAFT
    if row.state != RatingState.SUBMITTED:
        return RatingState.DRAFT
    try:
        check_whole(marks, place.criteria, place.kind)
    except InvalidRating:
        return RatingState.DRAFT
    return RatingState.SUBMITTED


def _assigned(session: Session, item_id: int, person_id: int) -> _Place:
    query = (
        select(AssignmentRow, CampaignItemRow, CampaignRow)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .join(CampaignRow, CampaignRow.id == CampaignItemRow.campaign_id)
        .where(AssignmentRow.item_id == item_id, AssignmentRow.person_id == person_id)
    )
    found = session.execute(query).first()
    if found is None:
        raise InvalidRating(_NOT_YOURS)
    return _Place(found[0], found[1], found[2])


def _read_task(session: Session, item_id: int, person_id: int) -> Task:
    place = _assigned(session, item_id, person_id)
    assignment, item, campaign = place
    other = aliased(AnswerRow)
    first, second = session.execute(
        select(AnswerRow.content, other.content)
        .select_from(CampaignItemRow)
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
        .outerjoin(other, other.id == CampaignItemRow.other_answer_id)
        .where(CampaignItemRow.id == item.id)
    ).one()
    shown = [blind(content) for content in (first, second) if content is not None]
    order = session.scalars(
        select(AssignmentRow.item_id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign.id, AssignmentRow.person_id == person_id)
        .order_by(AssignmentRow.rank, AssignmentRow.id)
    ).all()
    number = order.index(item_id)
    row = session.get(ItemRatingRow, assignment.id)
    return Task(
        item_id=item_id,
        campaign_id=campaign.id,
        campaign_name=campaign.name,
        kind=place.kind,
        number=number + 1,
        total=len(order),
        question=first["question"],
        answers=tuple(reversed(shown) if assignment.swapped else shown),
        criteria=place.criteria,
        marks=read_marks(row, read_scores(session, assignment.id)) if row else Marks(),
        state=RatingState(row.state) if row else None,
        is_open=campaign.state == CampaignState.OPEN,
        previous=order[number - 1] if number else None,
        next=order[number + 1] if number + 1 < len(order) else None,
    )
