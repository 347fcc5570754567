"""How far the raters of a campaign are."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import RaterProgress, RatingState
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignMemberRow,
    ItemRatingRow,
)


def progress_of(session: Session, campaign_id: int) -> list[RaterProgress]:
    """Count what each rater did, in the order they were named; who left comes last."""
    members = session.scalars(
        select(CampaignMemberRow.person_id)
        .where(CampaignMemberRow.campaign_id == campaign_id, CampaignMemberRow.part == "rater")
        .order_by(CampaignMemberRow.position)
    ).all()
    query = (
        select(
            AssignmentRow.person_id,
            func.count(),
            *(
                func.sum(case((ItemRatingRow.state == state, 1), else_=0))
                for state in (RatingState.SUBMITTED, RatingState.DRAFT, RatingState.DISCARDED)
            ),
            func.coalesce(func.sum(ItemRatingRow.seconds), 0.0),
        )
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .outerjoin(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .where(CampaignItemRow.campaign_id == campaign_id)
        .group_by(AssignmentRow.person_id)
        .order_by(AssignmentRow.person_id)
    )
    counted = {row[0]: RaterProgress(*row) for row in session.execute(query)}
    return [
        counted.get(person) or RaterProgress(person, 0, 0, 0, 0, 0.0)
        for person in dict.fromkeys([*members, *counted])
    ]
