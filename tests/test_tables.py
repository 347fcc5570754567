"""Ruled tables: a row is one line, its cells stay apart, and its header goes with every passage."""

import itertools

import pytest
from fpdf import FPDF

from assistant.reading.raw_pages import Fragment
from assistant.reading.reading import read_pdf
from assistant.reading.tables import join_table_rows
from assistant.records import Box, Reading
from assistant.searching.passages import cut_text, table_header
from assistant.ui.text import to_html

ROWS = [
    ("Nature", "Seuil", "Délai"),
    ("Travaux de voirie et d'assainissement des quartiers anciens", "500.000", "21 jours"),
    ("Fournitures", "200.000", "15 jours"),
    ("Services", "100.000", "10 jours"),
]
PROSE = "Le maître d'ouvrage publie les seuils ci-dessous dans son programme annuel. " * 4


def a_document(rows: list[tuple[str, ...]], *, lines: str = "ALL") -> bytes:
    """An article, then an annexe with a table."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, f"Article premier. - Objet\n\n{PROSE}", new_x="LMARGIN", new_y="NEXT")
    pdf.multi_cell(0, 6, "\nAnnexe n° 1 : Seuils\n", new_x="LMARGIN", new_y="NEXT")
    with pdf.table(borders_layout=lines, width=150) as table:
        for row in rows:
            drawn = table.row()
            for cell in row:
                drawn.cell(cell)
    pdf.multi_cell(0, 6, f"\n{PROSE}", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def read(data: bytes) -> Reading:
    return read_pdf("seuils.pdf", data, max_pages=50, max_megabytes=5)


def frame(x0: float, y0: float, x1: float, y1: float) -> list[Box]:
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def a_word(text: str, x: float, y: float) -> Fragment:
    return Fragment(text, (x, y, x + 20, y + 8), bold=False)


def test_each_row_of_an_annexe_is_one_paragraph_with_its_cells_apart() -> None:
    annexe = read(a_document(ROWS)).articles[-1]

    assert annexe.text.split("\n")[: len(ROWS)] == ["\t".join(row) for row in ROWS]


def test_what_follows_a_table_is_not_part_of_it() -> None:
    annexe = read(a_document(ROWS)).articles[-1]

    assert annexe.text.endswith("dans son programme annuel.")
    assert "\t" not in annexe.text.split("\n", len(ROWS))[-1]


def test_the_place_of_a_row_is_known() -> None:
    annexe = read(a_document(ROWS)).articles[-1]

    start = annexe.text.index("Fournitures")

    [box] = annexe.boxes(start, start + len("Fournitures\t200.000"))
    assert 0 < box[2] < box[4]


def test_the_items_of_a_price_list_are_not_articles() -> None:
    rows = [("Poste", "Objet"), *((f"Article {n}", f"Fourniture {n}") for n in range(2, 9))]

    reading = read(a_document(rows))

    assert [article.number for article in reading.articles] == ["1", "annexe-1"]


def test_an_empty_cell_keeps_its_place() -> None:
    annexe = read(a_document([("Nature", "Oui", "Non"), ("Travaux", "", "x")])).articles[-1]

    assert "Travaux\t\tx" in annexe.text


def test_a_cell_over_two_columns_stands_in_the_first() -> None:
    rules = [*frame(0, 0, 100, 20), *frame(0, 20, 50, 40), *frame(50, 20, 100, 40)]
    places = {"Titre": (40, 5), "a": (10, 25), "b": (60, 25), "c": (10, 45), "d": (60, 45)}
    words = [a_word(text, *place) for text, place in places.items()]

    joined = join_table_rows(words, [*rules, *frame(0, 40, 50, 60), *frame(50, 40, 100, 60)])

    assert sorted(f.text for f in joined) == ["Titre", "a\tb", "c\td"]


@pytest.mark.parametrize(
    "rules",
    [frame(0, 0, 100, 100), [(50.0, 0.0, 50.0, 100.0), (0.0, 0.0, 100.0, 0.0)], []],
    ids=["a frame around the text", "a rule between columns", "no rule"],
)
def test_rules_that_draw_no_grid_make_no_table(rules: list[Box]) -> None:
    words = [a_word(f"{x}-{y}", x, y) for x, y in itertools.product((10, 60), (10, 30, 50))]

    assert join_table_rows(words, rules) == words


def test_a_passage_in_the_middle_of_a_table_is_found_by_the_tables_header() -> None:
    text = "Voici les seuils.\n" + "\n".join("\t".join(row) for row in ROWS)

    later = cut_text(text, max_characters=60)[2:]

    assert later
    assert {table_header(text, start) for start, _ in later} == {"Nature\tSeuil\tDélai"}


@pytest.mark.parametrize("start", [0, 18])
def test_a_passage_that_begins_before_or_at_a_table_has_no_header(start: int) -> None:
    text = "Voici les seuils.\n" + "\n".join("\t".join(row) for row in ROWS)

    assert table_header(text, start) == ""


def test_a_table_is_shown_as_a_table_with_the_quoted_cells_marked() -> None:
    text = "Seuils\nNature\tSeuil\n<Travaux>\t500"
    start = text.index("<Travaux>")

    shown = to_html(text, (start, len(text)))

    assert shown == (
        "<p>Seuils</p><table><tr><td>Nature</td><td>Seuil</td></tr>"
        "<tr><td><mark>&lt;Travaux&gt;</mark></td><td><mark>500</mark></td></tr></table>"
    )
