"""Thirty questions answered by three configurations, and a campaign in which people rated them."""

from collections.abc import Iterator
from random import Random

import pytest

from assistant.evaluating.campaign_records import Campaign, CampaignPlan, Marks
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.result_records import CampaignResults, Figure, Measure
from assistant.storage.campaign_tables import CampaignRow
from assistant.storage.database import Database

from .campaign_data import ALI, ALL_FIVE, BADIA, CHAMA, keep_answers, keep_people

KEYS = list(ALL_FIVE)
QUALITY = {"Alpha": 3.2, "Beta": 3.9, "Gamma": 2.6}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path_factory.mktemp('results') / 'assistant.db'}")
    keep_people(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def evaluation(database: Database) -> Evaluation:
    return open_evaluation(database)


@pytest.fixture(scope="module")
def answers(database: Database) -> dict[str, list[str]]:
    """Thirty questions answered by three configurations."""
    return {
        name: keep_answers(database, 30, configuration=name, prefix=name, version=f"0.{place}")
        for place, name in enumerate(QUALITY, 1)
    }


@pytest.fixture(scope="module")
def rated(evaluation: Evaluation, database: Database, answers: dict[str, list[str]]) -> Campaign:
    """A campaign of 90 answers, half of them rated by two of three raters, with some drafts."""
    chance = Random(11)
    every = [one for name in QUALITY for one in answers[name]]
    plan = CampaignPlan("Novembre", overlap_share=0.5, raters=(ALI, BADIA, CHAMA))
    campaign = evaluation.campaigns.create(plan, by=None)
    evaluation.items.add_answers(campaign.id, every)
    with database.session() as session:  # else others rate others' answers at each run
        session.get_one(CampaignRow, campaign.id).seed = 11
    evaluation.campaigns.open(campaign.id)
    quality = {one: QUALITY[name] for name in QUALITY for one in answers[name]}
    for person in (ALI, BADIA, CHAMA):
        for place, task in enumerate(evaluation.work.tasks(campaign.id, person)):
            if place == 3 and person != CHAMA:
                evaluation.work.save(task.item_id, person, Marks(scores={"pertinence": 1}))
                continue
            if place == 4:
                evaluation.work.discard(task.item_id, person, Marks(comment="=Hors sujet"))
                continue
            base = quality[every[task.item_id - _first_item(evaluation, campaign)]]
            scores = {key: min(5, max(1, round(chance.gauss(base, 1.1)))) for key in KEYS}
            marks = Marks(scores=scores, comment=f"note {person}-{place}")
            evaluation.work.submit(task.item_id, person, marks, seconds=20 + place)
    return evaluation.campaigns.close(campaign.id)


def _first_item(evaluation: Evaluation, campaign: Campaign) -> int:
    tasks = [
        task.item_id
        for person in (ALI, BADIA, CHAMA)
        for task in evaluation.work.tasks(campaign.id, person)
    ]
    return min(tasks)


@pytest.fixture(scope="module")
def found(evaluation: Evaluation, rated: Campaign) -> CampaignResults:
    return evaluation.results.of_campaign(rated.id, person_id=None)


def value(measure: Measure) -> float:
    assert isinstance(measure, Figure), measure
    return measure.value
