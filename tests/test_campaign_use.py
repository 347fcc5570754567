"""What people confirm in campaigns: search learns it, training and regression start from it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.accounts.records import Role
from assistant.cli import main
from assistant.evaluating.campaign_records import ArticleRef, CampaignPlan, Marks
from assistant.evaluating.question_files import read_question_file
from assistant.evaluating.regression import run_regression
from assistant.storage.account_tables import PersonRow
from assistant.storage.tables import CRITERIA, AnswerRow
from assistant.wiring import Services

from .campaign_data import ALL_FIVE, keep_answers

TEXT = "9-20-202"
ASKED = "Combien puis-je dépenser chez le quincaillier du quartier ?"
FULL = Marks(scores=ALL_FIVE)
POOR = Marks(scores={**ALL_FIVE, "fidelite_sources": 2})
REVIEWER, RATER, OTHER = 901, 902, 903


@pytest.fixture
def opened(specimen_services: Services) -> Services:
    """A campaign of one answer, to a question in words that no article has."""
    services = specimen_services
    [answer_id] = keep_answers(services.database, 1)
    with services.database.session() as session:
        row = session.get_one(AnswerRow, answer_id)
        row.question = ASKED
        row.content = {**row.content, "question": ASKED}
        session.add_all(
            PersonRow(id=one, login=f"p{one}", identity=f"p{one}", name="<b>P", role=Role.ANNOTATOR)
            for one in (REVIEWER, RATER, OTHER)
        )
    plan = CampaignPlan("Essai", raters=(RATER, OTHER), reviewers=(REVIEWER,), overlap_share=1)
    campaign = services.evaluation.campaigns.create(plan, by=None)
    services.evaluation.items.add_answers(campaign.id, [answer_id])
    services.evaluation.campaigns.open(campaign.id)
    return services


def rate(services: Services, person: int, marks: Marks) -> None:
    [task] = services.evaluation.work.tasks(1, person)
    services.evaluation.work.submit(task.item_id, person, marks)


def decide(services: Services, marks: Marks) -> None:
    [task] = services.evaluation.work.tasks(1, RATER)
    services.evaluation.adjudication.decide(task.item_id, REVIEWER, marks)


def first_article(services: Services) -> str | None:
    ids = [d.id for d in services.library.searched_documents() if d.instrument.number == TEXT]
    found = services.indexes.keys.search(ASKED, limit=1, document_ids=ids)
    return found[0].passage.article if found else None


def test_a_confirmed_question_leads_to_its_article_until_a_rater_disagrees(
    opened: Services,
) -> None:
    [task] = opened.evaluation.work.tasks(1, RATER)
    opened.evaluation.work.save(task.item_id, RATER, FULL)
    drafted = first_article(opened)
    rate(opened, RATER, FULL)
    confirmed = first_article(opened)
    rate(opened, OTHER, POOR)
    contested = first_article(opened)
    opened.evaluation.work.discard(task.item_id, OTHER, Marks(comment="Hors de mon domaine"))

    assert (drafted, confirmed, contested, first_article(opened)) == (None, "7", None, "7")


def test_quick_ratings_and_campaigns_must_agree(opened: Services) -> None:
    rate(opened, RATER, FULL)
    quick = {"pertinence": 5, "coherence": 5, "fluidite": 5, "exactitude_sources": 1}
    opened.ratings.rate("a0", "Ali", quick)
    contested = first_article(opened)
    opened.ratings.withdraw("a0", "Ali")

    assert (contested, first_article(opened)) == (None, "7")


def test_the_right_article_that_a_rater_names_is_the_one_confirmed(opened: Services) -> None:
    rate(opened, RATER, replace(POOR, right_articles=(ArticleRef(TEXT, "8"),)))

    assert first_article(opened) == "8"


def test_a_decision_stands_in_place_of_the_ratings(opened: Services) -> None:
    rate(opened, RATER, FULL)
    rate(opened, OTHER, POOR)
    decide(opened, replace(FULL, right_articles=(ArticleRef(TEXT, "8"),)))

    assert first_article(opened) == "8"


def test_reviewed_answers_leave_as_a_question_file_with_their_answers(opened: Services) -> None:
    rate(opened, RATER, FULL)
    rate(opened, OTHER, replace(FULL, corrected_answer="Trois mille dirhams."))
    before = opened.evaluation.reviewed.export_jsonl()
    opened.evaluation.campaigns.close(1)

    exported = opened.evaluation.reviewed.export_jsonl()

    [row] = [json.loads(line) for line in exported.splitlines()]
    assert before == ""
    assert (row["question"], row["answer"]) == (ASKED, "Trois mille dirhams.")
    assert (row["articles"], row["corrected"], row["decided"]) == ({TEXT: ["7"]}, True, False)
    [question] = read_question_file("reviewed.jsonl", exported.encode()).questions
    assert question.expected == ((TEXT, "7"),)


def test_raters_who_correct_in_different_ways_need_a_decision(opened: Services) -> None:
    rate(opened, RATER, replace(FULL, corrected_answer="Deux mille dirhams."))
    rate(opened, OTHER, replace(FULL, corrected_answer="Trois mille dirhams."))
    opened.evaluation.campaigns.close(1)
    undecided = opened.evaluation.reviewed.all()
    decide(opened, replace(FULL, corrected_answer="Trois mille dirhams."))

    assert undecided == []
    assert [one.answer for one in opened.evaluation.reviewed.all()] == ["Trois mille dirhams."]


def test_a_confirmed_question_is_asked_again_and_what_changed_is_said(
    specimen_services: Services,
) -> None:
    services = specimen_services
    answer = services.answering.ask("Quel est le plafond des achats par bon de commande ?")
    assert answer.id
    scores = {"pertinence": 5, "coherence": 5, "fluidite": 5, "exactitude_sources": 5}
    services.ratings.rate(answer.id, "Ali", scores)

    same = run_regression(services.answering, services.database)
    with services.database.session() as session:
        row = session.get_one(AnswerRow, answer.id)
        row.content = {**row.content, "answer": "Dit autrement [1]."}
    changed = run_regression(services.answering, services.database)

    cited = answer.citations[0]
    assert (same["n"], same["changes"]["same"], same["answers"]) == (1, 1, [])
    [one] = changed["answers"]
    assert (one["change"], one["article"]) == ("text", cited.article)
    assert (one["before"]["answer"], one["after"]["answer"]) == ("Dit autrement [1].", answer.text)


@pytest.mark.parametrize("is_old", [False, True], ids=["kept with it", "of before"])
def test_a_question_asked_within_a_text_is_asked_within_it_again(
    specimen_services: Services, is_old: bool
) -> None:
    services = specimen_services
    asked = "Quel est le plafond des achats par bon de commande ?"
    answer = services.answering.ask(asked, within="9-10-101")
    assert answer.id
    services.ratings.rate(answer.id, "Ali", dict.fromkeys(CRITERIA, 5))
    if is_old:
        with services.database.session() as session:
            row = session.get_one(AnswerRow, answer.id)
            row.context = {key: row.context[key] for key in row.context if key != "within"}

    found = run_regression(services.answering, services.database)

    [one] = found["answers"]  # the question is a key to its article now: fewer others are cited
    assert (found["n"], found["changes"]["lost"]) == (1, 0)
    assert {instrument for instrument, _ in one["after"]["articles"]} == {"9-10-101"}


def test_an_article_that_is_no_longer_cited_first_is_lost(opened: Services) -> None:
    rate(opened, RATER, FULL)
    for document in opened.library.documents():
        opened.library.remove(document.id)

    found = run_regression(opened.answering, opened.database)

    assert found["changes"]["lost"] == 1


def test_the_command_line_lists_exports_and_reports_campaigns(
    opened: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rate(opened, RATER, replace(FULL, comment="<script>alert(1)</script>"))
    rate(opened, OTHER, POOR)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(opened.settings.data_dir))
    file = tmp_path / "rapport.html"

    statuses = [main(["campaigns", "list"]), main(["campaigns", "export", "1"])]
    statuses.append(main(["campaigns", "report", "1", "-o", str(file)]))
    statuses.append(main(["export", "reviewed"]))
    missing = main(["campaigns", "report", "99"])

    out = capsys.readouterr()
    assert (statuses, missing) == ([0, 0, 0, 0], 1)
    assert "Essai (ouverte, 1\u00a0réponse, 2\u00a0notes sur 2)" in out.out
    assert json.loads(out.out.splitlines()[1])["comment"] == "<script>alert(1)</script>"
    assert "elle n’existe pas" in out.err
    report = file.read_text("utf-8")
    assert "&lt;script&gt;" in report
    assert "<script" not in report
    assert "non mesurable" in report


def test_questions_are_answered_for_a_campaign_and_wrong_lines_are_named(
    specimen_services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    specimen_services.evaluation.campaigns.create(CampaignPlan("Essai"), by=None)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(specimen_services.settings.data_dir))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    specimen_services.close()
    file = tmp_path / "questions.csv"
    file.write_text("question;lancement\nQui signe le marché ?;\nQuand ?;hier\n", "utf-8")

    status = main(["campaigns", "answer", "1", str(file), "--name", "Essai du jour"])

    out = capsys.readouterr()
    assert status == 1
    assert "campagne 1 : 1." in out.out
    assert "Ligne 3 : « hier » n’est pas une date" in out.err
