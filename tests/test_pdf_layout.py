"""PDF bytes → fragments → pages: what is text, in which order, under which page numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.reading import pdfium_text, pdfminer_text
from assistant.reading.extraction import extract_pages
from assistant.reading.layout import lay_out
from assistant.reading.raw_pages import Fragment, RawPage
from assistant.records import Page

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 50.0, 310.0  # left edges of two columns
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"


Engine = Callable[[bytes, Sequence[int]], Iterator[RawPage]]
ENGINES = [pdfium_text.read_raw_pages, pdfminer_text.read_raw_pages]


@pytest.fixture(params=ENGINES, ids=["pdfium", "pdfminer"])
def engine(request: pytest.FixtureRequest) -> Engine:
    reader: Engine = request.param
    return reader


def words(pages: Iterable[RawPage]) -> list[str]:
    return sorted(word for page in pages for f in page.fragments for word in f.text.split())


def a_fragment(text: str, x: float, y: float, *, width: float = 230.0) -> Fragment:
    return Fragment(text, (x, y, x + width, y + 10.0), bold=False)


def a_page(*fragments: Fragment, number: int = 1) -> RawPage:
    return RawPage(number, WIDTH, HEIGHT, fragments)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def two_columns(*, rows: int = 4, top: float = 200.0) -> list[Fragment]:
    """A left and a right line on each row, drawn row by row."""
    return [
        a_fragment(f"{side}{row}", x, top + 12 * row)
        for row in range(rows)
        for side, x in (("gauche", LEFT), ("droite", RIGHT))
    ]


def a_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them being its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def a_stream(entries: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def a_one_page_pdf(contents: bytes, *, resources: bytes, more: tuple[bytes, ...] = ()) -> bytes:
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>"
        % resources,
        a_stream(b"", contents),
        *more,
    )


def test_the_box_of_a_fragment_has_its_origin_at_the_top_left_and_holds_ink_only(
    engine: Engine,
) -> None:
    contents = b"BT /F 12 Tf 72 700 Td (  Article  ) Tj ET"
    data = a_one_page_pdf(contents, resources=b"/Font<</F 5 0 R>>", more=(FONT,))

    [page] = engine(data, [1])

    [fragment] = page.fragments
    x0, y0, x1, y1 = fragment.box
    assert 72 < x0 < x1 < 130
    assert 125 < y0 < 842 - 700 < y1 < 150


def test_a_bold_font_makes_a_bold_fragment(engine: Engine) -> None:
    contents = b"BT /F 12 Tf 72 700 Td (Article) Tj ET"
    data = a_one_page_pdf(contents, resources=b"/Font<</F 5 0 R>>", more=(FONT,))

    [page] = engine(data, [1])

    assert page.fragments[0].bold


def test_codes_that_stand_for_no_character_are_left_out(engine: Engine) -> None:
    to_unicode = a_stream(
        b"",
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"3 beginbfchar <41> <0041> <42> <0000> <43> <0001> endbfchar",
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    data = a_one_page_pdf(
        b"BT /F 12 Tf 72 700 Td (ABCA) Tj ET",
        resources=b"/Font<</F 5 0 R>>",
        more=(font, to_unicode),
    )

    [page] = engine(data, [1])

    assert "".join("".join(f.text.split()) for f in page.fragments) == "AA"


def test_text_in_a_form_drawn_on_the_page_is_read(engine: Engine) -> None:
    form = a_stream(
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 6 0 R>>>>",
        b"BT /F 12 Tf 72 700 Td (Article premier) Tj ET",
    )
    data = a_one_page_pdf(b"/X Do", resources=b"/XObject<</X 5 0 R>>", more=(form, FONT))

    [page] = engine(data, [1])

    assert [f.text.strip() for f in page.fragments] == ["Article premier"]


def test_a_page_without_fonts_has_its_size_and_no_text(engine: Engine) -> None:
    data = a_one_page_pdf(b"0 0 m 100 100 l S", resources=b"")

    [page] = engine(data, [1])

    assert (page.width, page.height, page.fragments) == (595, 842, ())


def test_forms_that_contain_each_other_end() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    data = a_one_page_pdf(
        b"/X Do",
        resources=b"/XObject<</X 5 0 R>>",
        more=(a_stream(form % 6, b"/X Do"), a_stream(form % 5, b"/X Do")),
    )

    [page] = extract_pages("formes.pdf", data, 1, lambda _done, _total: None)

    assert page.fragments == ()


def test_only_the_pages_asked_for_are_read(engine: Engine, specimens: list[Path]) -> None:
    pages = engine(specimens[0].read_bytes(), [3, 2])

    assert sorted(page.number for page in pages) == [2, 3]


def test_both_engines_read_the_same_words(specimens: list[Path]) -> None:
    data = specimens[0].read_bytes()

    by_engine = [words(engine(data, [1, 2, 3])) for engine in ENGINES]

    assert by_engine[0] == by_engine[1]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_stand_on_the_page_as_it_is_shown(turn: int) -> None:
    contents = b"BT /F 12 Tf 72 700 Td (Article) Tj ET"
    resources = b"/Font<</F 5 0 R>>>>/Rotate %d/CropBox[50 600 550 800]/X<<" % turn
    data = a_one_page_pdf(contents, resources=resources, more=(FONT,))

    [page] = pdfium_text.read_raw_pages(data, [1])

    place = {90: (100, 22), 180: (470, 100), 270: (90, 470)}[turn]
    near = [
        abs(got - wanted) < 30 for got, wanted in zip(page.fragments[0].box, place, strict=False)
    ]
    assert near == [True, True]


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    [page] = lay_out([a_page(*two_columns(rows=3))])

    assert texts(page) == ["gauche0", "gauche1", "gauche2", "droite0", "droite1", "droite2"]


def test_a_line_over_both_columns_ends_what_stands_above_it() -> None:
    above, below = two_columns(rows=3, top=200), two_columns(rows=3, top=300)
    title = a_fragment("Titre", LEFT, 250, width=RIGHT + 230 - LEFT)

    [page] = lay_out([a_page(*above, title, *below)])

    assert texts(page).index("Titre") == 6
    assert texts(page)[5] == "droite2"


def test_a_column_of_numbers_is_not_a_column_of_text() -> None:
    rows = [
        f
        for row in range(4)
        for f in (
            a_fragment(f"poste{row}", LEFT, 200 + 12 * row, width=200),
            a_fragment(f"{row}00", 400, 200 + 12 * row, width=20),
        )
    ]

    [page] = lay_out([a_page(*rows)])

    assert texts(page) == ["poste0 000", "poste1 100", "poste2 200", "poste3 300"]


@pytest.mark.parametrize(
    ("gap", "expected"), [(0.2, "marchéscadres"), (4.0, "marchés cadres")], ids=["joined", "apart"]
)
def test_fragments_of_a_row_are_parted_by_a_space_only_where_they_stand_apart(
    gap: float, expected: str
) -> None:
    first = a_fragment("marchés", LEFT, 200, width=40)
    second = a_fragment("cadres", LEFT + 40 + gap, 200, width=40)

    [page] = lay_out([a_page(first, second)])

    assert texts(page) == [expected]


def numbered_pages(count: int, *, header: str = "BULLETIN OFFICIEL") -> list[RawPage]:
    """Pages with a header, a BO page beside it, and a printed page at the foot."""
    return [
        a_page(
            a_fragment(header, 200, 40),
            a_fragment(str(912 + n), 500, 40, width=20),
            a_fragment(f"Texte de la page {n}.", LEFT, 300),
            a_fragment(str(n - 1), 290, 800, width=10),
            number=n,
        )
        for n in range(1, count + 1)
    ]


def test_what_is_printed_on_page_after_page_is_no_text() -> None:
    pages = lay_out(numbered_pages(4))

    assert [texts(page) for page in pages] == [[f"Texte de la page {n}."] for n in range(1, 5)]


def test_the_last_line_of_a_column_is_text_though_it_stands_lower_than_a_footer() -> None:
    raw = numbered_pages(4)
    last_line = a_fragment("sous réserve des dispositions", LEFT, 806)
    raw[1] = a_page(*raw[1].fragments, last_line, number=2)

    pages = lay_out(raw)

    assert texts(pages[1])[-1] == "sous réserve des dispositions"


def test_a_page_of_the_bulletin_officiel_has_three_numbers() -> None:
    pages = lay_out(numbered_pages(4))

    assert [(p.numbers.pdf, p.numbers.printed, p.numbers.bo) for p in pages] == [
        (1, 0, 913),
        (2, 1, 914),
        (3, 2, 915),
        (4, 3, 916),
    ]


def test_elsewhere_the_number_at_the_foot_is_the_printed_page_and_there_is_no_bo_page() -> None:
    pages = lay_out(numbered_pages(4, header="Rapport annuel"))

    assert [(p.numbers.printed, p.numbers.bo) for p in pages] == [
        (0, None),
        (1, None),
        (2, None),
        (3, None),
    ]


def test_a_number_that_does_not_follow_the_pages_is_not_a_page_number() -> None:
    raw = numbered_pages(4)
    strange = tuple(f for f in raw[2].fragments if f.box[1] < 700)
    raw[2] = a_page(*strange, a_fragment("47", 290, 800, width=10), number=3)

    pages = lay_out(raw)

    assert [p.numbers.printed for p in pages] == [0, 1, None, 3]


def test_rules_and_asterisks_between_parts_are_no_text() -> None:
    [page] = lay_out([a_page(a_fragment("* * *", LEFT, 200), a_fragment("Texte", LEFT, 220))])

    assert texts(page) == ["Texte"]


def test_a_glyph_without_unicode_value_at_the_start_of_a_line_is_a_bullet() -> None:
    [page] = lay_out([a_page(a_fragment("(cid:127) travaux", LEFT, 200))])

    assert texts(page) == ["• travaux"]
