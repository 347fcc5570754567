"""What leaves a campaign: its export and its report, and what a rater may have of them."""

import csv
import io
import re
from dataclasses import replace

import pytest

from assistant.errors import StillBlind
from assistant.evaluating.campaign_records import Campaign, CampaignPlan, Marks, Preference
from assistant.evaluating.evaluation import Evaluation
from assistant.evaluating.report import report_html
from assistant.evaluating.report_tables import measure_text
from assistant.evaluating.result_records import CampaignResults, Figure
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow
from assistant.typesetting import typeset

from .campaign_data import ALI, BADIA, DRISS, MARKS, SECRET, keep_answers
from .campaign_data import open_campaign as open_one
from .rated_campaign import answers, database, evaluation, found, rated

__all__ = ["answers", "database", "evaluation", "found", "rated"]


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


def test_a_rater_gets_compared_answers_in_the_order_in_which_they_were_shown(
    evaluation: Evaluation, database: Database
) -> None:
    ours = keep_answers(database, 12, configuration="O", prefix="own-o")
    theirs = keep_answers(database, 12, configuration="T", prefix="own-t")
    with database.session() as session:
        for answer_id in theirs:
            row = session.get_one(AnswerRow, answer_id)
            row.content = {**row.content, "answer": "Trente jours [1]."}
    campaign = evaluation.campaigns.create(CampaignPlan("Ordre", raters=(ALI,)), by=None)
    evaluation.items.add_comparisons(campaign.id, list(zip(ours, theirs, strict=True)))
    evaluation.campaigns.open(campaign.id)
    shown = {}
    for summary in evaluation.work.tasks(campaign.id, ALI):
        task = evaluation.work.task(summary.item_id, ALI)
        shown[task.item_id] = [answer["answer"] for answer in task.answers]
        evaluation.work.submit(task.item_id, ALI, Marks(preference=Preference.FIRST))

    rows = evaluation.export.rows(campaign.id, person_id=ALI)

    assert {row["item_id"]: [row["answer"], row["other_answer"]] for row in rows} == shown
    assert len({tuple(order) for order in shown.values()}) == 2
    assert {row["preference"] for row in rows} == {"first"}


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
