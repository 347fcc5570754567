"""What raters do in a campaign: tasks, drafts, marks that are submitted or discarded."""

import json
from dataclasses import asdict, replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assistant.errors import InvalidRating
from assistant.evaluating.campaign_records import (
    CampaignPlan,
    Marks,
    Preference,
    RatingState,
    TaskKind,
)
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.rating_work import LONGEST_STEP
from assistant.storage.database import Database

from .campaign_data import ALI, BADIA, CHAMA, DRISS, MARKS, SECRET, keep_answers
from .opened_campaign import campaign_id, database, evaluation

__all__ = ["campaign_id", "database", "evaluation"]


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


def test_what_is_discarded_stays_so_until_something_of_it_changes(
    evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    why = Marks(scores={"pertinence": 4}, comment="Hors sujet ")
    evaluation.work.discard(first.item_id, ALI, why)

    evaluation.work.save(first.item_id, ALI, why)
    passed = evaluation.work.task(first.item_id, ALI)
    evaluation.work.save(first.item_id, ALI, replace(why, scores={"pertinence": 5}))

    assert passed.state is RatingState.DISCARDED
    assert evaluation.work.task(first.item_id, ALI).state is RatingState.DRAFT


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
