"""Lines → paragraphs: where one ends, and how its lines are joined."""

import pytest

from assistant.reading.headings import begins_heading
from assistant.reading.paragraphs import cuts_words, document_words, join_lines, split_paragraphs
from assistant.records import Line, Page, PageNumbers

NO_WORDS: frozenset[str] = frozenset()


def a_line(
    text: str,
    y: float,
    *,
    x: float = 50.0,
    right: float = 280.0,
    column: int = 0,
    bold: bool = False,
) -> Line:
    return Line(text, (x, y, right, y + 10.0), column, bold)


def a_page(*lines: Line, number: int = 1) -> Page:
    return Page(PageNumbers(number, number, None), 595.0, 842.0, lines)


def paragraphs(*pages: Page) -> list[str]:
    return [p.text for p in split_paragraphs(pages, is_heading=begins_heading)]


def a_full_paragraph(y: float, *, lines: int = 5) -> list[Line]:
    """Lines at the usual pitch, 12 points, that fill their column."""
    return [a_line(f"suite{n}", y + 12 * n) for n in range(lines)]


def test_lines_at_the_usual_pitch_are_one_paragraph() -> None:
    assert paragraphs(a_page(*a_full_paragraph(100, lines=3))) == ["suite0 suite1 suite2"]


def test_a_looser_pitch_begins_a_paragraph() -> None:
    page = a_page(*a_full_paragraph(100, lines=4), a_line("Un autre alinéa", 154))

    assert paragraphs(page)[1] == "Un autre alinéa"


@pytest.mark.parametrize(
    "marked", ["– la liberté d’accès", "a) les travaux", "1 – objet", "II) procédure", "• services"]
)
def test_a_marker_after_the_end_of_a_sentence_begins_a_paragraph(marked: str) -> None:
    page = a_page(a_line("Sont admis :", 100), a_line(marked, 112), a_line("et la suite", 124))

    assert paragraphs(page) == ["Sont admis :", f"{marked} et la suite"]


def test_a_dash_in_the_middle_of_a_sentence_begins_nothing() -> None:
    page = a_page(a_line("le décret n° 2", 100), a_line("– 22 – 431 précité", 112))

    assert paragraphs(page) == ["le décret n° 2 – 22 – 431 précité"]


def test_an_indented_line_after_the_end_of_a_sentence_begins_a_paragraph() -> None:
    page = a_page(
        a_line("La séance est levée.", 100), a_line("Le jury", 112, x=64), a_line("délibère.", 124)
    )

    assert paragraphs(page) == ["La séance est levée.", "Le jury délibère."]


def test_a_heading_begins_a_paragraph_and_the_bold_lines_after_it_are_part_of_it() -> None:
    page = a_page(
        a_line("Fin du texte.", 100),
        a_line("ART. 12. – Dialogue", 112, bold=True),
        a_line("compétitif", 124, bold=True, right=100),
        a_line("Le dialogue", 136),
    )

    assert paragraphs(page) == ["Fin du texte.", "ART. 12. – Dialogue compétitif", "Le dialogue"]


def test_a_sentence_that_runs_over_columns_and_pages_is_one_paragraph() -> None:
    first = a_page(a_line("Le maître", 700), a_line("d’ouvrage", 100, x=310, right=540, column=1))
    second = a_page(a_line("publie l’avis.", 100), number=2)

    assert paragraphs(first, second) == ["Le maître d’ouvrage publie l’avis."]


def test_a_short_last_line_of_a_column_ends_its_paragraph() -> None:
    left = [*a_full_paragraph(100, lines=3), a_line("est publié.", 136, right=110)]
    right = a_line("Le concurrent", 100, x=310, right=540, column=1)

    assert paragraphs(a_page(*left, right)) == ["suite0 suite1 suite2 est publié.", "Le concurrent"]


def test_a_paragraph_knows_the_page_of_each_of_its_lines() -> None:
    pages = [a_page(a_line("Le maître", 700)), a_page(a_line("d’ouvrage.", 100), number=2)]

    [paragraph] = split_paragraphs(pages, is_heading=begins_heading)

    assert [line.page for line in paragraph.lines] == [1, 2]


@pytest.mark.parametrize(
    ("lines", "words", "joined"),
    [
        (["le maître", "d’ouvrage"], NO_WORDS, "le maître d’ouvrage"),
        (["la procé-", "dure"], frozenset({"procédure"}), "la procédure"),
        (["es-", "qualités"], NO_WORDS, "es-qualités"),
        (["la sous–", "traitance"], NO_WORDS, "la sous–traitance"),
        (["la procé\u00ad", "dure"], frozenset({"procédure"}), "la procédure"),
        (["le sous-", "traitant"], frozenset({"sous", "traitant"}), "le sous-traitant"),
        (["le moins-", "disant"], frozenset({"moins", "disant"}), "le moins-disant"),
        (["un éco-", "label"], frozenset({"éco-label", "écolabel"}), "un écolabel"),
        (["la co-", "traitance"], frozenset({"co-traitance"}), "la co-traitance"),
        (["le décret n° 2-", "22-431"], frozenset({"222"}), "le décret n° 2- 22-431"),
        (["les travaux –", "les services"], NO_WORDS, "les travaux – les services"),
    ],
    ids=[
        "plain",
        "cut",
        "compound",
        "long-dash",
        "soft-hyphen",
        "prefix",
        "two-words",
        "both-forms",
        "compound-elsewhere",
        "number",
        "dash",
    ],
)
def test_lines_are_joined_as_they_are_read(
    lines: list[str], words: frozenset[str], joined: str
) -> None:
    assert "".join(join_lines(lines, words)) == joined


def test_a_word_cut_nowhere_else_whole_is_joined_where_the_document_cuts_words() -> None:
    lines = ["La procé-", "dure, la garan-", "tie et le", "procès-", "verbal. Une procédure."]
    words = document_words(lines)

    joined = "".join(join_lines(lines, words, hyphenated=cuts_words(lines[:4], words)))

    assert joined == "La procédure, la garantie et le procès-verbal. Une procédure."


def test_a_document_whose_hyphens_are_compounds_cuts_no_words() -> None:
    lines = ["morpho-", "climatiques et physico-", "chimiques"]

    assert not cuts_words(lines, document_words(lines))


def test_the_halves_of_a_cut_word_are_no_words_of_the_document() -> None:
    assert document_words(["la procé-", "dure est co–traitante"]) == {
        "la",
        "est",
        "co-traitante",
        "co",
        "traitante",
    }
