"""Items on which raters disagree go to a reviewer, whose decision stands beside their ratings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from assistant.errors import InvalidRating
from assistant.evaluating.blinding import blind
from assistant.evaluating.campaign_records import (
    HIGHEST,
    LOWEST,
    CampaignState,
    Criterion,
    Marks,
    Preference,
    RatingState,
    TaskKind,
)
from assistant.evaluating.campaign_rows import find, is_blind, read_criteria
from assistant.evaluating.confirmed import Changed, review_question
from assistant.evaluating.marks import check_marks, check_whole, marks_columns, read_marks, turned
from assistant.evaluating.score_rows import named_scores, read_score_rows
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignMemberRow,
    CampaignRow,
    DecisionRow,
    ItemRatingRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow


@dataclass(frozen=True, slots=True)
class Disputed:
    """An item that several rated, not all alike."""

    item_id: int
    question: str
    disagreement: float  # 0 to 1: the mean distance of two ratings, of the longest possible
    raters: int
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A disputed item, as a reviewer sees it: raters have letters, configurations no name."""

    item_id: int
    campaign_id: int
    kind: TaskKind
    question: str
    answers: tuple[dict[str, Any], ...]  # in the item's own order
    criteria: tuple[Criterion, ...]
    ratings: tuple[tuple[str, Marks], ...]  # "A", "B", … ; preferences of the order above
    decision: Marks | None


class Adjudication:
    """The queue of a campaign, for its reviewers."""

    def __init__(
        self, database: Database, on_confirmed: Callable[[str, set[str]], object] | None = None
    ) -> None:
        """Keep decisions; `on_confirmed` is told the articles whose confirmed questions change."""
        self._database = database
        self._on_confirmed = on_confirmed

    def queue(self, campaign_id: int, person_id: int) -> list[Disputed]:
        """List the disputed items: those to decide first, the greatest disagreement first.

        Raises:
            InvalidRating: this person does not review in that campaign.
        """
        with self._database.reading() as session:
            campaign = find(session, campaign_id)
            _check_reviewer(session, campaign, person_id)
            rated = _ratings_of(session, campaign, CampaignItemRow.campaign_id == campaign.id)
            decided = set(session.scalars(select(DecisionRow.item_id)))
            query = (
                select(CampaignItemRow.id, AnswerRow.question)
                .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
                .where(CampaignItemRow.campaign_id == campaign_id)
                .order_by(CampaignItemRow.position)
            )
            found = [
                Disputed(item_id, question, value, len(rated[item_id]), item_id in decided)
                for item_id, question in session.execute(query)
                if (value := disagreement(list(rated.get(item_id, {}).values()))) > 0
            ]
        return sorted(found, key=lambda one: (one.is_decided, -one.disagreement))

    def case(self, item_id: int, person_id: int) -> Case:
        """Give a disputed item with its ratings, and the last decision.

        Raises:
            InvalidRating: this person does not review in its campaign.
        """
        with self._database.reading() as session:
            item, campaign = _reviewed(session, item_id, person_id)
            other = aliased(AnswerRow)
            contents = session.execute(
                select(AnswerRow.content, other.content)
                .select_from(CampaignItemRow)
                .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
                .outerjoin(other, other.id == CampaignItemRow.other_answer_id)
                .where(CampaignItemRow.id == item_id)
            ).one()
            rated = _ratings_of(session, campaign, CampaignItemRow.id == item_id).get(item_id, {})
            kind = TaskKind.COMPARISON if item.other_answer_id else TaskKind.RATING
            return Case(
                item_id=item_id,
                campaign_id=campaign.id,
                kind=kind,
                question=contents[0]["question"],
                answers=tuple(blind(content) for content in contents if content is not None),
                criteria=read_criteria(campaign.criteria) if kind is TaskKind.RATING else (),
                ratings=tuple(zip(_letters(), rated.values(), strict=False)),
                decision=_last_decision(session, item_id),
            )

    def decide(self, item_id: int, person_id: int, marks: Marks) -> None:
        """Keep a decision; the ratings, and earlier decisions, stay as they are.

        Raises:
            InvalidRating: this person does not review in its campaign, or a criterion is missing.
            ValueError: a criterion is unknown, or a score out of range.
        """
        with self._database.session() as session:
            item, campaign = _reviewed(session, item_id, person_id)
            kind = TaskKind.COMPARISON if item.other_answer_id else TaskKind.RATING
            criteria = read_criteria(campaign.criteria) if kind is TaskKind.RATING else ()
            check_marks(marks, criteria)
            check_whole(marks, criteria, kind)
            given = {"scores": dict(marks.scores), **marks_columns(marks)}
            session.add(DecisionRow(item_id=item_id, person_id=person_id, **given))
            session.flush()
            question = session.get_one(AnswerRow, item.answer_id).question
            changed: Changed = review_question(session, question)
        for instrument, articles in changed.items() if self._on_confirmed else ():
            assert self._on_confirmed
            self._on_confirmed(instrument, articles)


def disagreement(ratings: Sequence[Marks]) -> float:
    """Give the mean distance of two ratings, 0 to 1, over pairs and over what both gave.

    Of two scores it is their distance as a part of the scale; of two preferences 0 or 1, and
    half of that from a tie.
    """
    distances = [
        distance
        for place, one in enumerate(ratings)
        for other in ratings[place + 1 :]
        for distance in _distances(one, other)
    ]
    return sum(distances) / len(distances) if distances else 0.0


def _distances(one: Marks, other: Marks) -> Iterable[float]:
    for key in one.scores.keys() & other.scores.keys():
        yield abs(one.scores[key] - other.scores[key]) / (HIGHEST - LOWEST)
    if one.preference and other.preference:
        places = [Preference.FIRST, Preference.TIE, Preference.SECOND]
        yield abs(places.index(one.preference) - places.index(other.preference)) / 2


def _letters() -> Iterable[str]:
    return (chr(ord("A") + place) for place in range(26))


def _ratings_of(
    session: Session, campaign: CampaignRow, items: ColumnElement[bool]
) -> Mapping[int, Mapping[int, Marks]]:
    """Give item → rater → submitted marks; preferences are those of the item's own order."""
    query = (
        select(AssignmentRow, ItemRatingRow)
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(items, ItemRatingRow.state == RatingState.SUBMITTED)
        .order_by(AssignmentRow.rank, AssignmentRow.id)  # a letter gives no name away
    )
    criteria = [criterion.key for criterion in read_criteria(campaign.criteria)]
    scores = read_score_rows(session, items, criteria)
    found: dict[int, dict[int, Marks]] = {}
    for assignment, rating in session.execute(query):
        marks = read_marks(rating, named_scores(criteria, scores.get(assignment.id)))
        marks = replace(marks, preference=turned(marks.preference, swapped=assignment.swapped))
        found.setdefault(assignment.item_id, {})[assignment.person_id] = marks
    return found


def _last_decision(session: Session, item_id: int) -> Marks | None:
    query = (
        select(DecisionRow).where(DecisionRow.item_id == item_id).order_by(DecisionRow.id.desc())
    )
    row = session.scalars(query.limit(1)).first()
    return read_marks(row, row.scores) if row else None


def _reviewed(
    session: Session, item_id: int, person_id: int
) -> tuple[CampaignItemRow, CampaignRow]:
    item = session.get(CampaignItemRow, item_id)
    if item is None:
        raise InvalidRating("Cette réponse ne fait partie d’aucune campagne.")
    campaign = find(session, item.campaign_id)
    _check_reviewer(session, campaign, person_id)
    return item, campaign


def _check_reviewer(session: Session, campaign: CampaignRow, person_id: int) -> None:
    member = session.get(CampaignMemberRow, (campaign.id, person_id, "reviewer"))
    if member is None or campaign.state == CampaignState.DRAFT:
        raise InvalidRating(f"Vous n’êtes pas réviseur de la campagne « {campaign.name} ».")
    if is_blind(session, campaign, person_id):
        raise InvalidRating(
            f"Vous avez noté dans la campagne « {campaign.name} » : "
            "les notes des autres restent cachées jusqu’à sa clôture."
        )
