"""What campaigns say, for who may see it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import StillBlind
from assistant.evaluating.agreement import agreement_of
from assistant.evaluating.campaign_records import CampaignState
from assistant.evaluating.campaign_rows import find, is_blind
from assistant.evaluating.comparing import differences_of, duels_of, strengths_of
from assistant.evaluating.drift import drift_of
from assistant.evaluating.rated import CampaignRatings, load_ratings
from assistant.evaluating.result_records import CampaignResults, TrendPoint
from assistant.evaluating.scoring import group_of, groups_by, median_seconds, worst_answers
from assistant.storage.account_tables import PersonRow
from assistant.storage.campaign_tables import CampaignRow
from assistant.storage.database import Database

NO_KIND = "sans genre"
NO_INSTRUMENT = "sans texte"


class Results:
    """The results of campaigns, computed anew at each call from the submitted ratings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_campaign(self, campaign_id: int, *, person_id: int | None) -> CampaignResults:
        """Give what a campaign says; `person_id` is who looks, None for the command line.

        Raises:
            StillBlind: who looks rates in it, and it is not closed.
            InvalidCampaign: there is none of that number.
        """
        with self._database.session() as session:
            _check(session, find(session, campaign_id), person_id)
            gathered = load_ratings(session, campaign_id)
            worst = worst_answers(session, gathered)
            names = _names(session, {rating.person_id for rating in gathered.ratings})
        scored = [r for r in gathered.ratings if not gathered.items[r.item_id].is_comparison]
        criteria = [criterion.key for criterion in gathered.criteria]
        return CampaignResults(
            campaign=gathered.campaign,
            criteria=gathered.criteria,
            raters=names,
            all=group_of("", scored, criteria),
            by_kind=groups_by(gathered, scored, lambda item: item.kind or NO_KIND),
            by_instrument=groups_by(gathered, scored, lambda i: i.instrument or NO_INSTRUMENT),
            by_configuration=groups_by(gathered, scored, lambda item: item.configuration),
            differences=tuple(differences_of(gathered)),
            duels=tuple(duels_of(gathered)),
            strengths=tuple(strengths_of(gathered)),
            worst=worst,
            agreement=agreement_of(gathered),
            drift=tuple(drift_of(gathered)),
            discarded=gathered.discarded,
            decisions=len(gathered.decided),
            seconds_median=median_seconds(gathered.ratings),
        )

    def trend(self, *, person_id: int | None) -> list[TrendPoint]:
        """Give the means of each configuration in each campaign, oldest first.

        Campaigns that who looks still rates in are left out.
        """
        query = (
            select(CampaignRow)
            .where(CampaignRow.state != CampaignState.DRAFT)
            .order_by(CampaignRow.opened_at, CampaignRow.id)
        )
        with self._database.session() as session:
            rows = list(session.scalars(query))
            seen = [r for r in rows if person_id is None or not is_blind(session, r, person_id)]
            gathered = [load_ratings(session, row.id) for row in seen]
        return [point for one in gathered for point in _points(one)]


def _points(gathered: CampaignRatings) -> Iterable[TrendPoint]:
    opened = gathered.campaign.opened_at
    assert opened
    scored = [r for r in gathered.ratings if r.scores]
    versions = {item.configuration: item.version for item in gathered.items.values()}
    for group in groups_by(gathered, scored, lambda item: item.configuration):
        yield TrendPoint(
            campaign=gathered.campaign.plan.name,
            day=opened.date(),
            version=versions[group.label],
            configuration=group.label,
            items=group.items,
            scores=group.scores,
        )


def _check(session: Session, campaign: CampaignRow, person_id: int | None) -> None:
    if person_id is not None and is_blind(session, campaign, person_id):
        raise StillBlind(campaign.name)


def _names(session: Session, people: set[int]) -> dict[int, str]:
    query = select(PersonRow).where(PersonRow.id.in_(people)).order_by(PersonRow.id)
    return {row.id: row.name for row in session.scalars(query)}
