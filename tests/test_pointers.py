"""Paragraphs that only say where the rule is, and the rule they point at."""

import pytest

from assistant.answering.extractive import extract
from assistant.answering.pointers import only_points, pointers_in
from assistant.records import CrossReference
from assistant.searching.results import Hit
from assistant.wiring import Services
from tests.test_extractive import a_hit, found


@pytest.mark.parametrize(
    "paragraph",
    [
        "Les dispositions de l’article 47 du présent décret s’appliquent au concours.",
        "Les pièces à produire sont les mêmes que celles prévues à l’article 53 ci-dessus.",
        "La composition du jury est fixée conformément aux dispositions de l’article 38.",
        "12 – Sont applicables à l’appel d’offres les dispositions des articles 40 à 44.",
        "Les plis sont déposés et retirés dans les conditions fixées aux articles 34 et 35.",
        "II) La séance se déroule conformément aux dispositions de l’article 56 du présent décret.",
    ],
)
def test_a_paragraph_that_only_applies_another_article_points(paragraph: str) -> None:
    assert only_points(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Le délai est de dix jours. Il est fixé conformément aux dispositions de l’article 23.",
        "a) les pièces sont fournies conformément aux dispositions de l’article 53 ;",
        "Les plis sont ouverts conformément aux dispositions de l’article 39 et comprennent :",
        "La commission écarte les offres excessives au sens de l’article 44 du présent décret.",
        "Le jury est présidé par le maître d’ouvrage.",
    ],
)
def test_a_paragraph_that_says_something_itself_or_is_of_a_list_does_not_point(
    paragraph: str,
) -> None:
    assert not only_points(paragraph)


POINTING = a_hit(
    "9", "Les dispositions des articles 6 et 7 s’appliquent au jury du concours.", 10.0
)
RULE = a_hit("7", "Le jury compte cinq membres.", 0.0)


def refer(_: Hit, reference: CrossReference) -> Hit | None:
    return RULE if reference.article == "7" else None


def test_the_rule_is_quoted_after_what_only_points_at_it_though_search_did_not_find_it() -> None:
    _, citations = extract(found("Combien de membres a le jury ?", POINTING), refer)

    assert [citation.article for citation in citations] == ["9", "7"]


def test_what_says_more_of_its_own_than_where_to_look_is_followed_nowhere() -> None:
    own = "Le jury du concours délibère à huis clos et à la majorité de ses membres présents."
    text = f"{own}\n{own}\nLes dispositions de l’article 7 s’appliquent au jury."

    assert not pointers_in(a_hit("9", text, 10.0), [(0, len(text))])


def test_a_reservation_is_not_what_a_paragraph_points_at() -> None:
    text = (
        "Sous réserve des dispositions de l’article 134, l’avis est publié conformément aux "
        "dispositions de l’article 23 du présent décret."
    )

    references = pointers_in(a_hit("50", text, 10.0), [(0, len(text))])

    assert [reference.article for reference in references] == ["23"]


def test_of_a_range_of_articles_the_one_that_search_ranks_first_is_quoted(
    decree_services: Services,
) -> None:
    question = "Sous quel délai informe-t-on le lauréat d’un concours de son résultat ?"
    answer = decree_services.answering.ask(question, within="2-22-431", keep=False)

    assert "47" in [citation.article for citation in answer.citations]
