"""The screens, run by Streamlit's own test runner on real services in a folder of their own."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from streamlit.testing.v1 import AppTest

from assistant.answer_records import Outcome
from assistant.searching.edge_folder import EdgeFolder
from assistant.ui.first_minute import SUGGESTIONS
from assistant.ui.session import services as shared
from assistant.wiring import Services, open_services

from .conftest import ROOT, make_settings
from .openai_server import Connection, engine
from .opened_app import (
    CEILING,
    DOCUMENTS,
    app,
    click,
    data_dir,
    empty_app,
    shown,
    wait_for_ingestions,
)

__all__ = ["app", "data_dir", "empty_app"]

EVALUATION = "../../pages/evaluation.py"


def test_an_empty_installation_offers_the_specimen_and_ones_own_documents(
    empty_app: AppTest,
) -> None:
    empty_app.run()

    labels = [button.label for button in empty_app.button]
    assert labels == ["Charger le spécimen", "Ajouter mes documents"]


def test_the_loaded_specimen_is_said_to_be_fictional_and_suggests_questions(
    empty_app: AppTest,
) -> None:
    click(empty_app.run(), "Charger le spécimen")
    wait_for_ingestions(empty_app)

    labels = [button.label.replace("\u00a0", " ") for button in empty_app.button]
    assert "sans aucune valeur juridique" in shown(empty_app)
    assert sorted(labels) == sorted(SUGGESTIONS["9-20-202"])


@pytest.mark.parametrize("question", SUGGESTIONS["9-20-202"])
def test_what_is_suggested_of_the_specimen_is_answered(
    specimen_services: Services, question: str
) -> None:
    answer = specimen_services.answering.ask(question)

    assert answer.outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "article"),
    list(zip(SUGGESTIONS["2-22-431"], ("91", "36", "19", "148"), strict=True)),
)
def test_what_is_suggested_of_the_decree_is_answered_by_its_article(
    decree_services: Services, question: str, article: str
) -> None:
    answer = decree_services.answering.ask(question)

    assert answer.citations[0].article == article


def test_a_suggestion_is_answered_with_its_regime_and_its_source(app: AppTest) -> None:
    click(app, CEILING)

    assert "En vigueur" in shown(app)
    assert "quatre-vingt-cinq mille (85.000) dirhams" in shown(app)
    assert "Réponse extraite des textes, mot pour mot" in shown(app)
    assert "[1] Article 7 – Bons de commande" in app.expander[0].label.replace("\\", "")


def test_an_answer_of_the_cache_says_so_and_can_be_written_again(app: AppTest) -> None:
    for _ in range(2):
        app.chat_input[0].set_value(CEILING).run()
    assert re.search(r"Réponse en cache, rédigée le \d\d/\d\d/\d{4}", shown(app))

    click(app, "Rédiger à nouveau")

    who, place = shared().accounts.people.local(), str(app.query_params["conversation"])
    turns = shared().conversations.turns(who, place)
    assert [turn.answer and turn.answer["cached"] for turn in turns] == [False, True, False]
    assert not app.error


def test_what_the_texts_do_not_say_is_a_warning_and_not_an_answer(app: AppTest) -> None:
    app.chat_input[0].set_value("Quelle est la capitale du Japon ?").run()

    assert "Je ne trouve pas la réponse" in app.warning[0].value
    assert not app.error


def test_what_people_type_is_shown_literally(app: AppTest) -> None:
    app.chat_input[0].set_value("<script>alert(1)</script> **gras** $x$ [INST]").run()

    question = app.chat_message[0].get("html")[0].value
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **gras** $x$ [INST]" in question


def test_a_question_too_long_is_explained_and_comes_back_into_the_box(app: AppTest) -> None:
    question = "mot " * 1250

    app.chat_input[0].set_value(question).run()

    assert "plus que les 2000 admis" in app.error[0].value
    assert app.chat_input[0].proto.value == question


def test_an_index_held_by_another_program_is_explained(data_dir: Path, empty_app: AppTest) -> None:
    other = open_services(make_settings(data_dir))
    try:
        empty_app.run()
    finally:
        other.close()

    assert "déjà ouvert par un autre programme" in empty_app.error[0].value
    assert not empty_app.exception


def test_a_page_works_again_once_the_other_program_has_stopped(
    data_dir: Path, empty_app: AppTest
) -> None:
    other = open_services(make_settings(data_dir))
    empty_app.run()
    other.close()
    empty_app.run()

    assert not empty_app.error
    assert empty_app.button


def test_a_bug_shows_a_reference_and_no_stack_trace(
    empty_app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "emptied.db"  # says it has the tables, and has none
    migrations = ScriptDirectory(str(ROOT / "assistant/storage/migrations"))
    newest = migrations.get_current_head()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [newest])
        connection.commit()
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", f"sqlite:///{path}")

    empty_app.run()

    assert re.search(r"référence [0-9a-f]{8}", empty_app.error[0].value)
    assert not empty_app.exception
    EdgeFolder(tmp_path / "data" / "index").close()  # what failed holds nothing: one can try again


def test_a_file_that_is_no_pdf_is_named_with_the_cause(app: AppTest) -> None:
    app.switch_page(DOCUMENTS).run()
    app.file_uploader[0].upload("note.pdf", b"rien de lisible")

    click(app, "Ajouter ces fichiers")
    wait_for_ingestions(app)

    assert "« note.pdf »" in app.error[0].value.replace("\\", "").replace("\u00a0", " ")


def test_the_same_file_again_changes_nothing_and_says_so(
    app: AppTest, specimens: list[Path]
) -> None:
    app.switch_page(DOCUMENTS).run()
    app.file_uploader[0].upload("copie.pdf", specimens[0].read_bytes())

    click(app, "Ajouter ces fichiers")
    wait_for_ingestions(app)

    assert "déjà indexé, rien n’a changé" in app.info[0].value
    assert len(shared().library.documents()) == 2


def test_documents_say_what_they_contain(app: AppTest) -> None:
    app.switch_page(DOCUMENTS).run()

    assert "5 pages · 18 articles · 1 annexe · 20 passages" in shown(app)


def rate(app: AppTest, *, criteria: int) -> AppTest:
    """Choose 4 for the first `criteria` criteria, and save."""
    for radio in app.radio[:criteria]:
        radio.set_value(4)
    return click(app, "Enregistrer et passer à la suivante")


@pytest.fixture
def evaluation(app: AppTest) -> AppTest:
    shared().answering.ask(CEILING)
    app.switch_page(EVALUATION).run()
    app.text_input[0].set_value("Amina").run()
    return app


def test_a_rating_without_all_its_criteria_is_not_kept(evaluation: AppTest) -> None:
    rate(evaluation, criteria=3)

    assert evaluation.error[0].value.endswith("Exactitude des sources.")
    assert shared().ratings.rows() == []


def test_a_rating_is_kept_and_the_annotator_sees_the_end(evaluation: AppTest) -> None:
    rate(evaluation, criteria=4)

    [row] = shared().ratings.rows()
    assert (row["annotator"], row["pertinence"], row["exactitude_sources"]) == ("Amina", 4, 4)
    assert "Toutes les réponses sont notées" in evaluation.success[0].value


def test_an_answer_passed_can_be_seen_again(evaluation: AppTest) -> None:
    click(evaluation, "Passer")
    assert not evaluation.radio

    click(evaluation, "Revoir les réponses passées")
    assert len(evaluation.radio) == 4


def test_a_sentence_that_no_text_supports_is_shown_struck_with_its_reason(
    data_dir: Path, specimens: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(connection: Connection) -> None:
        connection.begin()
        connection.send("Le plafond du bon de commande est de 85.000 dirhams [1]. ")
        connection.send("Il est de 999.000 dirhams pour les travaux [1].", "stop")
        connection.send_line("[DONE]")

    with engine(answer) as server:
        monkeypatch.setenv("ASSISTANT_MODEL", "openai:essai")
        monkeypatch.setenv("ASSISTANT_MODEL_URL", server.url)
        shared().library.ingest(specimens[1].name, specimens[1].read_bytes())
        app = AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30).run()
        app.chat_input[0].set_value(CEILING).run()

    struck = next(e.value for e in app.get("html") if 'class="retire"' in e.value)
    assert "999.000" in struck
    assert "Phrase retirée" in struck
    assert "Réponse rédigée par essai" in shown(app)
