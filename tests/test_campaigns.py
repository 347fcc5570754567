"""Campaigns, and what raters and reviewers do in them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assistant.answer_records import Outcome
from assistant.errors import InvalidCampaign, InvalidRating
from assistant.evaluating.campaign_items import Sample
from assistant.evaluating.campaign_records import (
    CampaignPlan,
    CampaignState,
    Criterion,
    Marks,
    Preference,
    RatingState,
    TaskKind,
)
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.rating_work import LONGEST_STEP
from assistant.storage.database import Database

from .campaign_data import (
    ALI,
    ALL_FIVE,
    BADIA,
    CHAMA,
    DRISS,
    MARKS,
    SECRET,
    keep_answers,
    keep_people,
)
from .campaign_data import open_campaign as open_one


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'assistant.db'}")
    keep_people(opened)
    yield opened
    opened.close()


@pytest.fixture
def evaluation(database: Database) -> Evaluation:
    return open_evaluation(database)


@pytest.fixture
def campaign_id(database: Database, evaluation: Evaluation) -> int:
    """An open campaign of 12 answers, all rated by two."""
    return open_one(evaluation, keep_answers(database, 12), overlap_share=1.0).id


def test_a_campaign_begins_with_the_criteria_that_are_shipped(evaluation: Evaluation) -> None:
    campaign = evaluation.campaigns.create(CampaignPlan("  Novembre  2026 "), by=DRISS)

    assert campaign.plan.name == "Novembre 2026"
    assert campaign.plan.criteria == DEFAULT_CRITERIA
    assert (campaign.state, campaign.created_by) == (CampaignState.DRAFT, DRISS)
    assert evaluation.campaigns.all() == [campaign]


@pytest.mark.parametrize(
    "plan",
    [
        CampaignPlan(" "),
        CampaignPlan("x", overlap_share=1.1),
        CampaignPlan("x", overlap_raters=4),
        CampaignPlan("x", raters=(ALI, BADIA), reviewers=(BADIA,)),
        CampaignPlan("x", criteria=(Criterion("É", "É", ("a", "b", "c", "d", "e")),)),
        CampaignPlan("x", criteria=(Criterion("e", "É", ("a", "b", "c", "d", "")),)),
        CampaignPlan("x", criteria=(DEFAULT_CRITERIA[0],) * 2),
    ],
    ids=["no name", "share", "raters", "both parts", "key", "anchor", "double"],
)
def test_a_plan_that_cannot_be_kept_is_refused(evaluation: Evaluation, plan: CampaignPlan) -> None:
    with pytest.raises(InvalidCampaign):
        evaluation.campaigns.create(plan, by=None)


def test_a_campaign_without_items_or_raters_does_not_open(
    database: Database, evaluation: Evaluation
) -> None:
    campaign = evaluation.campaigns.create(CampaignPlan("x"), by=None)
    with pytest.raises(InvalidCampaign, match="rien à noter"):
        evaluation.campaigns.open(campaign.id)
    evaluation.items.add_answers(campaign.id, keep_answers(database, 1))

    with pytest.raises(InvalidCampaign, match="aucun relecteur"):
        evaluation.campaigns.open(campaign.id)


def test_an_open_campaign_keeps_its_criteria_and_its_answers(
    database: Database, evaluation: Evaluation, campaign_id: int
) -> None:
    plan = evaluation.campaigns.get(campaign_id).plan

    with pytest.raises(InvalidCampaign, match="critères"):
        evaluation.campaigns.change(campaign_id, replace(plan, criteria=DEFAULT_CRITERIA[:3]))
    with pytest.raises(InvalidCampaign, match="n’accepte plus"):
        evaluation.items.add_answers(campaign_id, keep_answers(database, 1, prefix="b"))
    with pytest.raises(InvalidCampaign, match="des notes"):
        evaluation.campaigns.delete(campaign_id)


def test_a_rater_who_joins_takes_a_share_and_what_was_begun_stays(
    evaluation: Evaluation, campaign_id: int
) -> None:
    begun = [task.item_id for task in evaluation.work.tasks(campaign_id, ALI)][:5]
    for item_id in begun:
        evaluation.work.save(item_id, ALI, Marks(scores={"pertinence": 3}))
    plan = evaluation.campaigns.get(campaign_id).plan

    evaluation.campaigns.change(campaign_id, replace(plan, raters=(ALI, BADIA, CHAMA)))

    progress = {one.person_id: one for one in evaluation.campaigns.progress(campaign_id)}
    assert [progress[one].assigned for one in (ALI, BADIA, CHAMA)] == [8, 8, 8]
    assert progress[ALI].drafts == 5
    assert set(begun) <= {task.item_id for task in evaluation.work.tasks(campaign_id, ALI)}


def test_the_nearest_deadline_comes_first_and_only_open_campaigns_are_given(
    database: Database, evaluation: Evaluation
) -> None:
    answers = keep_answers(database, 2)
    late = open_one(evaluation, answers, deadline=date(2026, 12, 31))
    free = open_one(evaluation, answers)
    soon = open_one(evaluation, answers, deadline=date(2026, 12, 1))
    evaluation.campaigns.create(CampaignPlan("x", raters=(ALI,)), by=None)
    evaluation.campaigns.close(open_one(evaluation, answers).id)

    assert [one.id for one in evaluation.campaigns.of_rater(ALI)] == [soon.id, late.id, free.id]
    assert evaluation.campaigns.of_rater(DRISS) == []
    assert [one.id for one in evaluation.campaigns.of_reviewer(DRISS)][1:] == [
        soon.id,
        free.id,
        late.id,
    ]


def test_marks_are_kept_at_every_step_and_read_again_on_another_machine(
    database: Database, evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    evaluation.work.save(first.item_id, ALI, Marks(scores={"pertinence": 4}), seconds=12.5)
    evaluation.work.save(first.item_id, ALI, MARKS, seconds=7.5)

    elsewhere = open_evaluation(database)
    task = elsewhere.work.task(first.item_id, ALI)

    assert (task.marks, task.state) == (MARKS, RatingState.DRAFT)
    assert elsewhere.work.progress(campaign_id, ALI).seconds == 20.0
    assert elsewhere.work.next_task(campaign_id, ALI) == task


def test_a_criterion_that_is_not_rated_has_no_score(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)

    evaluation.work.save(first.item_id, ALI, Marks(scores={"fluidite": 1}))

    assert evaluation.work.task(first.item_id, ALI).marks.scores == {"fluidite": 1}


@pytest.mark.parametrize("scores", [{"fluidite": 0}, {"fluidite": 6}, {"style": 3}])
def test_a_score_out_of_range_or_of_no_criterion_is_refused(
    evaluation: Evaluation, campaign_id: int, scores: dict[str, int]
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)

    with pytest.raises(ValueError, match="expected"):
        evaluation.work.save(first.item_id, ALI, Marks(scores=scores))


def test_the_database_itself_refuses_a_score_out_of_range(
    database: Database, evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    evaluation.work.save(first.item_id, ALI, MARKS)

    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(text("UPDATE item_scores SET score = 0"))


def test_what_is_not_complete_is_not_submitted_and_nothing_of_it_is_lost(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    some = Marks(scores={"pertinence": 4})
    evaluation.work.save(first.item_id, ALI, some)

    with pytest.raises(InvalidRating, match="Cohérence, Fluidité"):
        evaluation.work.submit(first.item_id, ALI, some)
    with pytest.raises(InvalidRating, match="pourquoi"):
        evaluation.work.discard(first.item_id, ALI, some)

    assert evaluation.work.task(first.item_id, ALI).marks == some


def test_what_is_submitted_stays_so_while_it_is_corrected(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    evaluation.work.submit(first.item_id, ALI, MARKS)

    evaluation.work.save(first.item_id, ALI, replace(MARKS, comment="Relu"))
    corrected = evaluation.work.task(first.item_id, ALI)
    evaluation.work.save(first.item_id, ALI, replace(MARKS, scores={"pertinence": 1}))
    reduced = evaluation.work.task(first.item_id, ALI)

    assert (corrected.state, corrected.marks.comment) == (RatingState.SUBMITTED, "Relu")
    assert reduced.state is RatingState.DRAFT


def test_the_next_task_passes_over_what_is_done_and_begins_again_behind_the_last(
    evaluation: Evaluation, campaign_id: int
) -> None:
    items = [task.item_id for task in evaluation.work.tasks(campaign_id, ALI)]
    evaluation.work.submit(items[1], ALI, MARKS)
    evaluation.work.discard(items[2], ALI, Marks(comment="Hors de mon domaine"))

    def after(item: int) -> int | None:
        task = evaluation.work.next_task(campaign_id, ALI, after=item)
        return task.item_id if task else None

    assert after(items[0]) == items[3]
    assert after(items[-1]) == items[0]
    for item in items:
        evaluation.work.submit(item, ALI, MARKS)
    assert after(items[0]) is None


def test_time_away_from_the_screen_is_not_time_spent(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)

    evaluation.work.save(first.item_id, ALI, MARKS, seconds=7200)

    assert evaluation.work.progress(campaign_id, ALI).seconds == LONGEST_STEP


def test_nobody_rates_what_is_not_theirs_or_what_is_closed(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    with pytest.raises(InvalidRating, match="attribuée"):
        evaluation.work.save(first.item_id, CHAMA, MARKS)
    evaluation.campaigns.close(campaign_id)

    with pytest.raises(InvalidRating, match="close"):
        evaluation.work.save(first.item_id, ALI, MARKS)

    assert not evaluation.work.task(first.item_id, ALI).is_open


def test_a_rater_is_told_neither_the_configuration_nor_what_others_gave(
    evaluation: Evaluation, campaign_id: int
) -> None:
    for task in evaluation.work.tasks(campaign_id, BADIA):
        evaluation.work.submit(task.item_id, BADIA, replace(MARKS, comment="MARQUE DE BADIA"))

    [given] = evaluation.campaigns.of_rater(ALI)
    tasks = [
        evaluation.work.task(task.item_id, ALI) for task in evaluation.work.tasks(campaign_id, ALI)
    ]

    told = json.dumps([asdict(one) for one in (given, *tasks)], default=str)
    assert "Soixante-quinze jours [1]." in told
    assert SECRET not in told
    assert "MARQUE DE BADIA" not in told
    assert all(task.marks == Marks() for task in tasks)
    assert evaluation.campaigns.is_blind(campaign_id, ALI)
    assert not evaluation.campaigns.is_blind(campaign_id, DRISS)
    evaluation.campaigns.close(campaign_id)
    assert not evaluation.campaigns.is_blind(campaign_id, ALI)


def test_a_sample_is_drawn_by_its_seed_and_says_what_from(
    database: Database, evaluation: Evaluation
) -> None:
    keep_answers(database, 20)
    campaign = evaluation.campaigns.create(CampaignPlan("x", raters=(ALI,)), by=None)
    other = evaluation.campaigns.create(CampaignPlan("y", raters=(ALI,)), by=None)
    sample = Sample(
        5,
        seed=42,
        since=date(2026, 11, 3),
        until=date(2026, 11, 18),
        outcomes=(Outcome.ANSWERED,),
        thumbs=(-1, None),
    )

    counts = [evaluation.items.add_sample(one.id, sample) for one in (campaign, other)]
    again = evaluation.items.add_sample(campaign.id, sample)

    assert (counts, again) == ([5, 5], 0)
    assert evaluation.items.count_sample(sample) == 11
    assert evaluation.campaigns.get(campaign.id).sources[0] == (
        "5 réponses tirées parmi 11 (du 03/11/2026 au 18/11/2026, répondues, pouce baissé, "
        "sans avis, tirage n° 42)"
    )
    questions = [
        sorted(task.question for task in evaluation.work.tasks(one.id, ALI))
        for one in (evaluation.campaigns.open(campaign.id), evaluation.campaigns.open(other.id))
    ]
    assert questions[0] == questions[1]


def test_two_answers_are_compared_in_an_order_that_is_drawn_and_kept(
    database: Database, evaluation: Evaluation
) -> None:
    ours = keep_answers(database, 40, configuration="A", prefix="a")
    theirs = keep_answers(database, 40, configuration="B", prefix="b", articles=("8",))
    campaign = evaluation.campaigns.create(CampaignPlan("x", raters=(ALI,)), by=None)
    evaluation.items.add_comparisons(campaign.id, list(zip(ours, theirs, strict=True)))
    evaluation.campaigns.open(campaign.id)

    tasks = [
        evaluation.work.task(task.item_id, ALI) for task in evaluation.work.tasks(campaign.id, ALI)
    ]
    first = [task.answers[0]["citations"][0]["article"] for task in tasks]

    assert {task.kind for task in tasks} == {TaskKind.COMPARISON}
    assert 8 <= first.count("7") <= 32
    assert evaluation.work.task(tasks[0].item_id, ALI) == tasks[0]
    with pytest.raises(InvalidRating, match="préférez"):
        evaluation.work.submit(tasks[0].item_id, ALI, Marks(comment="Plus claire"))
    evaluation.work.submit(tasks[0].item_id, ALI, Marks(preference=Preference.TIE, comment="="))


def test_the_greatest_disagreement_comes_first_and_a_decision_stands_beside_the_ratings(
    evaluation: Evaluation, campaign_id: int
) -> None:
    items = sorted(task.item_id for task in evaluation.work.tasks(campaign_id, ALI))
    for place, item in enumerate(items):
        evaluation.work.submit(item, ALI, Marks(scores=ALL_FIVE, comment="note d’Ali"))
        low = dict.fromkeys(ALL_FIVE, 5 - place % 3)
        evaluation.work.submit(item, BADIA, Marks(scores=low, comment="note de Badia"))

    queue = evaluation.adjudication.queue(campaign_id, DRISS)
    case = evaluation.adjudication.case(queue[0].item_id, DRISS)
    evaluation.adjudication.decide(queue[0].item_id, DRISS, MARKS)
    after = evaluation.adjudication.queue(campaign_id, DRISS)

    assert [one.disagreement for one in queue] == [0.5] * 4 + [0.25] * 4
    assert {marks.comment for _, marks in case.ratings} == {"note d’Ali", "note de Badia"}
    assert SECRET not in json.dumps(asdict(case), default=str)
    assert after == [*queue[1:], replace(queue[0], is_decided=True)]
    decided = evaluation.adjudication.case(queue[0].item_id, DRISS)
    assert decided == replace(case, decision=MARKS)
    with pytest.raises(InvalidRating, match="réviseur"):
        evaluation.adjudication.queue(campaign_id, ALI)
