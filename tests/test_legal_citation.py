"""The citation that people copy into a letter, and the issue of the Bulletin officiel in it."""

from datetime import date

import pytest

from assistant.answering.legal_citation import cite_in_full
from assistant.reading.bulletin import find_bulletin
from assistant.reading.raw_pages import Fragment, RawPage
from assistant.records import Bulletin, Instrument, PageNumbers, Reading
from assistant.searching.catalogue import Origin
from assistant.wiring import Services

TITLE = "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023) relatif aux marchés publics"
ISSUE = Bulletin("7184", date(2023, 4, 6))


def cited(number: str, title: str, issue: Bulletin | None, page: PageNumbers) -> str:
    return cite_in_full(number, Origin("a.pdf", "0", Instrument("x", title), issue), page)


def test_the_decrees_name_their_issue(decree_2023: Reading, decree_2013: Reading) -> None:
    assert decree_2023.bulletin == ISSUE
    assert decree_2013.bulletin == Bulletin("6140", date(2013, 4, 4))


def test_an_article_of_the_decree_is_cited_as_in_a_letter(decree_services: Services) -> None:
    library = decree_services.library
    document, _ = library.articles("2-22-431")
    origin = library.origin(document.id)
    assert origin

    written = cite_in_full("36", origin, library.article(document.id, "36").pages[0])

    assert written == (
        "article 36 du décret n° 2-22-431 du 8 mars 2023 relatif aux marchés publics, "
        "BO n° 7184 du 6 avril 2023, p. 934"
    )


@pytest.mark.parametrize(
    ("number", "title", "issue", "page", "written"),
    [
        (
            *("1", TITLE, None, PageNumbers(6, 5, 913)),
            "article premier du décret n° 2-22-431 du 8 mars 2023 relatif aux marchés publics, "
            "Bulletin officiel, p. 913",
        ),
        (
            *("annexe-1", "Arrêté n° 754-24 fixant les seuils", ISSUE, PageNumbers(2, None, 1)),
            "annexe n° 1 de l’arrêté n° 754-24 fixant les seuils, BO n° 7184 du 6 avril 2023, p. 1",
        ),
        (
            *("section-2.1", "cctp lot 2", None, PageNumbers(9, 8, None)),
            "section 2.1 du document «\u00a0cctp lot 2\u00a0», page 9 du fichier PDF",
        ),
    ],
    ids=["issue unknown", "annexe", "no copy of the Bulletin"],
)
def test_what_is_not_known_is_not_cited(
    number: str, title: str, issue: Bulletin | None, page: PageNumbers, written: str
) -> None:
    assert cited(number, title, issue, page) == written


def a_page(number: int, header: str, *, confidence: float | None = None) -> RawPage:
    fragment = Fragment(header, (50.0, 40.0, 500.0, 50.0), bold=False, confidence=confidence)
    return RawPage(number, 595.0, 842.0, (fragment,))


@pytest.mark.parametrize(
    ("headers", "confidence", "expected"),
    [
        (["BULLETIN OFFICIEL Nº 7184 – 15 ramadan 1444 (6-4-2023)"], None, ISSUE),
        (["BULLETIN OFFICIEL Nº 7184 – 15 ramadan 1444 (6-4-2023)"], 0.9, None),
        (["BULLETIN OFFICIEL Nº 7184 – 15 ramadan 1444 (6-4-2023)"] * 2, 0.9, ISSUE),
        (["Nº 7184 – 15 ramadan 1444 (6-4-2023)"], None, None),
        (["BULLETIN OFFICIEL Nº 7184 – 15 ramadan 1444 (31-4-2023)"], None, None),
        (
            [
                "BULLETIN OFFICIEL Nº 7184 – 15 ramadan 1444 (6-4-2023)",
                "BULLETIN OFFICIEL Nº 7185 – 20 ramadan 1444 (11-4-2023)",
            ],
            None,
            None,
        ),
    ],
    ids=["printed", "recognised once", "recognised twice", "no Bulletin", "no such day", "two"],
)
def test_an_issue_is_known_only_where_the_headers_say_it(
    headers: list[str], confidence: float | None, expected: Bulletin | None
) -> None:
    pages = [a_page(n, text, confidence=confidence) for n, text in enumerate(headers, 1)]

    assert find_bulletin(pages) == expected
