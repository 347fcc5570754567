"""Campaigns: made by an administrator, opened to raters, closed for good."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import InvalidCampaign
from assistant.evaluating.campaign_records import (
    Campaign,
    CampaignPlan,
    CampaignState,
    Criterion,
    RaterCampaign,
    RaterProgress,
)
from assistant.evaluating.campaign_rows import (
    find,
    is_blind,
    read_campaign,
    read_criteria,
    who_decided,
    who_rated,
)
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.evaluating.plan_checks import check_change, check_plan
from assistant.evaluating.rater_progress import progress_of
from assistant.evaluating.sharing_out import share_out
from assistant.storage.campaign_tables import (
    CampaignMemberRow,
    CampaignRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import now


class Campaigns:
    """The kept campaigns; safe for several people at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, plan: CampaignPlan, *, by: int | None) -> Campaign:
        """Keep a new campaign, to which items can be added.

        Raises:
            InvalidCampaign: the plan cannot be kept.
        """
        check_plan(plan)
        with self._database.session() as session:
            row = CampaignRow(created_by=by, seed=secrets.randbelow(2**31), sources=[])
            _write(row, plan)
            session.add(row)
            session.flush()
            _write_members(session, row.id, plan)
            return read_campaign(session, row)

    def change(self, campaign_id: int, plan: CampaignPlan) -> Campaign:
        """Change a campaign; once it is open, its criteria and its overlap stay as they are.

        When raters join or leave an open campaign, what was begun stays with who began it.

        Raises:
            InvalidCampaign: the plan cannot be kept, or the campaign is closed.
        """
        check_plan(plan)
        with self._database.session() as session:
            row = find(session, campaign_id)
            rated, decided = who_rated(session, row.id), who_decided(session, row.id)
            check_change(read_campaign(session, row), plan, rated=rated, decided=decided)
            _write(row, plan)
            _write_members(session, row.id, plan)
            if row.state == CampaignState.OPEN:
                share_out(session, row, plan.raters)
            return read_campaign(session, row)

    def open(self, campaign_id: int) -> Campaign:
        """Give every rater what to rate, and let them begin.

        Raises:
            InvalidCampaign: there is nothing to rate, nobody to do it, or it was opened already.
        """
        with self._database.session() as session:
            row = find(session, campaign_id)
            campaign = read_campaign(session, row)
            if campaign.state is not CampaignState.DRAFT:
                raise InvalidCampaign(row.name, "elle a déjà été ouverte", "Créez-en une autre.")
            if not campaign.item_count:
                raise InvalidCampaign(row.name, "elle n’a rien à noter", "Ajoutez des réponses.")
            if not campaign.plan.raters:
                raise InvalidCampaign(row.name, "elle n’a aucun relecteur", "Nommez-en un.")
            row.state, row.opened_at = CampaignState.OPEN, now()
            share_out(session, row, campaign.plan.raters)
            return read_campaign(session, row)

    def close(self, campaign_id: int) -> Campaign:
        """End the rating for good: raters may now see what was hidden from them.

        Raises:
            InvalidCampaign: it is not open.
        """
        with self._database.session() as session:
            row = find(session, campaign_id)
            if row.state != CampaignState.OPEN:
                raise InvalidCampaign(row.name, "elle n’est pas ouverte", "Rien n’a été changé.")
            row.state, row.closed_at = CampaignState.CLOSED, now()
            return read_campaign(session, row)

    def delete(self, campaign_id: int) -> None:
        """Delete a campaign that was never opened.

        Raises:
            InvalidCampaign: people rate, or rated, in it.
        """
        with self._database.session() as session:
            row = find(session, campaign_id)
            if row.state != CampaignState.DRAFT:
                raise InvalidCampaign(
                    row.name, "des notes y ont été prises", "Clôturez-la : rien n’est perdu."
                )
            session.delete(row)

    def get(self, campaign_id: int) -> Campaign:
        """Give a campaign as its administrator sees it.

        Raises:
            InvalidCampaign: there is none of that number.
        """
        with self._database.reading() as session:
            return read_campaign(session, find(session, campaign_id))

    def all(self) -> list[Campaign]:
        """Give every campaign, the latest first."""
        query = select(CampaignRow).order_by(CampaignRow.id.desc())
        with self._database.reading() as session:
            return [read_campaign(session, row) for row in session.scalars(query)]

    def of_rater(self, person_id: int) -> list[RaterCampaign]:
        """Give the open campaigns in which a person rates, the nearest deadline first."""
        query = (
            select(CampaignRow)
            .join(CampaignMemberRow, CampaignMemberRow.campaign_id == CampaignRow.id)
            .where(CampaignMemberRow.person_id == person_id, CampaignMemberRow.part == "rater")
            .where(CampaignRow.state == CampaignState.OPEN)
            .order_by(CampaignRow.deadline.is_(None), CampaignRow.deadline, CampaignRow.id)
        )
        with self._database.reading() as session:
            return [_for_rater(session, row, person_id) for row in session.scalars(query)]

    def of_reviewer(self, person_id: int) -> list[Campaign]:
        """Give the campaigns, open or closed, in which a person reviews, the latest first.

        One in which they rated too comes once it is closed.
        """
        query = select(CampaignMemberRow.campaign_id).where(
            CampaignMemberRow.person_id == person_id, CampaignMemberRow.part == "reviewer"
        )
        with self._database.reading() as session:
            reviewed = {
                one
                for one in session.scalars(query)
                if not is_blind(session, find(session, one), person_id)
            }
        return [c for c in self.all() if c.id in reviewed and c.state is not CampaignState.DRAFT]

    def progress(self, campaign_id: int) -> list[RaterProgress]:
        """Say how far each rater is, in the order they were named; who left comes last."""
        with self._database.reading() as session:
            return progress_of(session, campaign_id)

    def is_blind(self, campaign_id: int, person_id: int) -> bool:
        """Whether this person must not see configurations and others' marks: a rater, until closed.

        Who rated before leaving the campaign is still one of its raters.
        """
        with self._database.reading() as session:
            return is_blind(session, find(session, campaign_id), person_id)

    def blind_in(self, person_id: int) -> str | None:
        """Name an open campaign that makes this person blind (see `is_blind`); None: there is none.

        Such a person is given nothing that names what wrote an answer.
        """
        query = select(CampaignRow).where(CampaignRow.state == CampaignState.OPEN)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(CampaignRow.id))
            return next((row.name for row in rows if is_blind(session, row, person_id)), None)


def _for_rater(session: Session, row: CampaignRow, person_id: int) -> RaterCampaign:
    found = {one.person_id: one for one in progress_of(session, row.id)}
    return RaterCampaign(
        id=row.id,
        name=row.name,
        guidelines=row.guidelines,
        criteria=read_criteria(row.criteria),
        deadline=row.deadline,
        state=CampaignState(row.state),
        progress=found[person_id],
    )


def _write(row: CampaignRow, plan: CampaignPlan) -> None:
    criteria: Sequence[Criterion] = plan.criteria or DEFAULT_CRITERIA
    row.name = " ".join(plan.name.split())
    row.guidelines = plan.guidelines.strip()
    row.criteria = [_plain(asdict(criterion)) for criterion in criteria]
    row.overlap_share, row.overlap_raters = plan.overlap_share, plan.overlap_raters
    row.deadline = plan.deadline


def _plain(criterion: dict[str, Any]) -> dict[str, Any]:
    return {**criterion, "anchors": list(criterion["anchors"])}


def _write_members(session: Session, campaign_id: int, plan: CampaignPlan) -> None:
    session.execute(delete(CampaignMemberRow).where(CampaignMemberRow.campaign_id == campaign_id))
    for part, people in (("rater", plan.raters), ("reviewer", plan.reviewers)):
        session.add_all(
            CampaignMemberRow(campaign_id=campaign_id, person_id=one, part=part, position=place)
            for place, one in enumerate(dict.fromkeys(people))
        )
    session.flush()
