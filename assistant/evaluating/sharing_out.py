"""Who rates what is written, each time the raters of an open campaign change."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.assignment import Assigned, Sharing, assign, is_swapped, rank
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignRow,
    ItemRatingRow,
)


def share_out(session: Session, row: CampaignRow, raters: Sequence[int]) -> None:
    """Write who rates what; what was begun stays."""
    items = list(
        session.scalars(
            select(CampaignItemRow.id)
            .where(CampaignItemRow.campaign_id == row.id)
            .order_by(CampaignItemRow.position)
        )
    )
    query = (
        select(AssignmentRow, ItemRatingRow.state)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .outerjoin(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .where(CampaignItemRow.campaign_id == row.id)
    )
    before: dict[Assigned, AssignmentRow] = {}
    begun: set[Assigned] = set()
    for assignment, state in session.execute(query):
        one = Assigned(assignment.item_id, assignment.person_id)
        before[one] = assignment
        if state is not None:
            begun.add(one)
    after = assign(
        items,
        raters,
        Sharing(row.seed, row.overlap_share, row.overlap_raters),
        kept=before,
        begun=begun,
    )
    for one in before.keys() - after:
        session.delete(before[one])
    session.add_all(
        AssignmentRow(
            item_id=one.item,
            person_id=one.rater,
            rank=rank(row.seed, one),
            swapped=is_swapped(row.seed, one),
        )
        for one in sorted(after - before.keys())
    )
    session.flush()
