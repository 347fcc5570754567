"""What campaigns say: the same as other libraries find in the export."""

import json
from itertools import product
from operator import mul
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from assistant.evaluating.campaign_records import Campaign, Marks, TaskSummary
from assistant.evaluating.evaluation import Evaluation
from assistant.evaluating.result_records import CampaignResults, Figure, NotMeasurable
from assistant.storage.database import Database

from .campaign_data import ALI, BADIA, CHAMA, DRISS, keep_answers
from .campaign_data import open_campaign as open_one
from .rated_campaign import KEYS, QUALITY, answers, database, evaluation, found, rated, value

__all__ = ["answers", "database", "evaluation", "found", "rated"]


@pytest.fixture(scope="module")
def exported(evaluation: Evaluation, rated: Campaign) -> pd.DataFrame:
    """The submitted ratings, as the export gives them."""
    lines = evaluation.export.jsonl(rated.id, person_id=None).splitlines()
    frame = pd.DataFrame([json.loads(line) for line in lines])
    return frame[frame["state"] == "submitted"]


def test_means_and_distributions_are_those_of_the_export(
    found: CampaignResults, exported: pd.DataFrame
) -> None:
    groups = {"": exported, **dict(list(exported.groupby("configuration")))}

    for group in (found.all, *found.by_configuration):
        frame = groups[group.label]
        assert (group.ratings, group.items) == (len(frame), frame["item_id"].nunique())
        for scored in group.scores:
            column = frame[scored.criterion]
            assert value(scored.mean) == pytest.approx(column.mean())
            counts = column.value_counts().reindex(range(1, 6), fill_value=0)
            assert scored.counts == tuple(counts)


def test_the_interval_of_a_mean_is_that_of_scipy_over_items(
    found: CampaignResults, exported: pd.DataFrame
) -> None:
    by_item = exported.groupby("item_id")["pertinence"].agg(["sum", "count"])
    theirs = stats.bootstrap(
        (by_item["sum"].to_numpy(), by_item["count"].to_numpy()),
        lambda sums, counts, axis: sums.sum(axis) / counts.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=4000,
        rng=np.random.default_rng(1),
    ).confidence_interval

    ours = found.all.scores[0].mean
    assert isinstance(ours, Figure)
    assert ours.interval == pytest.approx((theirs.low, theirs.high), abs=0.03)


def test_alpha_is_that_of_the_export(found: CampaignResults, exported: pd.DataFrame) -> None:
    for agreement in found.agreement.criteria[:-1]:
        wide = exported.pivot_table(
            index="rater_id", columns="item_id", values=agreement.criterion
        ).to_numpy()
        theirs = krippendorff.alpha(
            reliability_data=wide, level_of_measurement="ordinal", value_domain=[1, 2, 3, 4, 5]
        )
        assert value(agreement.alpha) == pytest.approx(theirs)


def test_raw_agreement_of_a_pair_is_that_of_the_export(
    found: CampaignResults, exported: pd.DataFrame
) -> None:
    assert len(found.agreement.pairs) == 3
    for pair in found.agreement.pairs:
        wide = exported.pivot_table(index="item_id", columns="rater_id", values="fluidite")
        both = wide[[pair.first, pair.second]].dropna()
        [fluidity] = [a for a in pair.criteria if a.criterion == "fluidite"]
        assert fluidity.items == len(both)
        assert value(fluidity.raw) == pytest.approx((both.iloc[:, 0] == both.iloc[:, 1]).mean())
        given = {
            person: tuple(both[person].value_counts().reindex(range(1, 6), fill_value=0))
            for person in (pair.first, pair.second)
        }
        assert fluidity.marginals == given


def test_paired_differences_are_those_of_the_export(
    found: CampaignResults, exported: pd.DataFrame
) -> None:
    means = exported.pivot_table(index="question", columns="configuration", values="exactitude")
    differences = [d for d in found.differences if d.criterion == "exactitude"]

    assert len(differences) == 3
    for one in differences:
        pairs = means[[one.first, one.second]].dropna()
        apart = pairs[one.first] - pairs[one.second]
        assert one.questions == len(pairs)
        assert value(one.mean) == pytest.approx(apart.mean())
        theirs = stats.permutation_test(
            (pairs[one.first].to_numpy(), pairs[one.second].to_numpy()),
            lambda a, b, axis: np.mean(a - b, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=9999,
            rng=np.random.default_rng(5),
        )
        assert value(one.p_value) == pytest.approx(theirs.pvalue, abs=0.02)


def test_where_two_configurations_differ_on_one_question_alone_chance_explains_it(
    evaluation: Evaluation, database: Database
) -> None:
    answers = [keep_answers(database, 3, configuration=name, prefix=f"one-{name}") for name in "XY"]
    campaign = open_one(evaluation, [one for each in answers for one in each], raters=(ALI,))
    for place, task in enumerate(sorted(evaluation.work.tasks(campaign.id, ALI), key=by_item)):
        evaluation.work.submit(
            task.item_id, ALI, Marks(scores=dict.fromkeys(KEYS, 5 if place else 1))
        )

    [one, *_] = evaluation.results.of_campaign(campaign.id, person_id=None).differences

    assert (one.questions, value(one.mean), value(one.p_value)) == (3, pytest.approx(-4 / 3), 1.0)


def test_the_permutation_test_counts_sums_that_are_the_same_on_paper_as_the_same(
    evaluation: Evaluation, database: Database
) -> None:
    """Means of three raters are thirds, which no float is: the p-value of all 64 signs is exact."""
    thirds = [1, 1, 2, 1, 1, -2]
    answers = [
        one
        for name in "VW"
        for one in keep_answers(database, len(thirds), configuration=name, prefix=f"third-{name}")
    ]
    raters = (ALI, BADIA, CHAMA)
    plan = {"raters": raters, "overlap_share": 1.0, "overlap_raters": 3}
    campaign = open_one(evaluation, answers, **plan)
    items = sorted(task.item_id for task in evaluation.work.tasks(campaign.id, ALI))
    for place, item in enumerate(items):
        more = thirds[place] if place < len(thirds) else 0
        for person, score in zip(raters, (3 + more, 3, 3), strict=True):
            evaluation.work.submit(item, person, Marks(scores=dict.fromkeys(KEYS, score)))

    [one, *_] = evaluation.results.of_campaign(campaign.id, person_id=None).differences

    signed = [sum(map(mul, thirds, signs)) for signs in product((1, -1), repeat=len(thirds))]
    as_far = [abs(total) >= abs(sum(thirds)) for total in signed]
    assert value(one.p_value) == pytest.approx(sum(as_far) / len(as_far))


def by_item(task: TaskSummary) -> int:
    return task.item_id


def test_the_worst_answers_are_those_of_the_export_with_their_comments(
    found: CampaignResults, exported: pd.DataFrame
) -> None:
    means = exported.assign(mean=exported[KEYS].mean(axis=1)).groupby("item_id")["mean"].mean()
    lowest = means.sort_values().head(10)

    assert [one.mean for one in found.worst] == pytest.approx(list(lowest))
    comments = exported.groupby("item_id")["comment"].agg(set)
    assert all(set(one.comments) == comments[one.item_id] for one in found.worst)


def test_drafts_and_discarded_ratings_count_in_no_figure(found: CampaignResults) -> None:
    assert found.discarded == 3
    assert found.all.ratings == sum(sum(s.counts) for s in found.all.scores[:1])
    assert found.raters == {ALI: "Ali", BADIA: "Badia", CHAMA: "Chama"}


def test_a_rater_who_is_harsher_than_the_others_drifts_below_them(
    evaluation: Evaluation, database: Database
) -> None:
    answers = keep_answers(database, 40, prefix="drift")
    campaign = open_one(evaluation, answers, overlap_share=1.0)
    for place, task in enumerate(evaluation.work.tasks(campaign.id, ALI)):
        evaluation.work.submit(task.item_id, BADIA, Marks(scores=dict.fromkeys(KEYS, 4)))
        score = 4 if place < 20 else 2
        evaluation.work.submit(task.item_id, ALI, Marks(scores=dict.fromkeys(KEYS, score)))

    drift = evaluation.results.of_campaign(campaign.id, person_id=DRISS).drift

    ali = [point.distance.value for point in drift if point.person_id == ALI]
    assert ali == [0, 0, -2, -2]
    assert [point.distance.value for point in drift if point.person_id == BADIA] == [0, 0, 2, 2]


def test_the_trend_gives_each_configuration_of_each_campaign(
    evaluation: Evaluation, rated: Campaign
) -> None:
    points = [p for p in evaluation.results.trend(person_id=None) if p.campaign == rated.plan.name]

    named = {p.configuration: p.version for p in points if p.configuration in QUALITY}
    assert named == {"Alpha": "0.1", "Beta": "0.2", "Gamma": "0.3"}


def test_results_that_were_computed_follow_a_correction_and_a_decision(
    evaluation: Evaluation, database: Database
) -> None:
    campaign = open_one(evaluation, keep_answers(database, 1, prefix="again"), overlap_share=1.0)
    [task] = evaluation.work.tasks(campaign.id, ALI)

    def said() -> tuple[float, float, int]:
        found = evaluation.results.of_campaign(campaign.id, person_id=None)
        trend = evaluation.results.trend(person_id=None)
        [point] = [one for one in trend if one.campaign_id == campaign.id]
        return value(found.all.scores[0].mean), value(point.scores[0].mean), found.decisions

    told = []
    for score in (5, 2):
        evaluation.work.submit(task.item_id, ALI, Marks(scores=dict.fromkeys(KEYS, score)))
        told.append(said())
    evaluation.adjudication.decide(task.item_id, DRISS, Marks(scores=dict.fromkeys(KEYS, 3)))
    told.append(said())

    assert told == [(5, 5, 0), (2, 2, 0), (2, 2, 1)]


def test_nothing_of_a_campaign_without_ratings_is_a_number(
    evaluation: Evaluation, database: Database
) -> None:
    campaign = open_one(evaluation, keep_answers(database, 2, prefix="none"))

    found = evaluation.results.of_campaign(campaign.id, person_id=None)

    measures: list[Any] = [scored.mean for scored in found.all.scores]
    measures += [m for a in found.agreement.criteria for m in (a.alpha, a.ac2, a.raw)]
    assert {type(measure) for measure in measures} == {NotMeasurable}
    assert (found.worst, found.drift, found.strengths) == ((), (), ())
