"""The 2013 translation and other documents, read."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.reading.reading import read_pdf
from assistant.records import Reading

from .conftest import DECREE_2013
from .test_decrees_read import fold, numbered


def read_other(shared_data: Path, name: str) -> Reading:
    data = (shared_data / "other-pdfs" / name).read_bytes()
    return read_pdf(name, data, max_pages=250, max_megabytes=50)


@pytest.fixture(scope="module")
def expected_2013(shared_data: Path) -> list[dict[str, Any]]:
    path = (shared_data / DECREE_2013).with_name("articles.json")
    articles: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["articles"]
    return articles


def test_the_2013_translation_names_itself(decree_2013: Reading) -> None:
    assert decree_2013.instrument.number == "2-12-349"
    assert decree_2013.warnings == ()


def test_all_173_articles_of_the_2013_translation_are_read_to_the_letter(
    decree_2013: Reading, expected_2013: list[dict[str, Any]]
) -> None:
    texts = [(a.number, " ".join(a.text.split())) for a in numbered(decree_2013)]

    assert len(texts) == 173
    assert texts == [(str(e["num"]), " ".join(e["text"].split())) for e in expected_2013]


def test_the_headings_of_the_2013_translation_are_the_printed_ones(
    decree_2013: Reading, expected_2013: list[dict[str, Any]]
) -> None:
    different = [
        (article.heading, expected["title"])
        for article, expected in zip(numbered(decree_2013), expected_2013, strict=True)
        if not fold(article.heading).endswith(fold(expected["title"]))
    ]

    assert different == []


def test_a_reglement_de_consultation_is_read_by_its_articles(shared_data: Path) -> None:
    reading = read_other(shared_data, "rc_2019_dg_cartes_geochimiques_maroc.pdf")

    assert [a.number for a in numbered(reading)] == [str(n) for n in range(1, 20)]
    assert numbered(reading)[16].heading == "ARTICLE 17 : DELAI DE VALIDITE DES OFFRES"


def test_an_extract_of_a_dahir_is_read_by_its_articles(shared_data: Path) -> None:
    reading = read_other(shared_data, "extraits_dahir_1-58-008_sanctions_fr.pdf")

    expected = [*map(str, range(13, 21)), *map(str, range(65, 76)), "75 bis"]
    assert [a.number for a in numbered(reading)] == expected


def test_the_articles_an_extract_leaves_out_are_told(shared_data: Path) -> None:
    reading = read_other(shared_data, "extraits_dahir_1-58-008_sanctions_fr.pdf")

    assert any("les articles 21 à 64 n’ont pas été reconnus" in w for w in reading.warnings)


def test_a_technical_specification_is_cited_by_its_sections(shared_data: Path) -> None:
    name = "COUPVRAY-CCTP-LOT-02-Charpente-Couverture-Planchers-Indice-B.pdf"

    reading = read_other(shared_data, name)

    assert [a.number for a in reading.articles] == [
        *(f"section-01.0{n}" for n in range(1, 7)),
        "section-2.1",
        *(f"section-02.01.0{n}" for n in range(1, 9)),
    ]
    assert any("cité par section" in warning for warning in reading.warnings)


def test_a_section_stands_on_its_page_under_the_headings_above_it(shared_data: Path) -> None:
    name = "COUPVRAY-CCTP-LOT-03-Platrerie-Menuiseries-interieures-Indice-B.pdf"

    sections = {a.number: a for a in read_other(shared_data, name).articles}

    assert sections["section-02.02.03"].heading == "02.02.03 Plinthes"
    assert sections["section-02.02.03"].page == 14
    assert sections["section-02.02.03"].path == (
        "II DESCRIPTION DES OUVRAGES",
        "2-2 MENUISERIES INTERIEURES",
    )


def test_a_text_whose_lines_are_no_headings_is_cited_by_page(shared_data: Path) -> None:
    reading = read_other(shared_data, "two-columns-drawn-row-by-row.pdf")

    assert [a.number for a in reading.articles] == [f"page-{n}" for n in range(1, 31)]
    assert any("cité par page" in warning for warning in reading.warnings)


def test_two_columns_drawn_row_by_row_are_read_in_their_order(shared_data: Path) -> None:
    name = "two-columns-drawn-row-by-row.pdf"
    truth = (shared_data / "other-pdfs" / name).with_suffix(".txt").read_text("utf-8")
    reading = read_other(shared_data, name)

    def grams(text: str) -> Counter[tuple[str, ...]]:
        tokens = text.lower().split()
        return Counter(zip(*(tokens[n:] for n in range(5)), strict=False))

    expected = grams(truth)
    found = expected & grams("\n".join(article.text for article in reading.articles))
    assert found.total() / expected.total() >= 0.95
