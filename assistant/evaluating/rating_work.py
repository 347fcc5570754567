"""What a rater does: the next item, marks saved at every step, submitted or discarded.

What is given to a rater has neither the configuration nor anybody else's marks (see `Task`).
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from assistant.errors import InvalidRating
from assistant.evaluating.blinding import blind
from assistant.evaluating.campaign_records import (
    CampaignState,
    Marks,
    RaterProgress,
    RatingState,
    Task,
    TaskKind,
    TaskSummary,
)
from assistant.evaluating.campaign_rows import read_criteria
from assistant.evaluating.confirmed import Changed, review_question
from assistant.evaluating.marks import (
    check_marks,
    check_whole,
    marks_columns,
    read_marks,
    read_scores,
    tidied,
)
from assistant.evaluating.rater_progress import progress_of
from assistant.evaluating.rating_rows import (
    NOT_YOURS,
    Place,
    find_place,
    read_kept,
    write_rating,
)
from assistant.evaluating.verdicts import articles_confirmed
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignRow,
    ItemRatingRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, now

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
            place = find_place(session, item_id, person_id)
        _check(place, marks, state)
        confirms = any(articles_confirmed(place.answer, marks).values())
        columns = marks_columns(marks)
        spent = min(max(seconds, 0.0), LONGEST_STEP)
        with self._database.session() as session:  # short: the others wait for it
            kept = read_kept(session, place.assignment_id)
            after = state or _state_after_saving(session, place, kept.state, marks)
            columns |= {
                "state": after,
                "seconds": kept.seconds + spent,
                "saved_at": now(),
                "submitted_at": now() if state is RatingState.SUBMITTED else kept.submitted_at,
            }
            is_new = kept.state is None
            write_rating(session, place.assignment_id, columns, marks.scores, is_new=is_new)
            changed: Changed = {}
            if kept.state is RatingState.SUBMITTED or (
                after is RatingState.SUBMITTED and (confirms or kept.has_keys)
            ):  # else it changes nothing of what the question leads to
                changed = review_question(session, place.answer.question)
        self._tell(changed)

    def _tell(self, changed: Changed) -> None:
        """Have the questions indexed, once they are kept."""
        for instrument, articles in changed.items() if self._on_confirmed else ():
            assert self._on_confirmed
            self._on_confirmed(instrument, articles)


def _check(place: Place, marks: Marks, state: RatingState | None) -> None:
    check_marks(marks, place.criteria)
    if state is RatingState.SUBMITTED:
        check_whole(marks, place.criteria, place.kind)
    if state is RatingState.DISCARDED and not marks.comment.strip():
        raise InvalidRating("Dites en commentaire pourquoi vous écartez cette réponse.")


def _state_after_saving(
    session: Session, place: Place, before: RatingState | None, marks: Marks
) -> RatingState:
    """Leave submitted what is still complete, and discarded what is still the same."""
    if before is RatingState.DISCARDED:
        row = session.get_one(ItemRatingRow, place.assignment_id)
        kept = read_marks(row, read_scores(session, place.assignment_id))
        return RatingState.DISCARDED if tidied(marks) == kept else RatingState.DRAFT
    if before is not RatingState.SUBMITTED:
        return RatingState.DRAFT
    try:
        check_whole(marks, place.criteria, place.kind)
    except InvalidRating:
        return RatingState.DRAFT
    return RatingState.SUBMITTED


def _read_task(session: Session, item_id: int, person_id: int) -> Task:
    query = (
        select(AssignmentRow, CampaignItemRow, CampaignRow)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .join(CampaignRow, CampaignRow.id == CampaignItemRow.campaign_id)
        .where(AssignmentRow.item_id == item_id, AssignmentRow.person_id == person_id)
    )
    found = session.execute(query).first()
    if found is None:
        raise InvalidRating(NOT_YOURS)
    assignment, item, campaign = found
    kind = TaskKind.COMPARISON if item.other_answer_id else TaskKind.RATING
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
        kind=kind,
        number=number + 1,
        total=len(order),
        question=first["question"],
        answers=tuple(reversed(shown) if assignment.swapped else shown),
        criteria=read_criteria(campaign.criteria) if kind is TaskKind.RATING else (),
        marks=read_marks(row, read_scores(session, assignment.id)) if row else Marks(),
        state=RatingState(row.state) if row else None,
        is_open=campaign.state == CampaignState.OPEN,
        previous=order[number - 1] if number else None,
        next=order[number + 1] if number + 1 < len(order) else None,
    )
