"""Conversations: kept for their owner alone, whatever tab, refresh or restart comes."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.answering.conversation_export import conversation_html, conversation_json
from assistant.answering.conversations import LONGEST_TITLE, Asked, Conversations, Turn
from assistant.answering.understanding import understand
from assistant.errors import InvalidQuestion, UnknownConversation
from assistant.wiring import Services, open_services

from .conftest import make_settings

CEILING = "Quel est le plafond des bons de commande ?"
HOSTILE = "<script>alert(1)</script> **gras** [x](http://x.y) \x00\x07\u202e"


@pytest.fixture(scope="module")
def opened(specimens: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = open_services(make_settings(tmp_path_factory.mktemp("conversations")))
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())
    yield services
    services.close()


@pytest.fixture(scope="module")
def other(opened: Services) -> Person:
    return opened.accounts.people.create(NewPerson("badia", "Badia B.", Role.READER))


@pytest.fixture
def conversations(opened: Services) -> Conversations:
    return Conversations(opened.database)


@pytest.fixture
def who(opened: Services, request: pytest.FixtureRequest) -> Person:
    """Somebody without conversations: another one for each test."""
    login = f"p{abs(hash(request.node.nodeid))}"[:20]
    return opened.accounts.people.create(NewPerson(login, "Amina A.", Role.READER))


def ask(
    opened: Services,
    who: Person,
    question: str,
    place: str | None = None,
    *,
    within: str | None = None,
    launched: date | None = None,
) -> str:
    """Ask as the screen does; gives the conversation."""
    turns = opened.conversations.turns(who, place) if place else []
    asked = understand(
        Asked(question, None, within, launched), turns, governing=opened.search.governing
    )
    place, turn_id = opened.conversations.begin(who, asked, conversation_id=place)
    answer = opened.answering.ask(
        asked.completed or question, within=asked.within, launched=asked.launched
    )
    opened.conversations.end(turn_id, answer=answer)
    return place


def turns_of(opened: Services, who: Person, place: str) -> list[Turn]:
    """Read what is kept, as a process that has just started does."""
    return Conversations(opened.database).turns(who, place)


def test_a_restart_gives_the_turns_back_as_they_were_shown(opened: Services, who: Person) -> None:
    place = ask(opened, who, CEILING)
    ask(opened, who, "et pourquoi ?", place)

    first, second = turns_of(opened, who, place)

    assert first.answer is not None
    assert first.answer["citations"][0]["article"] == "7"
    assert second.asked.question == "et pourquoi ?"
    assert second.asked.completed == "Quel est le plafond des bons de commande, et pourquoi\u00a0?"


def test_a_follow_up_changes_the_date_that_was_chosen_for_the_turn_before(
    opened: Services, who: Person
) -> None:
    place = ask(opened, who, CEILING, launched=date(2025, 6, 1))
    ask(opened, who, "et dans l’ancien décret ?", place, launched=date(2025, 6, 1))

    first, second = turns_of(opened, who, place)

    assert first.answer is not None
    assert second.answer is not None
    assert first.answer["regime"]["instrument"] == "9-20-202"
    assert second.answer["regime"]["instrument"] == "9-10-101"
    assert second.asked.launched is None


@pytest.mark.parametrize("question", ["et par qui ?", "et dans l’ancien décret ?"])
def test_a_date_chosen_with_the_follow_up_itself_is_kept(
    opened: Services, who: Person, question: str
) -> None:
    place = ask(opened, who, CEILING)
    ask(opened, who, question, place, launched=date(2019, 6, 12))

    assert turns_of(opened, who, place)[1].asked.launched == date(2019, 6, 12)


def test_that_article_is_the_first_source_of_the_answer_before(
    opened: Services, who: Person
) -> None:
    place = ask(opened, who, CEILING)
    ask(opened, who, "Que dit cet article ?", place)

    last = turns_of(opened, who, place)[-1]

    assert last.asked.completed is not None
    assert "l’article 7 du décret n° 9-20-202" in last.asked.completed
    assert last.answer is not None
    assert last.answer["citations"][0]["article"] == "7"


def test_two_tabs_lose_no_turn(opened: Services, who: Person) -> None:
    place, _ = opened.conversations.begin(who, Asked(CEILING), conversation_id=None)

    def add(number: int) -> None:
        tab = Conversations(opened.database)
        _, turn = tab.begin(who, Asked(f"Question {number} ?"), conversation_id=place)
        tab.end(turn, error="Le modèle ne répond pas.")

    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(add, range(40)))

    assert len(turns_of(opened, who, place)) == 41


def test_an_interrupted_turn_stays_and_says_so(
    opened: Services, conversations: Conversations, who: Person
) -> None:
    place, turn = conversations.begin(who, Asked(CEILING), conversation_id=None)
    assert conversations.turns(who, place)[0].is_running

    conversations.end(turn)  # the person stopped it
    _, lost = conversations.begin(who, Asked(CEILING), conversation_id=place)

    stopped, killed = turns_of(opened, who, place)  # after a kill in the second
    assert (stopped.answer, stopped.error, stopped.is_running) == (None, None, False)
    assert (killed.id, killed.is_running) == (lost, False)


def test_nobody_sees_the_conversations_of_somebody_else(
    opened: Services, conversations: Conversations, who: Person, other: Person
) -> None:
    place = ask(opened, who, CEILING)

    for forbidden in (
        lambda: conversations.find(other, place),
        lambda: conversations.turns(other, place),
        lambda: conversations.rename(other, place, "à moi"),
        lambda: conversations.delete(other, place),
        lambda: conversations.begin(other, Asked("Et ?"), conversation_id=place),
    ):
        with pytest.raises(UnknownConversation, match="appartient à une autre personne"):
            forbidden()
    assert place not in [one.id for one in conversations.of(other)]
    assert [one.title for one in conversations.of(who)] == [CEILING]


@pytest.mark.parametrize(
    "place", ["", "0" * 32, "../../etc/passwd", "' OR 1=1 --", "\x00", "é" * 5000]
)
def test_what_is_no_conversation_is_refused_in_a_sentence(
    conversations: Conversations, who: Person, place: str
) -> None:
    with pytest.raises(UnknownConversation):
        conversations.find(who, place)


def test_the_list_is_searched_in_titles_questions_and_answers(
    opened: Services, who: Person
) -> None:
    ceiling = ask(opened, who, CEILING)
    guarantee = ask(opened, who, "À combien s’élève la garantie provisoire ?")
    opened.conversations.rename(who, guarantee, "Dossier de l’École 100%")

    def found(words: str) -> list[str]:
        return [one.id for one in opened.conversations.of(who, containing=words)]

    assert found("") == [guarantee, ceiling]
    assert found("PLAFOND bons") == [ceiling]
    assert found("ecole") == [guarantee]
    assert found("quatre-vingt-cinq mille") == [ceiling]  # only its answer says so
    assert found("hippopotame") == []


def test_a_title_is_the_beginning_of_the_first_question_and_can_be_changed(
    conversations: Conversations, who: Person
) -> None:
    place, _ = conversations.begin(who, Asked("mot " * 100), conversation_id=None)

    title = conversations.find(who, place).title
    assert len(title) <= LONGEST_TITLE
    assert title.endswith("mot…")

    conversations.rename(who, place, "  ")
    assert conversations.find(who, place).title == title
    conversations.rename(who, place, " Mon\ndossier ")
    assert conversations.find(who, place).title == "Mon dossier"


def test_a_conversation_deleted_while_it_is_answered_stays_deleted(
    opened: Services, conversations: Conversations, who: Person
) -> None:
    place, turn = conversations.begin(who, Asked(CEILING), conversation_id=None)
    answer = opened.answering.ask(CEILING)

    conversations.delete(who, place)
    conversations.end(turn, answer=answer)

    assert conversations.of(who) == []
    with pytest.raises(UnknownConversation):
        conversations.turns(who, place)


@pytest.mark.parametrize("question", ["", " \n\t", "\x00\x07"])
def test_a_question_of_nothing_begins_no_conversation(
    conversations: Conversations, who: Person, question: str
) -> None:
    with pytest.raises(InvalidQuestion):
        conversations.begin(who, Asked(question), conversation_id=None)

    assert conversations.of(who) == []


def test_a_question_of_100_kilobytes_is_kept_short(
    conversations: Conversations, who: Person
) -> None:
    place, turn = conversations.begin(who, Asked("é" * 100_000), conversation_id=None)
    conversations.end(turn, error="La question compte 100000 caractères.")

    assert len(conversations.turns(who, place)[0].asked.question) <= 4_000


def test_an_export_has_every_turn_and_no_markup_of_other_people(
    opened: Services, who: Person
) -> None:
    place = ask(opened, who, CEILING)
    ask(opened, who, HOSTILE, place)
    conversation = opened.conversations.find(who, place)
    turns = opened.conversations.turns(who, place)

    content = json.loads(conversation_json(conversation, turns, {}))
    page = conversation_html(conversation, turns, {})

    assert [turn["question"] for turn in content["turns"]] == [t.asked.question for t in turns]
    assert content["turns"][0]["answer"]["citations"][0]["article"] == "7"
    assert "article 7, décret n° 9-20-202" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\x00" not in page
