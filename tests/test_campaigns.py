"""Campaigns: how they are planned, filled, opened, and decided by reviewers."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from assistant.answer_records import Outcome
from assistant.errors import InvalidCampaign, InvalidRating
from assistant.evaluating.campaign_items import Sample
from assistant.evaluating.campaign_records import CampaignPlan, CampaignState, Criterion, Marks
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.evaluating.evaluation import Evaluation
from assistant.storage.campaign_tables import CampaignMemberRow
from assistant.storage.database import Database

from .campaign_data import ALI, ALL_FIVE, BADIA, CHAMA, DRISS, MARKS, SECRET, keep_answers
from .campaign_data import open_campaign as open_one
from .opened_campaign import campaign_id, database, evaluation

__all__ = ["campaign_id", "database", "evaluation"]


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


@pytest.mark.parametrize(
    ("raters", "reviewers"),
    [((BADIA,), (ALI,)), ((ALI, BADIA, DRISS), ())],
    ids=["a rater who reviews", "a reviewer who rates"],
)
def test_nobody_rates_and_reviews_in_turn(
    evaluation: Evaluation, campaign_id: int, raters: tuple[int, ...], reviewers: tuple[int, ...]
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    evaluation.work.save(first.item_id, ALI, Marks(scores={"pertinence": 3}))
    plan = evaluation.campaigns.get(campaign_id).plan

    with pytest.raises(InvalidCampaign, match="relectrice et réviseuse"):
        evaluation.campaigns.change(campaign_id, replace(plan, raters=raters, reviewers=reviewers))


def test_who_rated_and_reviews_all_the_same_sees_nothing_until_the_end(
    database: Database, evaluation: Evaluation, campaign_id: int
) -> None:
    [first, *_] = evaluation.work.tasks(campaign_id, ALI)
    with database.session() as session:
        session.add(
            CampaignMemberRow(campaign_id=campaign_id, person_id=ALI, part="reviewer", position=9)
        )

    with pytest.raises(InvalidRating, match="clôture"):
        evaluation.adjudication.queue(campaign_id, ALI)
    with pytest.raises(InvalidRating, match="clôture"):
        evaluation.adjudication.case(first.item_id, ALI)
    hidden = evaluation.campaigns.of_reviewer(ALI)
    evaluation.campaigns.close(campaign_id)

    assert hidden == []
    assert [one.id for one in evaluation.campaigns.of_reviewer(ALI)] == [campaign_id]
    assert evaluation.adjudication.queue(campaign_id, ALI) == []


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
        "5\u00a0réponses tirées parmi 11 (du 03/11/2026 au 18/11/2026, répondues, pouce baissé, "
        "sans avis, tirage n° 42)"
    )
    questions = [
        sorted(task.question for task in evaluation.work.tasks(one.id, ALI))
        for one in (evaluation.campaigns.open(campaign.id), evaluation.campaigns.open(other.id))
    ]
    assert questions[0] == questions[1]


def test_a_campaign_says_in_the_singular_what_is_one(
    database: Database, evaluation: Evaluation
) -> None:
    campaign = evaluation.campaigns.create(CampaignPlan("x"), by=None)
    first, second = keep_answers(database, 2)

    evaluation.items.add_answers(campaign.id, [first])
    evaluation.items.add_comparisons(campaign.id, [(first, second)])

    assert evaluation.campaigns.get(campaign.id).sources == (
        "1\u00a0réponse choisie une à une",
        "1\u00a0paire de réponses à comparer",
    )


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
