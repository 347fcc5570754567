"""A reader whose question is refused, a reviewer who answers it, and what passes between them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.answer_records import Answer, Outcome
from assistant.answering.conversations import Asked
from assistant.answering.human_questions import Quoted
from assistant.answering.human_records import HumanQuestion, Standing
from assistant.wiring import Services, open_services

from .conftest import make_settings

BLUE = "Que vaut le papier bleu du hibou ?"
OLD, NEW = "9-10-101", "9-20-202"
ANSWER = "Le papier bleu est un bon de commande : son plafond est celui de l’article cité."


@pytest.fixture
def opened(tmp_path: Path, specimens: list[Path]) -> Iterator[Services]:
    services = open_services(make_settings(tmp_path / "data"))
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())
    yield services
    services.close()


@pytest.fixture
def amina(opened: Services) -> Person:
    return opened.accounts.people.create(NewPerson("amina", "Amina A.", Role.READER))


@pytest.fixture
def badia(opened: Services) -> Person:
    return opened.accounts.people.create(NewPerson("badia", "Badia B.", Role.ANNOTATOR))


def ask(
    opened: Services,
    who: Person,
    question: str = BLUE,
    *,
    launched: date | None = None,
    within: str | None = None,
) -> tuple[str, int, Answer]:
    """Ask in a conversation, a new one where `within` names none."""
    place, turn = opened.conversations.begin(
        who, Asked(question, None, None, launched), conversation_id=within
    )
    answer = opened.answering.ask(question, launched=launched)
    opened.conversations.end(turn, answer=answer)
    return place, turn, answer


def send(
    opened: Services, who: Person, *, launched: date | None = None, within: str | None = None
) -> tuple[str, int]:
    """Have the question about blue paper refused, and send it; gives conversation and turn."""
    place, turn, answer = ask(opened, who, launched=launched, within=within)
    assert answer.outcome is Outcome.NOT_FOUND
    opened.human_questions.send(who, turn)
    return place, turn


def only(opened: Services, standing: Standing = Standing.OPEN) -> HumanQuestion:
    [question] = opened.human_questions.standing(standing)
    return question


def reply(opened: Services, who: Person, question: HumanQuestion, *, instrument: str = NEW) -> None:
    number = {NEW: "7", OLD: "6"}[instrument]
    _, articles = opened.library.articles(instrument)
    [article] = [a for a in articles if a.number == number]
    span = opened.human_questions.spans(article, "plafond des bons de commande")[0]
    opened.human_questions.answer(who, question.id, ANSWER, [Quoted(instrument, number, span)])
