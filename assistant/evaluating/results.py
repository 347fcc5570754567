"""What campaigns say, for who may see it."""

from collections.abc import Mapping, Sequence

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
        self._results: dict[int, tuple[object, CampaignResults]] = {}
        self._points: dict[int, tuple[object, Sequence[TrendPoint]]] = {}

    def of_campaign(self, campaign_id: int, *, person_id: int | None) -> CampaignResults:
        """Give what a campaign says; `person_id` is who looks, None for the command line.

        It is computed once for the same ratings: a screen may ask at each of its reruns.

        Raises:
            StillBlind: who looks rates in it, and it is not closed.
            InvalidCampaign: there is none of that number.
        """
        with self._database.reading() as session:
            row = find(session, campaign_id)
            if person_id is not None and is_blind(session, row, person_id):
                raise StillBlind(row.name)
            state = _state_of(session, row)
            known, results = self._results.get(campaign_id, (None, None))
            if results is not None and known == state:
                return results
            gathered = load_ratings(session, campaign_id)
            worst = worst_answers(session, gathered)
            names = _names(session, {rating.person_id for rating in gathered.ratings})
        results = _compute(gathered, worst, names)
        self._results[campaign_id] = state, results
        return results

    def trend(self, *, person_id: int | None) -> list[TrendPoint]:
        """Give the means of each configuration in each campaign, oldest first.

        Campaigns that who looks still rates in are left out. The points of a campaign, too, are
        computed once for the same ratings.
        """
        query = (
            select(CampaignRow)
            .where(CampaignRow.state != CampaignState.DRAFT)
            .order_by(CampaignRow.opened_at, CampaignRow.id)
        )
        with self._database.reading() as session:
            return [
                point
                for row in session.scalars(query).all()
                if person_id is None or not is_blind(session, row, person_id)
                for point in self._points_of(session, row)
            ]

    def _points_of(self, session: Session, campaign: CampaignRow) -> Sequence[TrendPoint]:
        state = _state_of(session, campaign)
        known, points = self._points.get(campaign.id, (None, ()))
        if known != state:
            points = _points(load_ratings(session, campaign.id))
            self._points[campaign.id] = state, points
        return points


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


def _points(gathered: CampaignRatings) -> list[TrendPoint]:
    opened = gathered.campaign.opened_at
    assert opened
    items, table = _table(gathered)
    versions = {item.configuration: item.version for item in gathered.items.values()}
    return [
        TrendPoint(
            campaign_id=gathered.campaign.id,
            campaign=gathered.campaign.plan.name,
            day=opened.date(),
            version=versions[group.label],
            configuration=group.label,
            items=group.items,
            scores=group.scores,
        )
        for group in table.by([item.configuration for item in items])
    ]


def _table(gathered: CampaignRatings) -> tuple[list[RatedItem], ScoreTable]:
    """Give the scores of what is no comparison, and the item of each row."""
    items = [gathered.items[rating.item_id] for rating in gathered.ratings]
    rows = [row for row, item in enumerate(items) if not item.is_comparison]
    scored = [items[row] for row in rows]
    criteria = [criterion.key for criterion in gathered.criteria]
    return scored, ScoreTable([item.id for item in scored], gathered.scores[rows], criteria)


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


def _names(session: Session, people: set[int]) -> dict[int, str]:
    query = select(PersonRow).where(PersonRow.id.in_(people)).order_by(PersonRow.id)
    return {row.id: row.name for row in session.scalars(query)}
