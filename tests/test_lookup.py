"""An article asked for by its number, in the forms in which people write it."""

import pytest

from assistant.searching.lookup import ArticleAsked, article_asked
from assistant.wiring import Services

DECREES = ("2-22-431", "2-12-349")
FORMS = [
    "Que dit l’article {} du décret de 2023 ?",
    "art. {}",
    "Art {} ?",
    "l'article n° {}",
    "Que prévoit l’art.{} du nouveau décret",
    "article {} : qu’en est-il ?",
]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Article premier", "1"),
        ("art. 4 bis du décret", "4 bis"),
        ("24e article", "24"),
        ("article vingt-quatre", "24"),
        ("Que dit l’article cent soixante-dix ?", "170"),
        ("المادة 36", "36"),
        ("what does article 36 say?", "36"),
        ("l’article 169 du décret n° 2-22-431", "169"),
        ("article 36 decret 2-12-349", "36"),
    ],
)
def test_an_article_is_named_in_many_ways(question: str, number: str) -> None:
    assert article_asked(question, among=DECREES) == ArticleAsked(number)


@pytest.mark.parametrize(
    "question",
    [
        "Que prévoient les articles 12 et 13 ?",
        "L’article 12 renvoie-t-il à l’article 13 ?",
        "Quels articles de presse ?",
        "Que dit l’article 5 de la loi n° 69-00 ?",
        "Que dit l’article 30 du code de commerce ?",
        "Que dit l’article 12 du CCAG ?",
    ],
)
def test_several_articles_or_one_of_another_text_are_no_look_up(question: str) -> None:
    assert article_asked(question, among=DECREES) is None


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("art 24 al. 2", "alinéa 2"),
        ("Que dit l’alinéa 3 de l’article 24 ?", "alinéa 3"),
        ("article 24, paragraphe 2, b)", "paragraphe 2, b"),
    ],
)
def test_a_place_in_an_article_is_named(question: str, place: str) -> None:
    assert article_asked(question) == ArticleAsked("24", place)


@pytest.mark.parametrize("within", DECREES)
def test_every_article_is_found_by_its_number_in_every_form(
    decree_services: Services, within: str
) -> None:
    _, articles = decree_services.library.articles(within)
    numbers = [article.number for article in articles if article.is_numbered]

    wrong = [
        asked
        for number in numbers
        for form in FORMS
        if (asked := article_asked(form.format(number), among=DECREES)) != ArticleAsked(number)
    ]
    found = [
        decree_services.search.search(f"article {number}", within=within, limit=1).hits[0]
        for number in numbers
    ]

    assert wrong == []
    assert [hit.article.number for hit in found] == numbers


def test_an_article_that_does_not_exist_is_refused_with_those_that_do(
    decree_services: Services,
) -> None:
    answer = decree_services.answering.ask("Que dit l’article 245 ?")

    assert answer.citations == ()
    assert "n’a pas d’article 245\u00a0: ses articles vont de 1 à 170." in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("décret 2-22-431 article 36", "36"),
        ("Que dit le décret 2-12-349 article 20 ?", "20"),
        ("lot 3 article 24", "24"),
        ("Chapitre 2 article 24", "24"),
        ("المادة ٢٤", "24"),
        ("Que dit l'article 036 ?", "36"),
    ],
)
def test_a_number_that_stands_before_is_not_the_articles(question: str, number: str) -> None:
    assert article_asked(question, among=DECREES) == ArticleAsked(number)


@pytest.mark.parametrize(
    "question",
    [
        "Code de commerce, article 12",
        "CCAG-Travaux, article 15",
        "Selon l'arrêté 20-14, article 8, que faire ?",
        "Que dit l’article 5 de la loi n° 69-00 ?",
        "Code pénal art. 248",
    ],
)
def test_an_article_of_another_text_is_refused(decree_services: Services, question: str) -> None:
    answer = decree_services.answering.ask(question)

    assert article_asked(question, among=DECREES) is None
    assert answer.citations == ()


@pytest.mark.parametrize("question", ["Que dit la section 2 du chapitre 3 ?", "Section III"])
def test_a_section_is_no_article(question: str) -> None:
    assert article_asked(question, among=DECREES) is None


def test_a_place_that_is_not_found_is_said_not_to_be(decree_services: Services) -> None:
    answer = decree_services.answering.ask("article 36, paragraphe 9")

    assert "Je n’ai pas reconnu cette subdivision (paragraphe 9)" in answer.text
