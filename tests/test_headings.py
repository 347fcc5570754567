"""What a heading looks like, and what only looks like one."""

import pytest

from assistant.reading.headings import (
    ArticleHeading,
    is_contents_page,
    longest_sequence,
    parse_annexe,
    parse_article,
    parse_division,
)
from assistant.records import Line, Page, PageNumbers


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("ARTICLE PREMIER. – Principes généraux", "1", "Principes généraux"),
        ("ART. 2. – Objet et champ d’application", "2", "Objet et champ d’application"),
        ("Art. 4 bis. – Prestations sur devis", "4 bis", "Prestations sur devis"),
        ("Article 127.– Des contrats", "127", "Des contrats"),
        ("Article 143.– Délai d’approbation", "143", "Délai d’approbation"),
        ("Article premier", "1", ""),
        ("Article 1er. - Objet", "1", "Objet"),
        ("Article unique. – Est approuvé", "1", "Est approuvé"),
        ("Article 20 : Pièces", "20", "Pièces"),
        ("ARTICLE16 : EXAMEN DES OFFRES", "16", "EXAMEN DES OFFRES"),
        ("Art : 13 - Le fonctionnaire est tenu", "13", "Le fonctionnaire est tenu"),
        ("Article 20", "20", ""),
        ("Article 20.- Pièces", "20", "Pièces"),
        ("Article 4 bis", "4 bis", ""),
        ("ARTICLE 1 : OBJET DU REGLEMENT", "1", "OBJET DU REGLEMENT"),
        ("Art. 3. — Les offres", "3", "Les offres"),
        ("ART 4 - Offres", "4", "Offres"),
        ("Article n° 5 : Prix", "5", "Prix"),
        ("ARTICLE 3 OBJET DU MARCHE", "3", "OBJET DU MARCHE"),
    ],
)
def test_a_heading_gives_its_number_and_its_title(text: str, number: str, title: str) -> None:
    assert parse_article(text) == ArticleHeading(number, title)


@pytest.mark.parametrize(
    "text",
    [
        "article 163 ci-dessus, la réclamation",
        "Article 163 ci–dessus s’applique",
        "Article 5 du décret",
        "Article 5, alinéa 2",
        "ARTICLE 5 du décret",
        "Article 12.1 : Détail",
        "Article 12-1 : Détail",
        "Articles 12 et 13 ci-dessous",
        "articles 4. – et suivants",
        "l’article 27. – ",
        "Artisanat. – Les prestations",
        "Partie 4. – Divers",
    ],
)
def test_a_reference_to_an_article_is_no_heading(text: str) -> None:
    assert parse_article(text) is None


@pytest.mark.parametrize(
    ("text", "rank", "label", "title"),
    [
        (
            "Chapitre premier : Dispositions générales",
            2,
            "Chapitre premier",
            "Dispositions générales",
        ),
        ("Chapitre XII", 2, "Chapitre XII", ""),
        ("Section première. – Appel d’offres", 3, "Section première", "Appel d’offres"),
        ("Sous-section II. – Règles", 4, "Sous-section II", "Règles"),
        ("Sous–section II. – Règles", 4, "Sous–section II", "Règles"),
        ("TITRE II - DES MARCHES", 1, "TITRE II", "DES MARCHES"),
        ("TITRE DEUXIEME", 1, "TITRE DEUXIEME", ""),
        ("Deuxième partie : Marchés", 0, "Deuxième partie", "Marchés"),
        ("Chapitre deuxième. – Marchés", 2, "Chapitre deuxième", "Marchés"),
        ("Section 3 – Marchés", 3, "Section 3", "Marchés"),
    ],
)
def test_a_division_gives_its_rank_its_label_and_its_title(
    text: str, rank: int, label: str, title: str
) -> None:
    division = parse_division(text)

    assert division is not None
    assert (division.rank, division.label, division.title) == (rank, label, title)


@pytest.mark.parametrize(
    "text",
    [
        "chapitre II du présent décret",
        "Section de la dette",
        "Titres et références",
        "Première partie du marché",
    ],
)
def test_words_about_a_division_are_no_division(text: str) -> None:
    assert parse_division(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("Annexe n° 1 : Liste", "1"), ("ANNEXE", None), ("Annexe II – Modèles", "II")],
)
def test_an_annexe_gives_its_number(text: str, number: str | None) -> None:
    annexe = parse_annexe(text)

    assert annexe is not None
    assert annexe.number == number


@pytest.mark.parametrize("text", ["annexe n° 1 : liste", "Annexe au présent décret", "Annexé ici"])
def test_words_about_an_annexe_are_no_annexe(text: str) -> None:
    assert parse_annexe(text) is None


def headings(*numbers: str) -> list[ArticleHeading]:
    return [ArticleHeading(number, "") for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (("1", "2", "3"), {0, 1, 2}),
        (("1", "2", "57", "3", "4"), {0, 1, 3, 4}),
        (("1", "2", "2", "3"), 3),
        (("4", "4 bis", "4 ter", "5"), {0, 1, 2, 3}),
        ((), set()),
    ],
    ids=["all", "a-quotation", "a-repetition", "bis", "none"],
)
def test_what_stands_outside_the_sequence_is_left_out(
    numbers: tuple[str, ...], kept: set[int] | int
) -> None:
    found = longest_sequence(headings(*numbers))

    assert found == kept if isinstance(kept, set) else len(found) == kept


def a_page(*texts: str) -> Page:
    lines = (
        Line(text, (50, 100 + 12 * n, 500, 110 + 12 * n), 0, False) for n, text in enumerate(texts)
    )
    return Page(PageNumbers(1, 1, None), 595.0, 842.0, tuple(lines))


def test_headings_followed_by_numbers_are_a_table_of_contents() -> None:
    page = a_page(
        "Chapitre premier : Dispositions générales 5",
        "ARTICLE PREMIER. – Principes généraux 5",
        "ART. 2. – Objet et champ d’application ..... 5",
        "ART. 3. – Exclusions 5",
        "ART. 4. – Définitions 6",
    )

    assert is_contents_page(page)


def test_articles_that_end_with_amounts_are_no_table_of_contents() -> None:
    page = a_page(
        "ART. 2. – Seuils",
        "Le seuil des travaux est de 200",
        "et celui des services de 300",
        "dirhams.",
        "ART. 3. – Autres seuils",
        "Le ministre fixe les autres seuils par arrêté.",
    )

    assert not is_contents_page(page)
