"""The figures of retrieval: counted right, and good enough on the real decree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from assistant.errors import InvalidQuestion
from assistant.evaluating.questions import Question, read_questions
from assistant.evaluating.retrieval import evaluate_retrieval
from assistant.reading.reader import LawReader
from assistant.reading.reading import OnPage, unnoticed
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.index import Indexes, PassageIndex
from assistant.searching.lexical import KEYS
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.search import Search
from assistant.storage.database import Database


class ReaderOf(LawReader):
    """Gives what was read before, whatever the bytes."""

    def __init__(self, *readings: Reading) -> None:
        super().__init__()
        self._readings = iter(readings)

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        return next(self._readings)


def a_search(folder: Path, *readings: Reading) -> tuple[Search, PassageIndex, Database]:
    """A search over these readings alone."""
    database = Database(f"sqlite:///{folder / 'library.db'}")
    client = QdrantClient(":memory:")
    index = PassageIndex(client, collection="passages-test")
    indexes = Indexes(index, PassageIndex(client, collection="keys-test", encoding=KEYS))
    library = Library(
        database,
        indexes,
        ReaderOf(*readings),
        originals=folder / "originals",
        index_version="test",
    )
    for reading in readings:
        library.ingest(f"{reading.instrument.number}.pdf", reading.instrument.number.encode())
    search = Search(
        library,
        indexes,
        LexiconStore(database),
        max_question_characters=2000,
        today=lambda: date(2026, 11, 20),
    )
    return search, index, database


@pytest.fixture(scope="module")
def search_2023(decree_2023: Reading, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search, index, database = a_search(tmp_path_factory.mktemp("retrieval"), decree_2023)
    yield search
    index.close()
    database.close()


def test_the_dev_questions_find_their_articles_in_the_2023_decree(
    search_2023: Search, shared_data: Path
) -> None:
    """Measured: hit@1 0.56, hit@5 0.76; what issue 2 asks for is below."""
    questions = read_questions(shared_data / "questions" / "dev-2023.jsonl")

    figures = evaluate_retrieval(search_2023, questions)

    assert figures["n"] == 62
    assert figures["hit@1"] >= 0.53
    assert figures["hit@5"] >= 0.72
    assert figures["hit@10"] >= figures["hit@5"]
    assert figures["wrong_instrument"] == 0.0


WORDS = {"1": "cautionnement", "2": "plafond", "3": "jury", "4": "sous-traitance"}


@pytest.fixture
def small_search(tmp_path: Path) -> Iterator[Search]:
    """Four articles of one word each, so that ranks are known beforehand."""
    articles = tuple(
        Article(
            number, f"ART. {number}", (), f"{word} " * (5 - int(number)) + "marché", page, (), ()
        )
        for (number, word), page in zip(
            WORDS.items(), [(PageNumbers(1, 1, None),)] * 4, strict=True
        )
    )
    reading = Reading(Instrument("2-22-431", "Décret n° 2-22-431"), 1, articles, ())
    search, index, database = a_search(tmp_path, reading)
    yield search
    index.close()
    database.close()


def a_question(text: str, *articles: str, kind: str = "direct", **more: object) -> Question:
    return Question(id=text, text=text, articles=articles, kind=kind, **more)  # type: ignore[arg-type]


def test_the_figures_are_those_counted_by_hand(small_search: Search) -> None:
    """By hand: right at once (1), right at rank 2 (1/2), no result at all (0), wrong (0).

    Of four questions: hit@1 1/4, hit@5 2/4, hit@10 2/4, mrr (1 + 1/2) / 4.
    """
    questions = [
        a_question("cautionnement", "1"),
        a_question("plafond plafond jury", "3"),
        a_question("couscous", "2", kind="paraphrase"),
        a_question("sous-traitance", "1", kind="paraphrase"),
    ]
    second = small_search.search("plafond plafond jury").hits
    assert [hit.article.number for hit in second] == ["2", "3"], "the example needs rank 2"

    figures = evaluate_retrieval(small_search, questions)

    assert (figures["n"], figures["hit@1"], figures["hit@5"], figures["hit@10"]) == (
        4,
        0.25,
        0.5,
        0.5,
    )
    assert figures["mrr"] == 0.375


def test_ndcg_counts_every_article_of_a_question_by_its_place(small_search: Search) -> None:
    """By hand: the articles are at ranks 2 and – (one of two is not found).

    DCG 1 / log2(3) = 0.6309, of an ideal 1 + 1 / log2(3) = 1.6309: nDCG 0.3869. The second
    question has its one article first: 1. The mean is 0.6934.
    """
    questions = [a_question("plafond plafond jury", "3", "4"), a_question("cautionnement", "1")]

    figures = evaluate_retrieval(small_search, questions)

    assert figures["ndcg@10"] == pytest.approx((0.3869 + 1) / 2, abs=1e-4)


def test_an_interval_contains_its_figure_and_is_a_point_when_all_questions_agree(
    small_search: Search,
) -> None:
    right = [a_question("cautionnement", "1")] * 6

    mixed = evaluate_retrieval(small_search, [*right, *[a_question("couscous", "2")] * 4])
    agreed = evaluate_retrieval(small_search, right)

    low, high = mixed["intervals"]["hit@1"]
    assert 0 < low < mixed["hit@1"] < high < 1
    assert agreed["intervals"]["hit@1"] == [1.0, 1.0]


def test_the_same_questions_give_the_same_intervals(small_search: Search) -> None:
    questions = [a_question("cautionnement", "1"), a_question("plafond plafond jury", "3")] * 3

    first, second = (evaluate_retrieval(small_search, questions) for _ in range(2))

    assert first["intervals"] == second["intervals"]


def test_one_question_has_no_interval(small_search: Search) -> None:
    figures = evaluate_retrieval(small_search, [a_question("cautionnement", "1")])

    assert figures["intervals"]["hit@1"] is None


def test_an_article_expected_of_two_texts_is_found_in_either(small_search: Search) -> None:
    places = (("2-12-349", "9"), ("2-22-431", "1"))
    question = Question(id="q", text="cautionnement", places=places)

    figures = evaluate_retrieval(small_search, [question])

    assert (figures["n"], figures["hit@1"], figures["wrong_instrument"]) == (1, 1.0, 0.0)


def test_a_question_that_cannot_be_searched_is_named(small_search: Search) -> None:
    question = replace(a_question("?!", "1"), id="m23-007")

    with pytest.raises(
        InvalidQuestion, match="Question «\u00a0m23-007\u00a0»\u00a0: La question est vide"
    ):
        evaluate_retrieval(small_search, [question])


def test_a_question_without_any_result_counts_as_a_miss(small_search: Search) -> None:
    questions = [a_question("cautionnement", "1"), a_question("couscous", "2")]

    assert evaluate_retrieval(small_search, questions)["hit@10"] == 0.5


def test_when_no_question_has_a_result_every_figure_is_zero(small_search: Search) -> None:
    figures = evaluate_retrieval(small_search, [a_question("couscous", "2")])

    assert (figures["hit@1"], figures["hit@10"], figures["mrr"]) == (0.0, 0.0, 0.0)


def test_each_kind_is_counted_apart(small_search: Search) -> None:
    questions = [
        a_question("cautionnement", "1", kind="direct"),
        a_question("couscous", "2", kind="paraphrase"),
    ]

    by_kind = evaluate_retrieval(small_search, questions)["by_kind"]

    assert {kind: (f["n"], f["hit@1"]) for kind, f in by_kind.items()} == {
        "direct": (1, 1.0),
        "paraphrase": (1, 0.0),
    }


def test_any_of_the_articles_of_a_question_is_a_hit(small_search: Search) -> None:
    figures = evaluate_retrieval(small_search, [a_question("cautionnement", "4", "1")])

    assert (figures["hit@1"], figures["mrr"]) == (1.0, 1.0)


def test_questions_that_no_article_answers_are_not_counted(small_search: Search) -> None:
    questions = [a_question("cautionnement", "1"), a_question("Quelle météo ?")]

    assert evaluate_retrieval(small_search, questions)["n"] == 1


def test_the_right_number_in_another_instrument_is_a_miss_and_a_wrong_instrument(
    small_search: Search,
) -> None:
    question = a_question("cautionnement", "1", instrument="2-12-349")

    figures = evaluate_retrieval(small_search, [question])

    assert (figures["hit@1"], figures["wrong_instrument"]) == (0.0, 1.0)


def test_a_share_of_none_is_a_decimal_number_too(small_search: Search) -> None:
    figures = evaluate_retrieval(
        small_search, [a_question("cautionnement", "1", instrument="2-22-431")]
    )

    assert isinstance(figures["wrong_instrument"], float)


def test_without_questions_there_are_no_figures(small_search: Search) -> None:
    figures = evaluate_retrieval(small_search, [])

    assert (figures["n"], figures["hit@1"], figures["mrr"]) == (0, None, None)
    assert (figures["wrong_instrument"], figures["seconds_p50"]) == (None, None)


def test_latencies_are_measured(small_search: Search) -> None:
    questions = [a_question("cautionnement", "1")] * 3

    figures = evaluate_retrieval(small_search, questions)

    assert 0 < figures["seconds_p50"] <= figures["seconds_p95"]
