"""Several texts in one file: each article keeps the name of its own."""

from assistant.reading.structure import read_articles
from assistant.reading.structure_warnings import structure_warnings
from assistant.reading.texts import holds_several_texts

from .typed_pages import a_page

SIGNATURE = ("Fait à Rabat, le 8 mars 2023.", "Pour contreseing :")
FIRST = (
    ("Arrêté du ministre des finances n° 1692-23", "du 4 hija 1444 fixant des modèles."),
    ("ARTICLE PREMIER. – Les modèles sont fixés en annexe.",),
    ("ART. 2. – Le présent arrêté sera publié au Bulletin officiel.",),
    SIGNATURE,
)
SECOND = (
    (
        "Dahir n° 1-22-34 du 5 mai 2022 portant",
        "promulgation de la loi n° 30-20 relative aux jeux.",
    ),
    ("ARTICLE PREMIER. – La présente loi fixe des règles.",),
    ("ART. 2. – Elle entre en vigueur le lendemain.",),
    SIGNATURE,
)


def numbers(*paragraphs: tuple[str, ...]) -> list[str]:
    return [article.number for article in read_articles([a_page(*paragraphs)])]


def test_articles_with_the_same_number_are_named_with_their_texts() -> None:
    assert [number for number in numbers(*FIRST, *SECOND) if number[0].isdigit()] == [
        "1 (arrêté n° 1692-23)",
        "2 (arrêté n° 1692-23)",
        "1 (dahir n° 1-22-34, loi n° 30-20)",
        "2 (dahir n° 1-22-34, loi n° 30-20)",
    ]


def test_the_words_of_one_text_stand_in_no_article_of_the_other() -> None:
    articles = {a.number: a for a in read_articles([a_page(*FIRST, *SECOND)])}

    assert "loi" not in articles["2 (arrêté n° 1692-23)"].text
    assert articles["1 (dahir n° 1-22-34, loi n° 30-20)"].text.startswith("La présente loi")


def test_the_file_is_said_to_hold_several_texts_and_no_number_is_said_to_be_doubled() -> None:
    pages = [a_page(*FIRST, *SECOND)]

    [warning] = structure_warnings(pages, read_articles(pages))

    assert "2 textes (arrêté n° 1692-23 ; dahir n° 1-22-34, loi n° 30-20)" in warning


def test_a_text_that_names_another_in_its_last_article_is_one_text() -> None:
    mention = ("Décret n° 2-22-431 du 8 mars 2023 :", "voir son article 4.")

    assert numbers(*FIRST[:3], mention, SIGNATURE) == ["preambule", "1", "2"]


def test_annexes_after_the_signature_are_of_the_same_text() -> None:
    title = ("Décret n° 2-22-431 du 8 mars 2023", "relatif aux marchés publics")
    annexe = (("ANNEXE N° 1 : MODÈLE",), title)

    assert numbers(*FIRST, *annexe) == ["preambule", "1", "2", "annexe-1"]


def test_a_second_text_without_a_title_of_its_own_kind_is_named_by_its_order() -> None:
    same = (FIRST[0], *SECOND[1:])

    assert "1 (texte 2 du fichier)" in numbers(*FIRST, *same)


def test_one_text_is_not_several() -> None:
    assert not holds_several_texts(read_articles([a_page(*SECOND)]))
    assert holds_several_texts(read_articles([a_page(*FIRST, *SECOND)]))
