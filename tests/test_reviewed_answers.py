"""What a human answered is given to who asks the same, until its texts change."""

import json
from datetime import date

from sqlalchemy import update

from assistant.accounts.records import Person
from assistant.answer_records import Outcome
from assistant.answering.contract import answer_json, reviewed_by
from assistant.answering.conversation_export import conversation_html
from assistant.answering.human_records import Standing
from assistant.storage.tables import ArticleRow
from assistant.wiring import Services

from .asked_of_people import ANSWER, BLUE, NEW, amina, badia, only, opened, reply, send

__all__ = ["amina", "badia", "opened"]


def test_who_asks_the_same_is_given_the_reviewed_answer_first(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    again = opened.answering.ask("QUE VAUT LE PAPIER BLEU DU HIBOU")

    assert again.text == f"{ANSWER} [1]"
    assert again.review is not None
    assert again.review.by == "Badia B."
    assert again.citations[0].force is not None
    assert json.dumps(again.citations[0].quote)  # a copy of the article's own words


def test_the_answer_of_one_regime_is_not_given_under_another(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    under_the_old = opened.answering.ask(BLUE, launched=date(2019, 6, 12))

    assert under_the_old.review is None


def test_an_answer_is_given_for_the_launch_it_was_written_for_and_says_so(
    opened: Services, amina: Person, badia: Person
) -> None:
    launched, later = date(2024, 1, 10), date(2026, 10, 1)
    place, _ = send(opened, amina, launched=launched)
    reply(opened, badia, only(opened))

    again = opened.answering.ask(BLUE, launched=launched)

    assert again.regime.instruments == (NEW,)
    assert "pour une procédure lancée le 10/01/2024" in reviewed_by(answer_json(again))
    sent = opened.human_questions.of_conversation(place)
    assert "pour une procédure lancée le 10/01/2024" in conversation_html(
        opened.conversations.find(amina, place), opened.conversations.turns(amina, place), sent
    )
    for other in (later, None):
        asked = opened.answering.ask(BLUE, launched=other)
        assert (asked.regime.instruments, asked.review) == ((NEW,), None)


def test_an_answer_for_no_launch_is_given_for_none(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    assert opened.answering.ask(BLUE, launched=date(2024, 1, 10)).review is None
    again = opened.answering.ask(BLUE)
    assert again.review
    assert "procédure" not in reviewed_by(answer_json(again))


def test_a_question_that_was_answered_leads_to_its_article(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    result = opened.search.search("combien vaut le papier bleu, du hibou")

    assert result.hits[0].article.number == "7"


def test_a_cited_article_that_changes_takes_the_answer_back(
    opened: Services, amina: Person, badia: Person
) -> None:
    place, turn = send(opened, amina)
    reply(opened, badia, only(opened))

    with opened.database.session() as session:
        session.execute(
            update(ArticleRow)
            .where(ArticleRow.number == "7", ArticleRow.text.contains("plafond"))
            .values(text=ArticleRow.text + " Nouveau.")
        )
    opened.library._article.cache_clear()

    assert opened.answering.ask(BLUE).review is None
    assert only(opened, Standing.ANSWERED).is_outdated
    sent = opened.human_questions.of_conversation(place)[turn]
    assert sent.is_outdated
    assert sent.content is not None  # what was answered then is still shown, with a warning


def test_a_document_that_is_removed_takes_the_answer_back(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    document, _ = opened.library.articles(NEW)
    opened.library.remove(document.id)

    assert opened.answering.ask(BLUE).review is None


def test_an_answer_that_is_reopened_is_no_longer_given(
    opened: Services, amina: Person, badia: Person
) -> None:
    send(opened, amina)
    reply(opened, badia, only(opened))

    opened.human_questions.reopen(badia, only(opened, Standing.ANSWERED).id)

    assert only(opened).text == ANSWER  # to be corrected, not written anew
    assert opened.answering.ask(BLUE).outcome is Outcome.NOT_FOUND
