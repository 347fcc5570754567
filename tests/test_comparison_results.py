"""What campaigns of comparisons say: the same as other libraries find in the export."""

from itertools import combinations
from random import Random

import pytest
from sklearn.linear_model import LogisticRegression

from assistant.evaluating.campaign_records import Campaign, CampaignPlan, Marks, Preference
from assistant.evaluating.evaluation import Evaluation
from assistant.evaluating.report import report_html
from assistant.evaluating.report_tables import measure_text
from assistant.evaluating.result_records import NotMeasurable

from .campaign_data import ALI, BADIA, DRISS
from .rated_campaign import QUALITY, answers, database, evaluation, value

__all__ = ["answers", "database", "evaluation"]


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


def test_the_report_of_comparisons_holds_preferences_and_strengths(
    evaluation: Evaluation, compared: Campaign
) -> None:
    results = evaluation.results.of_campaign(compared.id, person_id=None)

    report = report_html(results)

    assert "Préférences" in report
    assert all(measure_text(one.strength) in report for one in results.strengths)
    assert "<svg" not in report
