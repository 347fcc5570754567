"""Campaigns as they are read from their rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import InvalidCampaign
from assistant.evaluating.campaign_records import (
    Campaign,
    CampaignPlan,
    CampaignState,
    Criterion,
)
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignMemberRow,
    CampaignRow,
    DecisionRow,
    ItemRatingRow,
)


def find(session: Session, campaign_id: int) -> CampaignRow:
    """Give the row of a campaign.

    Raises:
        InvalidCampaign: there is none of that number.
    """
    row = session.get(CampaignRow, campaign_id)
    if row is None:
        raise InvalidCampaign(f"n° {campaign_id}", "elle n’existe pas", "Vérifiez son numéro.")
    return row


def is_blind(session: Session, campaign: CampaignRow, person_id: int) -> bool:
    """See `Campaigns.is_blind`."""
    if campaign.state == CampaignState.CLOSED:
        return False
    named = select(CampaignMemberRow.person_id).where(
        CampaignMemberRow.campaign_id == campaign.id,
        CampaignMemberRow.person_id == person_id,
        CampaignMemberRow.part == "rater",
    )
    assigned = (
        select(AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign.id, AssignmentRow.person_id == person_id)
    )
    return any(session.scalars(query.limit(1)).first() is not None for query in (named, assigned))


def who_rated(session: Session, campaign_id: int) -> set[int]:
    """Give the people who began to rate in a campaign."""
    query = (
        select(AssignmentRow.person_id)
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign_id)
    )
    return set(session.scalars(query.distinct()))


def who_decided(session: Session, campaign_id: int) -> set[int]:
    """Give the reviewers who decided something in a campaign."""
    query = (
        select(DecisionRow.person_id)
        .join(CampaignItemRow, CampaignItemRow.id == DecisionRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign_id)
    )
    return set(session.scalars(query.distinct()))


def read_criteria(kept: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Give criteria as they are kept in the row of their campaign."""
    return tuple(Criterion(c["key"], c["name"], tuple(c["anchors"])) for c in kept)


def read_campaign(session: Session, row: CampaignRow) -> Campaign:
    """Give a campaign from its row."""
    members = session.scalars(
        select(CampaignMemberRow)
        .where(CampaignMemberRow.campaign_id == row.id)
        .order_by(CampaignMemberRow.position)
    ).all()
    count = select(func.count()).where(CampaignItemRow.campaign_id == row.id)
    return Campaign(
        id=row.id,
        plan=CampaignPlan(
            name=row.name,
            guidelines=row.guidelines,
            criteria=read_criteria(row.criteria),
            overlap_share=row.overlap_share,
            overlap_raters=row.overlap_raters,
            raters=tuple(m.person_id for m in members if m.part == "rater"),
            reviewers=tuple(m.person_id for m in members if m.part == "reviewer"),
            deadline=row.deadline,
        ),
        state=CampaignState(row.state),
        item_count=session.scalar(count) or 0,
        sources=tuple(row.sources),
        created_by=row.created_by,
        created_at=row.created_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
