"""Documents without articles: by their numbered sections, or by their pages."""

import pytest

from assistant.reading.structure import read_articles
from assistant.records import Line, Page, PageNumbers


def a_document(*headings: str, bold: bool = True) -> list[Page]:
    """A page whose headings each stand above two lines of text."""
    lines: list[Line] = []
    for heading in headings:
        for text in (heading, "Les bois sont traités et", "séchés."):
            y = 100.0 + 12 * len(lines) + (12 if text != heading else 0)
            lines.append(Line(text, (50.0, y, 280.0, y + 10.0), 0, bold and text == heading))
    return [Page(PageNumbers(1, None, None), 595.0, 842.0, tuple(lines))]


def numbers(*headings: str, bold: bool = True) -> list[str]:
    return [a.number for a in read_articles(a_document(*headings, bold=bold))]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("1. Objet", "2. Bois", "2.1 Pose", "2.2 Vis", "3. Prix"), "1 2 2.1 2.2 3"),
        (("1 Objet", "2 Bois", "3 Prix"), "1 2 3"),
        (("I. OBJET", "II. BOIS", "III. PRIX"), "i ii iii"),
        (("A - Objet", "B - Bois", "C - Prix"), "a b c"),
        (("I OBJET", "1.1 Lieu", "1.2 Date", "II BOIS", "2.1 Pose"), "i 1.1 1.2 ii 2.1"),
        (("1.1.1 Objet", "1.1.2 Bois", "1.2.1 Prix"), "1.1.1 1.1.2 1.2.1"),
    ],
)
def test_numbered_headings_make_sections(headings: tuple[str, ...], expected: str) -> None:
    assert numbers(*headings) == [f"section-{number}" for number in expected.split()]


def test_capitals_do_for_bold() -> None:
    assert numbers("1. OBJET", "2. BOIS", "3. PRIX", bold=False) == [
        "section-1",
        "section-2",
        "section-3",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("1. Objet", "2. Bois"),
        ("3. Objet", "4. Bois", "5. Prix"),
        ("1. Objet", "7. Bois", "12. Prix", "40. Vis"),
        ("5. Objet", "4. Bois", "3. Prix", "2. Vis", "1. Clous"),
        ("Objet", "Bois", "Prix"),
        ("1. Objet ;", "2. Bois ;", "3. Prix."),
    ],
    ids=["two", "no-beginning", "leaps", "backwards", "no-numbers", "a-list"],
)
def test_headings_that_make_no_outline_leave_the_pages(headings: tuple[str, ...]) -> None:
    assert numbers(*headings) == ["page-1"]


def test_plain_numbered_paragraphs_are_no_sections() -> None:
    assert numbers("1. Objet du lot", "2. Bois", "3. Prix", bold=False) == ["page-1"]


def test_a_section_keeps_its_heading_its_path_and_its_text() -> None:
    [_, section, _, _] = read_articles(a_document("1. Objet", "1.1 Lieu", "1.2 Date", "2. Prix"))

    assert (section.heading, section.path) == ("1.1 Lieu", ("1. Objet",))
    assert section.text == "Les bois sont traités et séchés."


def test_a_heading_with_nothing_of_its_own_is_the_path_of_what_follows() -> None:
    page = a_document("1. Objet", "1.1 Lieu", "1.2 Date", "2. Prix")[0]
    lines = (page.lines[0], *page.lines[3:])  # without the text of "1. Objet"

    sections = read_articles([Page(page.numbers, page.width, page.height, lines)])

    assert [section.number for section in sections] == [
        "section-1.1",
        "section-1.2",
        "section-2",
    ]
    assert sections[0].path == ("1. Objet",)


def test_a_first_sentence_close_under_a_heading_is_its_text() -> None:
    texts = ["1. Objet", "Bois traités.", "2. Pose", "Vis cachées.", "3. Prix", "Fermes."]
    lines = tuple(
        Line(text, (50.0, 100.0 + 12 * n, 280.0, 110.0 + 12 * n), 0, bold=True)
        for n, text in enumerate(texts)
    )

    sections = read_articles([Page(PageNumbers(1, None, None), 595.0, 842.0, lines)])

    assert [(s.heading, s.text) for s in sections] == [
        ("1. Objet", "Bois traités."),
        ("2. Pose", "Vis cachées."),
        ("3. Prix", "Fermes."),
    ]
