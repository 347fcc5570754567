"""What campaigns say: the same as other libraries find in the export."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.linear_model import LogisticRegression

from assistant.errors import StillBlind
from assistant.evaluating.campaign_records import Campaign, CampaignPlan, Marks, Preference
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.report import report_html
from assistant.evaluating.report_tables import measure_text
from assistant.evaluating.result_records import CampaignResults, Figure, Measure, NotMeasurable
from assistant.storage.database import Database
from assistant.typesetting import typeset

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
def rated(evaluation: Evaluation, answers: dict[str, list[str]]) -> Campaign:
    """A campaign of 90 answers, half of them rated by two of three raters, with some drafts."""
    chance = Random(11)
    every = [one for name in QUALITY for one in answers[name]]
    campaign = open_one(evaluation, every, overlap_share=0.5, raters=(ALI, BADIA, CHAMA))
    quality = {one: QUALITY[name] for name in QUALITY for one in answers[name]}
    for person in (ALI, BADIA, CHAMA):
        for place, task in enumerate(evaluation.work.tasks(campaign.id, person)):
            if place == 3:
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


@pytest.fixture(scope="module")
def exported(evaluation: Evaluation, rated: Campaign) -> pd.DataFrame:
    """The submitted ratings, as the export gives them."""
    lines = evaluation.export.jsonl(rated.id, person_id=None).splitlines()
    frame = pd.DataFrame([json.loads(line) for line in lines])
    return frame[frame["state"] == "submitted"]


def value(measure: Measure) -> float:
    assert isinstance(measure, Figure), measure
    return measure.value


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


@pytest.fixture(scope="module")
def compared(evaluation: Evaluation, answers: dict[str, list[str]]) -> Campaign:
    """The three configurations compared two by two, on thirty questions."""
    chance = Random(5)
    plan = CampaignPlan("Comparaison", raters=(ALI, BADIA), overlap_share=0.3)
    campaign = evaluation.campaigns.create(plan, by=None)
    pairs = [
        (answers[one][place], answers[other][place])
        for one, other in combinations(QUALITY, 2)
        for place in range(30)
    ]
    evaluation.items.add_comparisons(campaign.id, pairs)
    evaluation.campaigns.open(campaign.id)
    for person in (ALI, BADIA):
        for task in evaluation.work.tasks(campaign.id, person):
            preference = chance.choices(list(Preference), [2, 1, 1])[0]
            marks = Marks(preference=preference, comment="plus claire")
            evaluation.work.submit(task.item_id, person, marks)
    return evaluation.campaigns.close(campaign.id)


def test_preferences_are_those_of_the_export_whatever_order_was_shown(
    evaluation: Evaluation, compared: Campaign
) -> None:
    rows = evaluation.export.rows(compared.id, person_id=ALI)
    found = evaluation.results.of_campaign(compared.id, person_id=ALI)

    names = {"first": "configuration", "second": "other_configuration"}
    won = [row[names[row["preference"]]] for row in rows if row["preference"] != "tie"]
    for name in QUALITY:
        wins = sum(d.first_wins for d in found.duels if d.first == name)
        wins += sum(d.second_wins for d in found.duels if d.second == name)
        assert wins == won.count(name)
    assert sum(d.ties for d in found.duels) == len(rows) - len(won)


def test_strengths_are_those_of_a_logistic_regression_on_the_export(
    evaluation: Evaluation, compared: Campaign
) -> None:
    """Bradley–Terry is a logistic regression on +1 and -1; a tie is half a win for each."""
    names = list(QUALITY)
    sides: list[list[float]] = []
    outcomes: list[int] = []
    weights: list[float] = []
    for row in evaluation.export.rows(compared.id, person_id=None):
        side = [0.0] * 3
        side[names.index(row["configuration"])] += 1
        side[names.index(row["other_configuration"])] -= 1
        shares = {"first": (1.0, 0.0), "second": (0.0, 1.0), "tie": (0.5, 0.5)}
        for outcome, weight in zip((1, 0), shares[row["preference"]], strict=True):
            if weight:
                sides.append(side)
                outcomes.append(outcome)
                weights.append(weight)
    model = LogisticRegression(C=1e9, fit_intercept=False, tol=1e-9)
    model.fit(sides, outcomes, sample_weight=weights)
    theirs = model.coef_[0] - model.coef_[0].mean()

    strengths = evaluation.results.of_campaign(compared.id, person_id=None).strengths

    ours = {one.configuration: value(one.strength) for one in strengths}
    assert [ours[name] for name in names] == pytest.approx(list(theirs), abs=1e-3)
    assert list(ours.values()) == sorted(ours.values(), reverse=True)


def test_a_configuration_that_wins_everything_has_no_measurable_strength(
    evaluation: Evaluation, answers: dict[str, list[str]]
) -> None:
    campaign = evaluation.campaigns.create(CampaignPlan("x", raters=(ALI,)), by=None)
    evaluation.items.add_comparisons(
        campaign.id,
        [(answers[one][0], answers[other][0]) for one, other in combinations(QUALITY, 2)],
    )
    evaluation.campaigns.open(campaign.id)
    for task in evaluation.work.tasks(campaign.id, ALI):
        evaluation.work.submit(task.item_id, ALI, Marks(preference=Preference.FIRST))
    for row in evaluation.export.rows(campaign.id, person_id=None):
        if row["preference"] == "second":  # it was shown the other way round
            evaluation.work.submit(row["item_id"], ALI, Marks(preference=Preference.SECOND))

    strengths = evaluation.results.of_campaign(campaign.id, person_id=DRISS).strengths

    assert {type(one.strength) for one in strengths} == {NotMeasurable}


def test_the_trend_gives_each_configuration_of_each_campaign(
    evaluation: Evaluation, rated: Campaign
) -> None:
    points = [p for p in evaluation.results.trend(person_id=None) if p.campaign == rated.plan.name]

    named = {p.configuration: p.version for p in points if p.configuration in QUALITY}
    assert named == {"Alpha": "0.1", "Beta": "0.2", "Gamma": "0.3"}


def test_nothing_of_a_campaign_without_ratings_is_a_number(
    evaluation: Evaluation, database: Database
) -> None:
    campaign = open_one(evaluation, keep_answers(database, 2, prefix="none"))

    found = evaluation.results.of_campaign(campaign.id, person_id=None)

    measures: list[Any] = [scored.mean for scored in found.all.scores]
    measures += [m for a in found.agreement.criteria for m in (a.alpha, a.ac2, a.raw)]
    assert {type(measure) for measure in measures} == {NotMeasurable}
    assert (found.worst, found.drift, found.strengths) == ((), (), ())


def test_a_rater_gets_no_results_and_only_their_own_marks_before_the_end(
    evaluation: Evaluation, database: Database
) -> None:
    answers = keep_answers(database, 4, prefix="blind")
    campaign = open_one(evaluation, answers, overlap_share=1.0)
    for person in (ALI, BADIA):
        for task in evaluation.work.tasks(campaign.id, person):
            mine = replace(MARKS, comment=f"MARQUE {person}")
            evaluation.work.submit(task.item_id, person, mine)
    [item, *_] = [task.item_id for task in evaluation.work.tasks(campaign.id, ALI)]
    evaluation.adjudication.decide(item, DRISS, replace(MARKS, comment="DÉCISION"))

    with pytest.raises(StillBlind):
        evaluation.results.of_campaign(campaign.id, person_id=ALI)
    jsonl, table = (
        write(campaign.id, person_id=ALI)
        for write in (evaluation.export.jsonl, evaluation.export.csv)
    )
    trend = evaluation.results.trend(person_id=ALI)

    for told in (jsonl, table):
        assert told.count(f"MARQUE {ALI}") == 4
        assert not any(word in told for word in (SECRET, f"MARQUE {BADIA}", "DÉCISION", "0.1.0"))
    assert SECRET not in {point.configuration for point in trend}
    evaluation.campaigns.close(campaign.id)
    whole = evaluation.export.jsonl(campaign.id, person_id=ALI)
    assert all(word in whole for word in (SECRET, f"MARQUE {BADIA}", "DÉCISION"))


def test_the_csv_says_what_the_json_lines_say_and_runs_no_formula(
    evaluation: Evaluation, rated: Campaign
) -> None:
    rows = evaluation.export.rows(rated.id, person_id=None)
    table = evaluation.export.csv(rated.id, person_id=None)

    read = list(csv.DictReader(io.StringIO(table, newline="")))

    assert len(read) == len(rows)
    for ours, theirs in zip(rows, read, strict=True):
        assert theirs["pertinence"] == (
            "" if ours["pertinence"] is None else str(ours["pertinence"])
        )
        assert theirs["configuration"] == ours["configuration"]
    assert {row["comment"] for row in read if row["state"] == "discarded"} == {"'=Hors sujet"}


def test_the_report_holds_the_figures_and_nothing_from_outside(
    evaluation: Evaluation, found: CampaignResults
) -> None:
    report = report_html(found, evaluation.results.trend(person_id=None))

    assert not re.search(r"\b(src|href|url|script|iframe|link)\b\s*[=(>]", report)
    assert not re.search(r"https?:", report)
    for scored in found.all.scores:
        assert isinstance(scored.mean, Figure)
        assert measure_text(scored.mean) in report
    for agreement in found.agreement.criteria:
        assert measure_text(agreement.alpha) in report
        assert measure_text(agreement.ac2) in report
    assert report.count("<table><caption>") == report.count("</table>")
    assert report.count('<svg role="img"') == report.count("<title>") - 1 == 2
    assert all(typeset(worst.question) in report for worst in found.worst)


def test_the_report_of_comparisons_holds_preferences_and_strengths(
    evaluation: Evaluation, compared: Campaign
) -> None:
    results = evaluation.results.of_campaign(compared.id, person_id=None)

    report = report_html(results)

    assert "Préférences" in report
    assert all(measure_text(one.strength) in report for one in results.strengths)
    assert "<svg" not in report
