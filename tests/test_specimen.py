"""The project’s own specimen: made by its script, and good for a first minute."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluating.questions import Question, read_questions
from assistant.evaluating.retrieval import evaluate_retrieval
from assistant.reading.reading import read_pdf
from assistant.records import Reading
from assistant.wiring import Services, open_services

from .conftest import ROOT, make_settings


@pytest.fixture(scope="module")
def readings(specimens: list[Path]) -> list[Reading]:
    return [
        read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)
        for path in specimens
    ]


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return read_questions(ROOT / "documents" / "questions-specimen.jsonl")


@pytest.fixture(scope="module")
def indexed(specimens: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("specimen")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def test_the_script_makes_the_specimen_byte_for_byte(specimens: list[Path], tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="fpdf2 (a development package) makes the specimen")

    subprocess.run(
        [sys.executable, str(ROOT / "documents" / "make_specimen.py"), "--output", str(tmp_path)],
        check=True,
        stdout=subprocess.DEVNULL,
    )

    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert made == {path.name: path.read_bytes() for path in specimens}


def test_the_specimens_are_two_decrees_the_second_of_which_repeals_the_first(
    readings: list[Reading],
) -> None:
    old, new = readings

    assert (old.instrument.number, new.instrument.number) == ("9-10-101", "9-20-202")
    assert any("9-10-101" in article.text and "abrog" in article.text for article in new.articles)


def test_every_article_of_the_specimens_is_read_in_order(readings: list[Reading]) -> None:
    for reading, count in zip(readings, (16, 18), strict=True):
        numbers = [a.number for a in reading.articles if a.is_numbered]
        assert numbers == [str(number) for number in range(1, count + 1)]
        assert reading.warnings == ()


def test_progress_is_told_after_each_page(specimens: list[Path]) -> None:
    path = specimens[-1]
    told: list[tuple[int, int]] = []

    read_pdf(
        path.name,
        path.read_bytes(),
        max_pages=250,
        max_megabytes=50,
        on_page=lambda done, total: told.append((done, total)),
    )

    assert told == [(page, 5) for page in range(1, 6)]


def test_the_pages_of_the_specimens_have_their_three_numbers(readings: list[Reading]) -> None:
    for reading in readings:
        for article in reading.articles:
            assert article.pages[0].printed is not None
            assert article.pages[0].bo is not None


def test_the_specimens_say_that_they_have_no_legal_value(readings: list[Reading]) -> None:
    for reading in readings:
        text = " ".join(a.text for a in reading.articles).lower()
        assert "spécimen" in text or "fictif" in text or "sans valeur" in text


def test_the_questions_on_the_specimens_find_their_articles(
    indexed: Services, questions: list[Question]
) -> None:
    figures = evaluate_retrieval(indexed.search, questions)

    assert figures["n"] == 20
    assert figures["hit@1"] >= 0.7
    assert figures["wrong_instrument"] == 0.0


def test_questions_outside_the_specimens_are_refused(
    indexed: Services, questions: list[Question]
) -> None:
    outside = [question for question in questions if not question.articles]

    passing = [q.text for q in outside if indexed.search.search(q.text).relevance.suffices]

    assert len(outside) == 4
    assert passing == []
