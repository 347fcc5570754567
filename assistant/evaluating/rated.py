"""The submitted ratings of a campaign, read at once for what is computed from them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import (
    Campaign,
    Criterion,
    Preference,
    RatingState,
)
from assistant.evaluating.campaign_rows import find, read_campaign
from assistant.evaluating.marks import turned
from assistant.evaluating.score_rows import read_score_rows
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    ConfigurationRow,
    DecisionRow,
    ItemRatingRow,
)
from assistant.storage.tables import AnswerRow

Asked = tuple[str, str, str]
"""The words of a question, the date of launch ("": none), and the texts that governed it."""

Scores = npt.NDArray[np.float64]
"""Ratings × criteria: 1 to 5, NaN where a rating leaves a criterion out."""


@dataclass(frozen=True, slots=True)
class RatedItem:
    """An item of a campaign, with what no rater is told."""

    id: int
    question: str
    identity: str  # of the words of the question
    kind: str
    instrument: str
    launched: str | None  # ISO date, of the procedure
    answer_id: str
    configuration: str
    version: str
    other_answer_id: str | None  # of a comparison
    other_configuration: str | None

    @property
    def asked(self) -> Asked:
        """What is the same of all answers to one question."""
        return self.identity, self.launched or "", self.instrument

    @property
    def is_comparison(self) -> bool:
        """Whether two answers are compared."""
        return self.other_answer_id is not None


@dataclass(frozen=True, slots=True)
class Rating:
    """A submitted rating; its scores are a row of `CampaignRatings.scores`."""

    item_id: int
    person_id: int
    preference: Preference | None  # of the item's own order
    comment: str
    seconds: float
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class CampaignRatings:
    """What a campaign gathered."""

    campaign: Campaign
    items: Mapping[int, RatedItem]  # in their order
    ratings: Sequence[Rating]  # submitted, oldest first
    scores: Scores  # a row for each of these, a column for each criterion
    by_item: Mapping[int, Sequence[Rating]]  # of the items that have some
    discarded: int
    decided: frozenset[int]  # items that a reviewer decided

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the campaign."""
        return self.campaign.plan.criteria


def load_ratings(session: Session, campaign_id: int) -> CampaignRatings:
    """Read what a campaign gathered.

    Raises:
        InvalidCampaign: there is none of that number.
    """
    campaign = read_campaign(session, find(session, campaign_id))
    decided = (
        select(DecisionRow.item_id)
        .join(CampaignItemRow, CampaignItemRow.id == DecisionRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign_id)
    )
    ratings, scores, discarded = _ratings(session, campaign)
    by_item: dict[int, list[Rating]] = defaultdict(list)
    for rating in ratings:
        by_item[rating.item_id].append(rating)
    return CampaignRatings(
        campaign=campaign,
        items=read_items(session, campaign_id),
        ratings=ratings,
        scores=scores,
        by_item=by_item,
        discarded=discarded,
        decided=frozenset(session.scalars(decided)),
    )


def read_items(session: Session, campaign_id: int) -> dict[int, RatedItem]:
    """Give the items of a campaign in their order."""
    query = (
        select(
            CampaignItemRow.id,
            AnswerRow.question,
            CampaignItemRow.question_identity,
            CampaignItemRow.question_kind,
            CampaignItemRow.instrument,
            AnswerRow.content["regime", "launched"].as_string().label("launched"),
            CampaignItemRow.answer_id,
            CampaignItemRow.configuration_id,
            CampaignItemRow.other_answer_id,
            CampaignItemRow.other_configuration_id,
        )
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
        .where(CampaignItemRow.campaign_id == campaign_id)
        .order_by(CampaignItemRow.position)
    )
    known = {row.id: row for row in session.scalars(select(ConfigurationRow))}
    return {
        row.id: RatedItem(
            id=row.id,
            question=row.question,
            identity=row.question_identity,
            kind=row.question_kind,
            instrument=row.instrument,
            launched=row.launched,
            answer_id=row.answer_id,
            configuration=known[row.configuration_id].name,
            version=str(known[row.configuration_id].settings.get("version") or ""),
            other_answer_id=row.other_answer_id,
            other_configuration=(
                known[row.other_configuration_id].name if row.other_answer_id else None
            ),
        )
        for row in session.execute(query)
    }


def _ratings(session: Session, campaign: Campaign) -> tuple[list[Rating], Scores, int]:
    """Give the submitted ratings, their scores, and how many ratings were discarded."""
    of_campaign = CampaignItemRow.campaign_id == campaign.id
    query = (
        select(
            AssignmentRow.id,
            AssignmentRow.item_id,
            AssignmentRow.person_id,
            AssignmentRow.swapped,
            ItemRatingRow.state,
            ItemRatingRow.preference,
            ItemRatingRow.comment,
            ItemRatingRow.seconds,
            ItemRatingRow.submitted_at,
        )
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(of_campaign)
        .order_by(ItemRatingRow.submitted_at, AssignmentRow.id)
    )
    rows = session.execute(query).all()
    submitted = [row for row in rows if row.state == RatingState.SUBMITTED]
    ratings = [
        Rating(
            item_id=row.item_id,
            person_id=row.person_id,
            preference=_own_order(row.preference, swapped=row.swapped),
            comment=row.comment,
            seconds=row.seconds,
            submitted_at=row.submitted_at,
        )
        for row in submitted
    ]
    criteria = [criterion.key for criterion in campaign.plan.criteria]
    given = read_score_rows(session, of_campaign, criteria)
    nothing = [None] * len(criteria)
    scores = np.array([given.get(row.id, nothing) for row in submitted], dtype=float)
    discarded = sum(row.state == RatingState.DISCARDED for row in rows)
    return ratings, scores.reshape(len(submitted), len(criteria)), discarded


def _own_order(preference: str | None, *, swapped: bool) -> Preference | None:
    return turned(Preference(preference), swapped=swapped) if preference else None
