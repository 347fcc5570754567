"""Articles that a passage refers to, given beside it."""

import pytest

from assistant.answering.prompts import build_messages
from assistant.searching.results import SearchResult
from assistant.wiring import Services


@pytest.fixture(scope="module")
def result(decree_services: Services) -> SearchResult:
    """An article that refers to another one."""
    return decree_services.search.search("Que dit l’article 44 du décret de 2023 ?", limit=1)


def test_the_articles_a_passage_refers_to_are_its_neighbours(
    decree_services: Services, result: SearchResult
) -> None:
    found = decree_services.search.neighbours(result, limit=10)

    [hit] = result.hits
    assert found
    for neighbour in found:
        assert f"{neighbour.article.number}" in hit.article.text
        assert neighbour.cited_by == hit.article.number == "44"
        assert neighbour.document.id == hit.document.id


def test_no_more_neighbours_than_wanted_and_none_that_was_found_already(
    decree_services: Services,
) -> None:
    result = decree_services.search.search("Quel est le délai de validité des offres ?")

    found = decree_services.search.neighbours(result, limit=2)

    hits = {(hit.document.id, hit.article.number) for hit in result.hits}
    assert len(found) <= 2
    assert not hits & {(n.document.id, n.article.number) for n in found}


def test_a_neighbour_is_marked_as_such_in_what_a_model_is_asked(
    decree_services: Services, result: SearchResult
) -> None:
    neighbour = decree_services.search.neighbours(result, limit=1)

    asked = build_messages("Que dit l’article 44 ?", [*result.hits, *neighbour])[-1].content or ""

    assert asked.count("(cité par l’article 44)") == 1
