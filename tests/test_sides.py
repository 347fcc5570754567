"""The texts of a comparison: ranked by what regulates the same thing, proposed in turns."""

import pytest

from assistant.wiring import Services

OLD, NEW = "2-12-349", "2-22-431"


def firsts(services: Services, question: str) -> list[tuple[str, str]]:
    hits = services.search.search(question).hits[:2]
    return [(hit.document.instrument.number, hit.article.number) for hit in hits]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("La durée d'un marché-cadre a-t-elle changé ?", [(OLD, "6"), (NEW, "7")]),
        ("Le retrait d'un pli est-il toujours possible ?", [(NEW, "35"), (OLD, "32")]),
        ("Les primes du concours ont-elles évolué ?", [(OLD, "64"), (NEW, "67")]),
    ],
)
def test_a_comparison_begins_with_two_articles_on_the_same_thing(
    decree_services: Services, question: str, expected: list[tuple[str, str]]
) -> None:
    assert firsts(decree_services, question) == expected


def test_what_is_new_comes_first_though_it_has_no_counterpart(decree_services: Services) -> None:
    question = "Qu'est-ce qui a changé pour l'achat sur catalogue électronique ?"

    assert firsts(decree_services, question)[0] == (NEW, "139")
