"""Searches put beside each other: each is without the part that its name says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluating.ablation import compare, configurations
from assistant.evaluating.questions import Question
from assistant.evaluating.retrieval import MEASURES
from assistant.printing_figures import comparison_text
from assistant.wiring import Services, open_services

from .conftest import make_settings

BY_NUMBER = "Que dit l’article sept ?"
LEXICAL = {one.name: one for one in configurations(with_encoder=False)}


@pytest.fixture(scope="module")
def specimens_indexed(
    specimens: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("ablation")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def found(services: Services, name: str, question: str) -> list[str]:
    hits = services.search.search(question, options=LEXICAL[name].options).hits
    return [hit.article.number for hit in hits]


def test_without_the_questions_an_article_in_other_words_is_not_found(
    decree_services: Services,
) -> None:
    question = "Combien de temps suis-je tenu par mon prix ?"

    assert found(decree_services, "full", question)[0] == "36"
    assert "36" not in found(decree_services, "no_keys", question)


def test_without_look_ups_an_article_named_by_its_number_is_not_first(
    specimens_indexed: Services,
) -> None:
    assert found(specimens_indexed, "full", BY_NUMBER)[0] == "7"
    assert found(specimens_indexed, "no_lookup", BY_NUMBER)[0] != "7"


@pytest.mark.parametrize(
    ("without", "question"),
    [("no_lexicon", "bidder"), ("no_spelling", "les plafons")],
)
def test_without_a_part_the_words_that_it_adds_find_nothing(
    specimens_indexed: Services, without: str, question: str
) -> None:
    assert found(specimens_indexed, "full", question)
    assert not found(specimens_indexed, without, question)


def test_without_the_regime_the_other_decree_answers_too(decree_services: Services) -> None:
    found = {
        name: decree_services.search.search(
            "délai de validité des offres",
            launched=date(2022, 5, 16),
            options=LEXICAL[name].options,
        ).hits
        for name in ("full", "no_regime")
    }

    numbers = {n: {hit.document.instrument.number for hit in hits} for n, hits in found.items()}
    assert numbers == {"full": {"2-12-349"}, "no_regime": {"2-12-349", "2-22-431"}}


@pytest.mark.parametrize("name", LEXICAL)
def test_every_search_answers_when_nothing_is_indexed(services: Services, name: str) -> None:
    assert found(services, name, "Quel est le délai de validité des offres ?") == []


def test_only_with_an_encoder_is_search_compared_without_it() -> None:
    names = [one.name for one in configurations(with_encoder=True)]

    assert "words" not in LEXICAL
    assert names[:2] == ["full", "words"]
    assert set(names) - {"words", "bm25_encoder"} == set(LEXICAL)


def two_rows(services: Services) -> dict[str, Any]:
    """Two questions, of which the first needs the look-up."""
    questions = [
        Question("1", BY_NUMBER, articles=("7",), instrument="9-20-202"),
        Question("2", "plafond des bons de commande", articles=("7",), instrument="9-20-202"),
    ]
    return compare(services.search, questions, [LEXICAL["full"], LEXICAL["no_lookup"]])


def test_the_first_row_gives_the_figures_and_the_others_their_difference(
    specimens_indexed: Services,
) -> None:
    """By hand: of two questions one is lost; drawn again, none, one or both are."""
    figures = two_rows(specimens_indexed)

    full, without = figures["configurations"]
    assert (figures["hit@1"], full["hit@1"], without["hit@1"]) == (1.0, 1.0, 0.5)
    assert full["difference"] is None
    assert without["difference"]["hit@1"] == {"value": -0.5, "interval": [-1.0, 0.0]}


def test_each_row_has_every_figure_and_says_what_it_uses(specimens_indexed: Services) -> None:
    for row in two_rows(specimens_indexed)["configurations"]:
        assert {"name", "label", "n", "intervals", "wrong_instrument", "by_kind"} <= row.keys()
        assert {*MEASURES, "seconds_p50", "seconds_p95"} <= row.keys()
        assert row["options"]["lookup"] is (row["name"] == "full")


def test_the_table_has_a_line_for_each_figure_interval_and_difference(
    specimens_indexed: Services,
) -> None:
    lines = comparison_text(two_rows(specimens_indexed)).splitlines()

    labels = [line[:24].strip() for line in lines[2:8]]
    assert labels == ["Recherche", "recherche complète", "", "sans accès par numéro", "", "écart"]
    assert lines[7].split()[1] == "−0,500"


def test_a_comparison_of_no_question_has_no_figures(specimens_indexed: Services) -> None:
    figures = compare(specimens_indexed.search, [], list(LEXICAL.values()))

    assert (figures["n"], figures["hit@1"]) == (0, None)
    assert comparison_text(figures)
