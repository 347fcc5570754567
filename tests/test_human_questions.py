"""A question that the texts do not answer goes to a human, and the answer comes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from assistant.accounts.records import Person
from assistant.answer_records import Outcome
from assistant.answering.contract import answer_json
from assistant.answering.conversation_export import conversation_html
from assistant.answering.conversations import Asked
from assistant.answering.human_questions import Quoted
from assistant.answering.human_records import Standing
from assistant.errors import (
    ChangedMeanwhile,
    Forbidden,
    InvalidAnswer,
    UnknownConversation,
    WithdrawnQuestion,
)
from assistant.wiring import Services

from .asked_of_people import ANSWER, BLUE, NEW, OLD, amina, ask, badia, only, opened, reply, send

__all__ = ["amina", "badia", "opened"]


def test_what_was_asked_in_goes_with_a_question(opened: Services, amina: Person) -> None:
    place, _, _ = ask(opened, amina, "Quel est le plafond des bons de commande ?")
    launched = date(2019, 6, 12)
    _, turn = opened.conversations.begin(
        amina, Asked(BLUE, None, None, launched), conversation_id=place
    )
    opened.conversations.end(turn, answer=opened.answering.ask(BLUE, launched=launched))
    opened.human_questions.send(amina, turn)

    question = only(opened)
    assert (question.asker, question.question) == ("Amina A.", BLUE)
    assert question.earlier == ("Quel est le plafond des bons de commande ?",)
    assert (question.regime["instrument"], question.regime["launched"]) == (OLD, "2019-06-12")
    assert all(found["instrument"] == OLD for found in question.nearest)


def test_pressing_twice_sends_once(opened: Services, amina: Person) -> None:
    _, turn = send(opened, amina)

    with ThreadPoolExecutor(4) as presses:
        list(presses.map(lambda _: opened.human_questions.send(amina, turn), range(8)))

    assert len(opened.human_questions.standing(Standing.OPEN)) == 1


def test_only_ones_own_refused_questions_are_sent(
    opened: Services, amina: Person, badia: Person
) -> None:
    _, refused, _ = ask(opened, amina)
    _, answered, _ = ask(opened, amina, "Quel est le plafond des bons de commande ?")

    for who, turn in ((badia, refused), (amina, answered), (amina, 999)):
        with pytest.raises(UnknownConversation):
            opened.human_questions.send(who, turn)

    assert opened.human_questions.standing(Standing.OPEN) == []


def test_the_answer_comes_back_into_the_conversation(
    opened: Services, amina: Person, badia: Person
) -> None:
    place, turn = send(opened, amina)

    reply(opened, badia, only(opened))

    sent = opened.human_questions.of_conversation(place)[turn]
    assert sent.standing is Standing.ANSWERED
    assert sent.content is not None
    assert sent.content["answer"] == f"{ANSWER} [1]"
    assert sent.content["review"]["by"] == "Badia B."
    [citation] = sent.content["citations"]
    _, articles = opened.library.articles(NEW)
    text = next(a.text for a in articles if a.number == "7")
    assert citation["quote"] in text
    assert "plafond" in citation["quote"]
    conversation, turns = (
        opened.conversations.find(amina, place),
        opened.conversations.turns(amina, place),
    )
    assert "Réponse relue par Badia B." in conversation_html(conversation, turns, {turn: sent})
    assert [entry.action for entry in opened.accounts.audit.entries(limit=1)] == [
        "question_answered"
    ]


def test_two_reviewers_do_not_overwrite_each_other(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    question = only(opened)
    reply(opened, badia, question)

    with pytest.raises(ChangedMeanwhile, match="autre personne"):
        opened.human_questions.close(badia, question.id, "Hors sujet.")


def test_a_question_outside_of_the_texts_is_closed_with_a_reason(
    opened: Services, amina: Person, badia: Person
) -> None:
    place, turn = send(opened, amina)

    opened.human_questions.close(badia, only(opened).id, "Aucun texte ne parle de papier bleu.")

    sent = opened.human_questions.of_conversation(place)[turn]
    assert (sent.standing, sent.text) == (
        Standing.OUTSIDE,
        "Aucun texte ne parle de papier bleu.",
    )
    assert (sent.reviewer, sent.content) == ("Badia B.", None)
    assert opened.answering.ask(BLUE).review is None


@pytest.mark.parametrize(
    "text", ["", " \n ", "\x00", "é" * 4001], ids=["none", "blank", "nul", "long"]
)
def test_an_answer_of_nothing_or_of_too_much_is_refused(
    opened: Services, amina: Person, badia: Person, text: str
) -> None:
    send(opened, amina)
    question = only(opened)

    with pytest.raises(InvalidAnswer):
        opened.human_questions.answer(badia, question.id, text, [Quoted(NEW, "7", (0, 10))])
    with pytest.raises(InvalidAnswer, match="Aucun article"):
        opened.human_questions.answer(badia, question.id, ANSWER, [])

    assert only(opened).standing is Standing.OPEN


def test_a_reader_answers_nothing(opened: Services, amina: Person) -> None:
    send(opened, amina)
    question = only(opened)

    for act in (
        lambda: reply(opened, amina, question),
        lambda: opened.human_questions.close(amina, question.id, "Non."),
        lambda: opened.human_questions.reopen(amina, question.id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_deleted_conversation_withdraws_what_nobody_answered(
    opened: Services, amina: Person, badia: Person
) -> None:
    place, _, _ = ask(opened, amina, "Quel est le plafond des bons de commande ?")
    send(opened, amina, within=place)
    open_question = only(opened)
    assert open_question.earlier

    opened.conversations.delete(amina, place)

    withdrawn = only(opened, Standing.WITHDRAWN)
    assert (withdrawn.question, withdrawn.earlier) == (BLUE, ())
    assert opened.human_questions.standing(Standing.OPEN) == []
    for act in (
        lambda: reply(opened, badia, open_question),
        lambda: opened.human_questions.close(badia, open_question.id, "Hors sujet."),
        lambda: opened.human_questions.reopen(badia, open_question.id),
    ):
        with pytest.raises(WithdrawnQuestion, match="retirée par son auteur"):
            act()


def test_a_deleted_conversation_leaves_what_was_answered_without_the_questions_before(
    opened: Services, amina: Person, badia: Person
) -> None:
    place, _, _ = ask(opened, amina, "Quel est le plafond des bons de commande ?")
    send(opened, amina, within=place)
    reply(opened, badia, only(opened))

    opened.conversations.delete(amina, place)

    answered = only(opened, Standing.ANSWERED)
    assert (answered.question, answered.earlier, answered.asker) == (BLUE, (), "Amina A.")
    assert opened.answering.ask(BLUE).review is not None


def test_a_refusal_names_the_nearest_articles_of_the_real_decree(
    decree_services: Services,
) -> None:
    question = "Quel est le taux des intérêts moratoires dus en cas de retard de paiement ?"

    answer = decree_services.answering.ask(question, keep=False)

    assert answer.outcome is Outcome.NOT_FOUND
    nearest = answer_json(answer)["nearest"]
    assert [found["instrument"] for found in nearest] == ["2-22-431"] * 3
    for found in nearest:
        assert decree_services.library.article(found["document_id"], found["article"]).text
