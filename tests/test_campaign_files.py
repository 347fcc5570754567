"""Question files of campaigns, and the configurations that answer them."""

from datetime import date

import pytest

from assistant.errors import InvalidCampaign, InvalidFile
from assistant.evaluating.campaign_records import CampaignPlan, TaskKind
from assistant.evaluating.question_files import read_question_file
from assistant.evaluating.questions import Question
from assistant.evaluating.rated import read_items
from assistant.evaluating.variants import PRESENT
from assistant.wiring import Services

CSV = """\
Identifiant;Genre;Question;Lancement;Articles
q1;direct;"Quel est le délai ; en jours ?";2024-01-15;36 37
q2;direct;;2024-01-15;
q3;cas;"Quelle caution
définitive ?";15/01/2024;
q4;cas;Quel est le plafond ?;;8;de trop
q5;cas;Qui signe le marché ?;;
"""


def test_the_good_lines_of_a_csv_are_kept_and_the_wrong_ones_are_named() -> None:
    read = read_question_file("questions.csv", CSV.encode("utf-8-sig"))

    assert [(q.id, q.kind, q.text) for q in read.questions] == [
        ("q1", "direct", "Quel est le délai ; en jours ?"),
        ("q5", "cas", "Qui signe le marché ?"),
    ]
    assert (read.questions[0].launched, read.questions[0].articles) == (
        date(2024, 1, 15),
        ("36", "37"),
    )
    assert [(line.number, line.problem) for line in read.wrong_lines] == [
        (3, "Ligne 3 : la question est vide."),
        (4, "Ligne 4 : « 15/01/2024 » n’est pas une date AAAA-MM-JJ."),
        (6, "Ligne 6 : elle a plus de colonnes que la première ligne."),
    ]


def test_the_good_lines_of_json_lines_are_kept_and_the_wrong_ones_are_named() -> None:
    lines = (
        '{"id": "q1", "question": "Un ?"}\n\n{"id": 2\n{"question": " "}\n{"question": "Deux ?"}'
    )

    read = read_question_file("questions.jsonl", lines.encode())

    assert [q.text for q in read.questions] == ["Un ?", "Deux ?"]
    assert [line.number for line in read.wrong_lines] == [3, 4]


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("q.csv", "Réponse\nx".encode(), "colonne « question »"),
        ("q.csv", "Question\nQuel délai ?".encode("utf-16"), "UTF-8"),
        ("q.csv", b"Question\n\n", "aucune question"),
        ("q.jsonl", b"", "aucune question"),
        ("q.jsonl", b"[1]", "Ligne 1"),
    ],
)
def test_a_file_without_a_usable_question_is_refused_with_the_cause(
    name: str, data: bytes, cause: str
) -> None:
    with pytest.raises(InvalidFile, match=cause):
        read_question_file(name, data)


def test_a_file_is_answered_by_several_configurations_which_no_rater_is_told(
    specimen_services: Services,
) -> None:
    items, campaigns = specimen_services.evaluation.items, specimen_services.evaluation.campaigns
    person = specimen_services.accounts.people.local().id
    campaign = campaigns.create(CampaignPlan("x", raters=(person,)), by=person)
    asked = "Quel est le plafond des bons de commande ?"
    questions = [Question("q1", asked, kind="direct"), Question("q2", "x" * 3000)]
    variants = specimen_services.variants().all()[:3]

    refused = items.add_answered(campaign.id, questions, variants)
    items.add_answered(campaign.id, questions[:1], variants, kind=TaskKind.COMPARISON)
    campaigns.open(campaign.id)

    assert [(one.question, one.variant) for one in refused] == [
        ("x" * 3000, variant.name) for variant in variants
    ]
    kept = campaigns.get(campaign.id)
    assert kept.item_count == 6
    assert kept.sources[0].endswith(f"({', '.join(variant.name for variant in variants)})")
    work = specimen_services.evaluation.work
    tasks = [work.task(t.item_id, person) for t in work.tasks(campaign.id, person)]
    assert sorted(len(task.answers) for task in tasks) == [1, 1, 1, 2, 2, 2]
    assert not any(variant.name in str(task) for task in tasks for variant in variants)
    campaigns.close(campaign.id)
    rows = specimen_services.evaluation.export.rows(campaign.id, person_id=person)
    assert rows == []


def test_a_comparison_takes_two_configurations(specimen_services: Services) -> None:
    campaigns = specimen_services.evaluation.campaigns
    campaign = campaigns.create(CampaignPlan("x"), by=None)

    with pytest.raises(InvalidCampaign, match="deux configurations"):
        specimen_services.evaluation.items.add_answered(
            campaign.id, [], [specimen_services.variants().present()], kind=TaskKind.COMPARISON
        )


def test_an_answer_is_kept_with_the_settings_that_made_it(specimen_services: Services) -> None:
    campaigns = specimen_services.evaluation.campaigns
    campaign = campaigns.create(CampaignPlan("x"), by=None)
    answer = specimen_services.answering.ask("Quel est le plafond des bons de commande ?")
    again = specimen_services.answering.ask("Quel est le plafond des bons de commande ?")
    assert answer.id
    assert again.id

    specimen_services.evaluation.items.add_answers(campaign.id, [answer.id, again.id])
    specimen_services.evaluation.items.add_answered(
        campaign.id, [Question("q1", "Qui signe ?")], [specimen_services.variants().present()]
    )

    with specimen_services.database.reading() as session:
        names = [item.configuration for item in read_items(session, campaign.id).values()]
    assert names[0] == names[1]
    assert names[0].startswith("extractive, version ")
    assert names[2] == PRESENT
