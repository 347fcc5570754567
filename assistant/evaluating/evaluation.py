"""Human evaluation as the screens, the API and the command line use it."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.evaluating.adjudication import Adjudication
from assistant.evaluating.campaign_export import CampaignExport
from assistant.evaluating.campaign_items import CampaignItems
from assistant.evaluating.campaigns import Campaigns
from assistant.evaluating.rating_work import RatingWork
from assistant.evaluating.results import Results
from assistant.evaluating.reviewed import ReviewedAnswers
from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The services of human evaluation, on one database."""

    campaigns: Campaigns
    items: CampaignItems
    work: RatingWork
    adjudication: Adjudication
    results: Results
    export: CampaignExport
    reviewed: ReviewedAnswers


def open_evaluation(
    database: Database, on_confirmed: Callable[[str, set[str]], object] | None = None
) -> Evaluation:
    """Put the services together; `on_confirmed` is told what questions are newly confirmed."""
    return Evaluation(
        campaigns=Campaigns(database),
        items=CampaignItems(database),
        work=RatingWork(database, on_confirmed),
        adjudication=Adjudication(database, on_confirmed),
        results=Results(database),
        export=CampaignExport(database),
        reviewed=ReviewedAnswers(database),
    )
