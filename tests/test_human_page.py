"""Sending a question to a human, and answering it, on the screens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answering.conversations import Asked
from assistant.ui.session import services as shared

from .conftest import ROOT

PAGE = "../../pages/questions_transmises.py"
ASKING = "../../pages/poser_une_question.py"
BLUE = "Que vaut le papier bleu du <b>hibou</b> ?"
SEND = "Transmettre la question à une personne"


@pytest.fixture
def app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, specimens: list[Path]
) -> Iterator[AppTest]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    shared().library.ingest(specimens[1].name, specimens[1].read_bytes())
    yield AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30).run()
    shared.close()


def click(app: AppTest, label: str) -> AppTest:
    labels = [b.label.replace("\u00a0", " ").replace("\\", "") for b in app.button]
    return app.button[labels.index(label)].click().run()


def shown(app: AppTest) -> str:
    kinds = ("markdown", "caption", "html", "error", "warning", "info")
    texts = [str(element.value) for kind in kinds for element in app.get(kind)]
    read = re.sub(r"</?mark[^>]*>", "", "\n".join(texts))  # the words asked for are marked
    return read.replace("\u00a0", " ").replace("\\", "")


def test_a_refused_question_is_sent_answered_and_comes_back(app: AppTest) -> None:
    app.chat_input[0].set_value(BLUE).run()
    click(app, SEND)
    assert "Question transmise le" in shown(app)
    assert SEND not in [b.label for b in app.button]

    app.switch_page(PAGE).run()
    assert "papier bleu du &lt;b&gt;hibou&lt;/b&gt;" in shown(app)
    app.session_state["answer-1"] = True  # the expander, opened
    app.run()
    app.text_area[0].set_value("C’est un <i>bon de commande</i>.").run()
    click(app, "Enregistrer la réponse")
    assert "Aucun article n’est cité" in app.error[0].value.replace("\u00a0", " ")
    app.multiselect[0].set_value(["7"]).run()
    click(app, "Enregistrer la réponse")
    assert not app.error
    assert "Aucune question ici" in shown(app)

    app.switch_page(ASKING).run()
    assert "Réponse relue par Poste local" in shown(app)
    assert "C’est un &lt;i&gt;bon de commande&lt;/i&gt;. [1]" in shown(app)
    assert "[1] Article 7" in "".join(e.label for e in app.expander).replace("\\", "")


def test_a_question_that_the_texts_do_not_rule_says_so_and_can_be_reopened(app: AppTest) -> None:
    who = shared().accounts.people.local()
    _, turn = shared().conversations.begin(who, Asked(BLUE), conversation_id=None)
    shared().conversations.end(turn, answer=shared().answering.ask(BLUE))
    shared().human_questions.send(who, turn)
    shared().human_questions.close(who, 1, "Aucun texte n’en parle.")

    app.switch_page(PAGE).run()
    app.segmented_control[0].set_value("outside").run()
    assert "Aucun texte n’en parle." in shown(app)

    click(app, "Rouvrir la question")
    app.segmented_control[0].set_value("open").run()
    assert "papier bleu" in shown(app)


def test_who_deletes_a_conversation_is_told_what_stays_and_who_answers_that_it_was_withdrawn(
    app: AppTest,
) -> None:
    app.chat_input[0].set_value(BLUE).run()
    click(app, SEND)
    click(app, "Supprimer la conversation")
    assert "chacune avec sa question et sans votre nom" in shown(app)
    assert "restent aussi, avec votre nom" in shown(app)

    place = str(app.query_params["conversation"])  # a click in a dialog needs a browser
    shared().conversations.delete(shared().accounts.people.local(), place)
    app.switch_page(PAGE).run()
    assert "Aucune question ici" in shown(app)
    app.segmented_control[0].set_value("withdrawn").run()

    assert "Retirée par son auteur" in shown(app)
    assert "Rouvrir la question" not in [b.label.replace("\u00a0", " ") for b in app.button]
