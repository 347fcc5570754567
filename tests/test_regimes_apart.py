"""The same words under two regimes are two questions, in whatever is made of ratings."""

import json
from collections.abc import Sequence

from assistant.evaluating.campaign_records import CitationVerdict, Marks
from assistant.evaluating.evaluation import Evaluation
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow

from .campaign_data import ALI, ALL_FIVE, answer_content
from .campaign_data import open_campaign as open_one
from .opened_campaign import database, evaluation

__all__ = ["database", "evaluation"]

ASKED = "Quel est le délai ?"
REGIMES = (("9-10-101", "2015-01-01"), ("9-20-202", None))


def keep_under_two_regimes(database: Database, configuration: str) -> list[str]:
    """Keep an answer to the same words under each regime."""
    rows = []
    for place, (instrument, launched) in enumerate(REGIMES):
        content = answer_content(ASKED)
        content["regime"] |= {"instrument": instrument, "launched": launched}
        content["citations"][0]["instrument"] = instrument
        named = {"name": configuration, "settings": {"model": configuration}}
        rows.append(
            AnswerRow(
                id=f"{configuration}{place}",
                question=ASKED,
                outcome="answered",
                model=configuration,
                content=content,
                context={"configuration": named, "within": None},
            )
        )
    with database.session() as session:
        session.add_all(rows)
    return [row.id for row in rows]


def rated_by_ali(evaluation: Evaluation, answers: Sequence[str]) -> int:
    """Have Ali find all answers right, and close the campaign."""
    campaign = open_one(evaluation, answers, raters=(ALI,), overlap_share=0.0)
    marks = Marks(ALL_FIVE, citations={"1": CitationVerdict.RIGHT})
    for task in evaluation.work.tasks(campaign.id, ALI):
        evaluation.work.submit(task.item_id, ALI, marks)
    return evaluation.campaigns.close(campaign.id).id


def test_reviewed_answers_of_two_regimes_are_both_given(
    database: Database, evaluation: Evaluation
) -> None:
    rated_by_ali(evaluation, keep_under_two_regimes(database, "A"))

    rows = [json.loads(line) for line in evaluation.reviewed.export_jsonl().splitlines()]

    assert {(*row["articles"], row.get("launched")) for row in rows} == set(REGIMES)


def test_configurations_are_compared_on_the_questions_of_each_regime(
    database: Database, evaluation: Evaluation
) -> None:
    answers = [one for name in "AB" for one in keep_under_two_regimes(database, name)]
    campaign = rated_by_ali(evaluation, answers)

    differences = evaluation.results.of_campaign(campaign, person_id=None).differences

    assert {one.questions for one in differences} == {len(REGIMES)}
