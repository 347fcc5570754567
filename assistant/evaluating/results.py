"""What campaigns say, for who may see it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import StillBlind
from assistant.evaluating.agreement import agreement_of
from assistant.evaluating.campaign_records import CampaignState
from assistant.evaluating.campaign_rows import find, is_blind, read_campaign
from assistant.evaluating.comparing import differences_of, duels_of, strengths_of
from assistant.evaluating.drift import drift_of
from assistant.evaluating.rated import CampaignRatings, RatedItem, load_ratings
from assistant.evaluating.result_records import CampaignResults, TrendPoint, WorstAnswer
from assistant.evaluating.scoring import ScoreTable, median_seconds, worst_answers
from assistant.storage.account_tables import PersonRow
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignRow,
    DecisionRow,
    ItemRatingRow,
)
from assistant.storage.database import Database

NO_KIND = "sans genre"
NO_INSTRUMENT = "sans texte"


class Results:
    """The results of campaigns, from the submitted ratings; safe for several people at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._computed: dict[int, tuple[object, CampaignResults]] = {}

    def of_campaign(self, campaign_id: int, *, person_id: int | None) -> CampaignResults:
        """Give what a campaign says; `person_id` is who looks, None for the command line.

        It is computed once for the same ratings: a screen may ask at each of its reruns.

        Raises:
            StillBlind: who looks rates in it, and it is not closed.
            InvalidCampaign: there is none of that number.
        """
        with self._database.reading() as session:
            row = find(session, campaign_id)
            _check(session, row, person_id)
            state = _state_of(session, row)
            known, results = self._computed.get(campaign_id, (None, None))
            if results is not None and known == state:
                return results
            gathered = load_ratings(session, campaign_id)
            worst = worst_answers(session, gathered)
            names = _names(session, {rating.person_id for rating in gathered.ratings})
        results = _compute(gathered, worst, names)
        self._computed[campaign_id] = state, results
        return results

    def trend(self, *, person_id: int | None) -> list[TrendPoint]:
        """Give the means of each configuration in each campaign, oldest first.

        Campaigns that who looks still rates in are left out.
        """
        query = (
            select(CampaignRow)
            .where(CampaignRow.state != CampaignState.DRAFT)
            .order_by(CampaignRow.opened_at, CampaignRow.id)
        )
        with self._database.reading() as session:
            rows = list(session.scalars(query))
            seen = [r for r in rows if person_id is None or not is_blind(session, r, person_id)]
            gathered = [load_ratings(session, row.id) for row in seen]
        return [point for one in gathered for point in _points(one)]


def _compute(
    gathered: CampaignRatings, worst: tuple[WorstAnswer, ...], names: Mapping[int, str]
) -> CampaignResults:
    items, table = _table(gathered)
    return CampaignResults(
        campaign=gathered.campaign,
        criteria=gathered.criteria,
        raters=names,
        all=table.all(),
        by_kind=table.by([item.kind or NO_KIND for item in items]),
        by_instrument=table.by([item.instrument or NO_INSTRUMENT for item in items]),
        by_configuration=table.by([item.configuration for item in items]),
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


def _points(gathered: CampaignRatings) -> Iterable[TrendPoint]:
    opened = gathered.campaign.opened_at
    assert opened
    items, table = _table(gathered)
    versions = {item.configuration: item.version for item in gathered.items.values()}
    for group in table.by([item.configuration for item in items]):
        yield TrendPoint(
            campaign=gathered.campaign.plan.name,
            day=opened.date(),
            version=versions[group.label],
            configuration=group.label,
            items=group.items,
            scores=group.scores,
        )


def _table(gathered: CampaignRatings) -> tuple[list[RatedItem], ScoreTable]:
    """Give the scores of what is no comparison, and the item of each row."""
    rows = [(gathered.items[rating.item_id], rating) for rating in gathered.ratings]
    scored = [(item, rating) for item, rating in rows if not item.is_comparison]
    criteria = [criterion.key for criterion in gathered.criteria]
    return [item for item, _ in scored], ScoreTable([rating for _, rating in scored], criteria)


def _state_of(session: Session, campaign: CampaignRow) -> object:
    """Name what results rest on: it is another one when a rating, or a decision, is kept."""
    rated = (
        select(func.count(), func.max(ItemRatingRow.saved_at))
        .select_from(ItemRatingRow)
        .join(AssignmentRow, AssignmentRow.id == ItemRatingRow.assignment_id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign.id)
    )
    return (
        read_campaign(session, campaign),
        tuple(session.execute(rated).one()),
        session.scalar(select(func.max(DecisionRow.id))),
    )


def _check(session: Session, campaign: CampaignRow, person_id: int | None) -> None:
    if person_id is not None and is_blind(session, campaign, person_id):
        raise StillBlind(campaign.name)


def _names(session: Session, people: set[int]) -> dict[int, str]:
    query = select(PersonRow).where(PersonRow.id.in_(people)).order_by(PersonRow.id)
    return {row.id: row.name for row in session.scalars(query)}
