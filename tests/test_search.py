"""A question → ranked articles of the decree that governs it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.wiring import Services, open_services

from .conftest import make_settings

CEILING = "Quel est le plafond d'un achat par bon de commande ?"


@pytest.fixture(scope="module")
def specimen_search(
    specimens: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Both specimens indexed, once for the tests of this file: they must not change it."""
    opened = open_services(make_settings(tmp_path_factory.mktemp("search")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def found(services: Services, question: str, **options: object) -> list[tuple[str, str]]:
    result = services.search.search(question, **options)  # type: ignore[arg-type]
    return [(hit.document.instrument.number, hit.article.number) for hit in result.hits]


def test_the_article_that_answers_stands_first(specimen_search: Services) -> None:
    assert found(specimen_search, CEILING)[0] == ("9-20-202", "7")


def test_an_article_is_given_once_though_several_passages_match(decree_services: Services) -> None:
    question = "Quelles sont les conditions de l'appel d'offres et le délai des offres ?"

    articles = found(decree_services, question, limit=20)

    assert len(articles) == 20
    assert len(set(articles)) == len(articles)


def test_scores_go_down(decree_services: Services) -> None:
    hits = decree_services.search.search("délai de validité des offres").hits

    scores = [hit.ranked.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_hit_opens_at_the_page_of_its_passage(decree_services: Services) -> None:
    hits = decree_services.search.search("délai de validité des offres", limit=20).hits

    for hit in hits:
        passage = hit.ranked.passage
        assert hit.article.text[passage.start : passage.end] == passage.text
        assert hit.page == hit.article.page_at(passage.start).pdf


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_at_most_so_many_articles_are_given(specimen_search: Services, limit: int) -> None:
    assert len(found(specimen_search, "le marché de la commune", limit=limit)) == limit


def test_only_the_decree_that_governs_is_searched(decree_services: Services) -> None:
    today = found(decree_services, "délai de validité des offres")
    before = found(decree_services, "délai de validité des offres", launched=date(2022, 5, 16))

    assert {number for number, _ in today} == {"2-22-431"}
    assert {number for number, _ in before} == {"2-12-349"}


def test_a_question_that_compares_searches_both_decrees(decree_services: Services) -> None:
    question = "Le plafond des bons de commande est-il le même dans l'ancien et le nouveau décret ?"

    assert {number for number, _ in found(decree_services, question)} == {"2-12-349", "2-22-431"}


def test_the_decree_asked_for_is_searched_alone(decree_services: Services) -> None:
    articles = found(decree_services, "délai de validité des offres", within="2-12-349")

    assert {number for number, _ in articles} == {"2-12-349"}


def test_a_decree_that_is_not_indexed_is_refused_with_those_that_are(
    decree_services: Services,
) -> None:
    with pytest.raises(UnknownInstrument, match=r"9-99-999.*2-12-349, 2-22-431"):
        decree_services.search.search("délai de validité", within="9-99-999")


def test_when_the_governing_text_is_not_indexed_nothing_else_is_searched(
    decree_services: Services,
) -> None:
    result = decree_services.search.search("délai de validité", launched=date(2010, 3, 1))

    assert result.regime.instruments == ("2-06-388",)
    assert (result.hits, result.searched) == ((), ())
    assert result.indexed


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!", "…"])
def test_an_empty_question_is_refused_with_an_example(services: Services, question: str) -> None:
    with pytest.raises(InvalidQuestion, match=r"La question est vide.*par exemple"):
        services.search.search(question)


def test_a_question_of_5000_characters_is_refused_with_both_lengths(services: Services) -> None:
    with pytest.raises(InvalidQuestion, match=r"5000 caractères, plus que les.2000 admis"):
        services.search.search("délai" * 1000)


def test_the_longest_question_is_searched(specimen_search: Services) -> None:
    question = ("délai " * 400)[:1999] + "?"

    assert found(specimen_search, question)


@pytest.mark.parametrize(
    "question",
    [
        "délai\x00 de validité",
        "délai \ud83d de validité",
        "délai 😀 de validité",
        "'; DROP TABLE documents; --",
        "ما هو أجل صلاحية العروض؟",
        "<script>alert(1)</script>",
        "{délai} %s \\",
    ],
    ids=["nul", "half a character", "emoji", "sql", "arabic", "html", "format"],
)
def test_odd_characters_are_only_words(specimen_search: Services, question: str) -> None:
    result = specimen_search.search.search(question)

    assert result.indexed


def test_with_no_documents_there_is_no_hit_and_it_is_said(services: Services) -> None:
    result = services.search.search("Quel est le délai de validité des offres ?")

    assert (result.hits, result.indexed) == ((), False)
    assert not result.relevance.suffices


def test_a_document_without_known_dates_is_searched_beside_the_law(
    specimen_services: Services, shared_data: Path
) -> None:
    path = shared_data / "other-pdfs" / "extraits_dahir_1-58-008_sanctions_fr.pdf"
    report = specimen_services.library.ingest(path.name, path.read_bytes())
    assert report.document is not None

    articles = found(specimen_services, "le fonctionnaire en cas de faute grave")

    assert articles[0][0] == report.document.instrument.number


def test_a_removed_document_is_not_in_the_words_that_are_counted(
    specimen_services: Services,
) -> None:
    before = specimen_services.search.search(CEILING)
    [in_force] = [
        d for d in specimen_services.library.documents() if d.instrument.number == "9-20-202"
    ]

    specimen_services.library.remove(in_force.id)

    after = specimen_services.search.search(CEILING)
    assert before.relevance.suffices
    assert not after.relevance.suffices


def test_a_comparison_gives_no_more_articles_than_asked_for(decree_services: Services) -> None:
    question = "Le délai de validité des offres est-il le même dans les deux décrets ?"

    result = decree_services.search.search(question, limit=3)

    assert [hit.document.instrument.number for hit in result.hits] == [
        *("2-12-349", "2-22-431", "2-12-349"),
    ]
