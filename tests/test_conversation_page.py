"""Conversations on the screen, run by Streamlit's own test runner."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Role
from assistant.answering.conversations import Asked
from assistant.ui.session import services as shared

from .conftest import ROOT

CEILING = "Quel est le plafond des bons de commande ?"
AS_TYPED = "Poser la question telle quelle"


@pytest.fixture
def app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, specimens: list[Path]
) -> Iterator[AppTest]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    for path in specimens:
        shared().library.ingest(path.name, path.read_bytes())
    yield a_tab().run()
    shared.close()


def a_tab(conversation: str | None = None) -> AppTest:
    opened = AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30)
    if conversation:
        opened.query_params["conversation"] = conversation
    return opened


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def click(app: AppTest, label: str) -> AppTest:
    return app.button[labels(app).index(label)].click().run()


def labels(app: AppTest) -> list[str]:
    return [b.label.replace("\u00a0", " ").replace("\\", "") for b in app.button]


def shown(app: AppTest) -> str:
    kinds = ("markdown", "caption", "html", "error", "warning", "info")
    texts = [str(element.value) for kind in kinds for element in app.get(kind)]
    read = re.sub(r"</?mark[^>]*>", "", "\n".join(texts))  # the words asked for are marked
    return read.replace("\u00a0", " ").replace("\\", "")


def place_of(app: AppTest) -> str:
    return str(app.query_params["conversation"])


def test_a_follow_up_is_shown_as_it_was_understood_and_can_be_asked_as_typed(app: AppTest) -> None:
    ask(ask(app, CEILING), "et dans l’ancien décret ?")
    assert (
        "Question comprise : Quel est le plafond des bons de commande, dans l’ancien décret ?"
        in shown(app)
    )
    assert "trente-sept mille (37.000) dirhams" in shown(app)

    click(app, AS_TYPED)

    who = shared().accounts.people.local()
    last = shared().conversations.turns(who, place_of(app))[-1]
    assert (last.asked.question, last.asked.completed) == ("et dans l’ancien décret ?", None)
    assert not app.error


def test_a_new_question_is_not_completed(app: AppTest) -> None:
    ask(ask(app, CEILING), "À combien s’élève la garantie provisoire ?")

    assert "Question comprise" not in shown(app)


def test_a_refresh_and_a_second_tab_show_the_same_turns_and_filters(app: AppTest) -> None:
    app.selectbox[0].set_value("9-10-101").run()
    ask(app, CEILING)

    refreshed = a_tab(place_of(app)).run()

    assert refreshed.chat_message[0].get("html")[0].value == (
        app.chat_message[0].get("html")[0].value
    )
    assert refreshed.selectbox[0].value == "9-10-101"
    ask(refreshed, "À combien s’élève la garantie provisoire ?")
    assert len(app.run().chat_message) == len(refreshed.chat_message) == 4


def test_the_list_opens_finds_and_renames(app: AppTest) -> None:
    ask(app, CEILING)
    click(app, "Nouvelle conversation")
    assert "conversation" not in app.query_params
    ask(app, "À combien s’élève la garantie provisoire ?")

    click(app, CEILING)
    assert "quatre-vingt-cinq mille" in shown(app)
    app.text_input(key=f"title-{place_of(app)}").set_value("Bons **de** commande")
    click(app, "Renommer")
    assert "Bons **de** commande" in labels(app)

    app.text_input(key="conversation-search").set_value("garantie").run()
    assert "Bons **de** commande" not in labels(app)


def test_somebody_elses_conversation_is_refused_in_a_sentence(app: AppTest) -> None:
    other = shared().accounts.people.create(NewPerson("badia", "Badia", Role.READER))
    place, _ = shared().conversations.begin(other, Asked("Secret ?"), conversation_id=None)

    trespasser = a_tab(place).run()

    assert "appartient à une autre personne" in trespasser.error[0].value.replace("\u00a0", " ")
    assert "Secret" not in shown(trespasser)
    assert "conversation" not in trespasser.query_params
    ask(trespasser, CEILING)
    assert place_of(trespasser) != place


def test_a_conversation_deleted_in_another_tab_is_explained(app: AppTest) -> None:
    ask(app, CEILING)
    shared().conversations.delete(shared().accounts.people.local(), place_of(app))

    ask(app, "et pourquoi ?")

    assert "a été supprimée" in shown(app)
    assert app.chat_input[0].proto.value == "et pourquoi ?"
    assert not app.exception


def test_an_interrupted_turn_says_so_and_is_asked_again(app: AppTest) -> None:
    who = shared().accounts.people.local()
    place, turn = shared().conversations.begin(who, Asked(CEILING), conversation_id=None)
    shared().conversations.end(turn)

    opened = a_tab(place).run()
    assert "La réponse a été interrompue" in shown(opened)
    click(opened, "Poser de nouveau")

    assert "quatre-vingt-cinq mille" in shown(opened)


def test_words_are_marked_in_what_is_quoted_and_not_in_what_introduces_it(app: AppTest) -> None:
    ask(app, "Que dit le décret des bons de commande ?")

    [answer] = [e.value for e in app.get("html") if "D’après l’article 7" in e.value]
    introduction, _, quoted = answer.partition("«")
    assert "Bons de commande" in introduction
    assert "<mark" in quoted


def test_no_answer_is_said_to_take_no_time(app: AppTest) -> None:
    ask(app, CEILING)
    ask(app, CEILING)  # from the cache

    assert "mot pour mot · moins de 0,1 s" in shown(app)
    assert "0,0 s" not in shown(app)
