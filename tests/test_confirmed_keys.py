"""What annotators confirm leads to its article, and only as long as they agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.evaluating.ratings import Ratings
from assistant.searching.key_store import KeyStore
from assistant.storage.tables import AnswerRow, ConfirmedQuestionRow
from assistant.wiring import Services, open_services

from .conftest import make_settings

TEXT = "9-20-202"
ASKED = "Combien pour un petit achat chez le quincaillier du quartier ?"
FULL = {"pertinence": 5, "coherence": 3, "fluidite": 3, "exactitude_sources": 5}
POOR = {**FULL, "exactitude_sources": 4}


def keep_answer(
    services: Services, answer_id: str, *, question: str = ASKED, article: str = "7"
) -> None:
    citations = [
        {"instrument": TEXT, "article": number, "page": 1, "quote": ""} for number in (article, "9")
    ]
    content = {"answer": "", "regime": {"instrument": TEXT}, "citations": citations}
    with services.database.session() as session:
        session.add(
            AnswerRow(
                id=answer_id,
                asked_at=datetime(2026, 11, 20, tzinfo=UTC),
                question=question,
                outcome="answered",
                model="extractive",
                content=content,
                context={},
            )
        )


def first_article(services: Services, question: str = ASKED) -> str | None:
    ids = [d.id for d in services.library.searched_documents() if d.instrument.number == TEXT]
    found = services.indexes.keys.search(question, limit=1, document_ids=ids)
    return found[0].passage.article if found else None


@pytest.fixture
def rated(specimen_services: Services) -> Services:
    """A question whose answer was confirmed by one annotator."""
    keep_answer(specimen_services, "a1")
    specimen_services.ratings.rate("a1", "Ali", FULL)
    return specimen_services


def test_a_confirmed_question_leads_to_the_article_cited_first(rated: Services) -> None:
    assert first_article(rated) == "7"
    assert [hit.article.number for hit in rated.search.search(ASKED).hits][:1] == ["7"]


def test_it_is_kept_with_its_rating_and_its_day(rated: Services) -> None:
    [rating] = rated.ratings.rows()
    with rated.database.session() as session:
        [row] = session.scalars(select(ConfirmedQuestionRow))

    assert (row.rating_id, row.article, row.question) == (rating["rating_id"], "7", ASKED)
    assert row.confirmed_at.isoformat(timespec="seconds") == rating["rated_at"]


def test_what_it_found_is_shown_in_the_words_of_the_law(rated: Services) -> None:
    [hit] = rated.search.search(ASKED, limit=1).hits

    passage = hit.ranked.passage
    assert passage.text == hit.article.text[passage.start : passage.end]
    assert "quincaillier" not in passage.text


def test_before_anybody_confirms_it_a_question_leads_nowhere(specimen_services: Services) -> None:
    keep_answer(specimen_services, "a1")
    specimen_services.ratings.rate("a1", "Ali", POOR)

    assert first_article(specimen_services) is None


def test_a_rating_that_changes_takes_the_question_back(rated: Services) -> None:
    rated.ratings.rate("a1", "Ali", POOR)

    assert first_article(rated) is None


def test_a_rating_that_is_withdrawn_takes_the_question_back(rated: Services) -> None:
    rated.ratings.withdraw("a1", "Ali")

    assert rated.ratings.rows() == []
    assert first_article(rated) is None


def test_an_annotator_who_disagrees_takes_the_question_back(rated: Services) -> None:
    rated.ratings.rate("a1", "Badia", POOR)
    contested = first_article(rated)
    rated.ratings.withdraw("a1", "Badia")

    assert (contested, first_article(rated)) == (None, "7")


def test_the_same_words_confirmed_for_another_article_lead_nowhere(rated: Services) -> None:
    keep_answer(rated, "a2", question=ASKED.upper().replace("?", "!"), article="8")

    rated.ratings.rate("a2", "Badia", FULL)

    assert first_article(rated) is None


@pytest.mark.parametrize(
    "question", ["Que dit l'article 7 ?", "mot " * 80, "¿Cuánto puedo gastar en la ferretería?"]
)
def test_a_look_up_a_case_or_another_language_is_no_key(
    specimen_services: Services, question: str
) -> None:
    keep_answer(specimen_services, "a1", question=question)

    specimen_services.ratings.rate("a1", "Ali", FULL)

    assert first_article(specimen_services, question) is None


def test_it_is_restored_when_the_document_comes_again(
    rated: Services, specimens: list[Path]
) -> None:
    [document] = [d for d in rated.library.documents() if d.instrument.number == TEXT]
    rated.library.remove(document.id)
    gone = first_article(rated)

    for path in specimens:
        rated.library.ingest(path.name, path.read_bytes())

    assert (gone, first_article(rated)) == (None, "7")


def test_it_is_restored_when_the_index_lost_it(rated: Services) -> None:
    settings = rated.settings
    for document in rated.library.documents():
        rated.indexes.keys.delete(document.id)
    rated.close()

    again = open_services(make_settings(settings.data_dir))

    assert first_article(again) == "7"
    again.close()


def test_an_article_that_no_longer_exists_has_no_questions(rated: Services) -> None:
    [document] = [d for d in rated.library.documents() if d.instrument.number == TEXT]
    articles = [
        replace(a, number=f"{a.number} bis") for a in rated.library.articles_of(document.id)
    ]

    keys = KeyStore(rated.database).keys_of(TEXT, articles)

    assert not any(keys.values())


def test_who_is_told_is_told_only_of_what_changes(specimen_services: Services) -> None:
    told: list[tuple[str, set[str]]] = []
    tell: Callable[[str, set[str]], None] = lambda *change: told.append(change)  # noqa: E731
    ratings = Ratings(specimen_services.database, tell)
    keep_answer(specimen_services, "a1")

    ratings.rate("a1", "Ali", FULL)
    ratings.rate("a1", "Ali", FULL, "Très bien")

    assert told == [(TEXT, {"7"})]
