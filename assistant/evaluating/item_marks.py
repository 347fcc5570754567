"""What raters and the reviewer gave each item of a campaign."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import Marks, RatingState
from assistant.evaluating.campaign_rows import find, read_criteria
from assistant.evaluating.marks import read_marks
from assistant.evaluating.score_rows import named_scores, read_score_rows
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    DecisionRow,
    ItemRatingRow,
)


@dataclass(slots=True)
class ItemMarks:
    """The submitted ratings of an item, oldest first, and the last decision."""

    ratings: list[Marks] = field(default_factory=list)
    decision: Marks | None = None


def marks_of_items(session: Session, campaign_id: int) -> dict[int, ItemMarks]:
    """Give item → marks, for the items that have some."""
    of_campaign = CampaignItemRow.campaign_id == campaign_id
    criteria = [criterion.key for criterion in read_criteria(find(session, campaign_id).criteria)]
    scores = read_score_rows(session, of_campaign, criteria)
    found: dict[int, ItemMarks] = defaultdict(ItemMarks)
    rated = (
        select(AssignmentRow.item_id, ItemRatingRow)
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(of_campaign, ItemRatingRow.state == RatingState.SUBMITTED)
        .order_by(ItemRatingRow.submitted_at, AssignmentRow.id)
    )
    for item_id, rating in session.execute(rated):
        found[item_id].ratings.append(
            read_marks(rating, named_scores(criteria, scores.get(rating.assignment_id)))
        )
    decided = (
        select(DecisionRow)
        .join(CampaignItemRow, CampaignItemRow.id == DecisionRow.item_id)
        .where(of_campaign)
        .order_by(DecisionRow.id)
    )
    for decision in session.scalars(decided):
        found[decision.item_id].decision = read_marks(decision, decision.scores)
    return dict(found)
