"""What is told of numbers that are missing, stand twice or out of order."""

from assistant.reading.structure import read_articles
from assistant.reading.structure_warnings import sequence_warnings, structure_warnings
from assistant.records import Article, PageNumbers

from .typed_pages import a_page, an_article


def numbered(*numbers: str) -> list[Article]:
    page = PageNumbers(3, None, None)
    return [Article(number, "", (), "", (page,), (), ()) for number in numbers]


def test_a_complete_sequence_gives_no_warning() -> None:
    assert sequence_warnings(numbered("preambule", "1", "2", "2 bis", "3", "annexe-1")) == []


def test_a_missing_article_is_named_with_the_pages_to_look_at() -> None:
    [warning] = sequence_warnings(numbered("1", "2", "4"))

    assert "articles 2 et 4 (pages 3 à 3)" in warning
    assert "l’article 3 n’a pas été reconnu" in warning


def test_a_missing_beginning_is_told() -> None:
    [warning] = sequence_warnings(numbered("13", "14"))

    assert "Le premier article trouvé est l’article 13" in warning


def warnings_of(*paragraphs: tuple[str, ...]) -> list[str]:
    pages = [a_page(*paragraphs)]
    return structure_warnings(pages, read_articles(pages))


def test_an_article_number_that_stands_twice_is_told() -> None:
    articles = [paragraph for number in (1, 2, 3, 3, 4) for paragraph in an_article(number)]

    [warning] = warnings_of(*articles)

    assert "Le numéro d’article 3 se trouve deux fois" in warning
    assert "page 1" in warning


def test_an_article_number_out_of_order_is_told() -> None:
    articles = [paragraph for number in (1, 2, 30, 3, 4) for paragraph in an_article(number)]

    [warning] = warnings_of(*articles)

    assert "L’article 30 (page 1) n’est pas à sa place" in warning


def test_an_article_quoted_by_one_that_amends_is_not_told() -> None:
    told = warnings_of(
        *an_article(1),
        ("ART. 2. – Modification",),
        ("L’article 57 du décret est", "remplacé par les dispositions suivantes :"),
        ("« Article 57. – Cautionnement",),
        ("Article 58. – Garantie",),
        *an_article(3),
    )

    assert told == []


def test_a_list_of_contents_inside_the_text_is_not_told() -> None:
    contents = [(f"ARTICLE {number} : OBJET",) for number in range(1, 5)]
    articles = [paragraph for number in range(1, 5) for paragraph in an_article(number)]

    assert warnings_of(("SOMMAIRE",), *contents, *articles) == []


def test_a_second_text_in_the_file_is_told_once() -> None:
    articles = [paragraph for number in (1, 2, 3, 4) for paragraph in an_article(number)]

    [warning] = warnings_of(*articles, *articles)

    assert "deux textes" in warning
