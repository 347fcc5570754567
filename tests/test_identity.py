"""Which instrument a document contains."""

import pytest

from assistant.reading.identity import identify
from assistant.records import Instrument, Line, Page, PageNumbers

TITLE = "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023) relatif aux marchés publics"


def a_page(*paragraphs: str, number: int = 1) -> Page:
    """A page whose paragraphs, of one line, stand far apart under a paragraph of three."""
    texts = ["Royaume du Maroc", "Secrétariat général", "du gouvernement", *paragraphs]
    tops = [100.0, 112.0, 124.0, *(160.0 + 36 * n for n in range(len(paragraphs)))]
    lines = (
        Line(text, (50.0, y, 280.0, y + 10.0), 0, bold=False)
        for text, y in zip(texts, tops, strict=True)
    )
    return Page(PageNumbers(number, None, None), 595.0, 842.0, tuple(lines))


def test_the_title_gives_the_number_and_the_name() -> None:
    assert identify([a_page(TITLE)], "upload.pdf") == Instrument("2-22-431", TITLE)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Décret n° 2–12–349 du 20 mars 2013 relatif aux marchés publics", "2-12-349"),
        ("DECRET Nº 2.22.431 RELATIF AUX MARCHES PUBLICS", "2-22-431"),
        ("Loi n° 69-00 relative au contrôle financier de l’Etat", "69-00"),
        ("Arrêté du ministre de l’économie et des finances n° 754-24 du 4 avril 2024", "754-24"),
        ("Dahir n° 1-15-62 du 14 chaabane 1436 (2 juin 2015)", "1-15-62"),
        ("Loi organique n° 130-13 relative à la loi de finances", "130-13"),
    ],
)
def test_numbers_are_written_with_hyphens_whatever_is_printed(title: str, number: str) -> None:
    assert identify([a_page(title)], "upload.pdf").number == number


def test_the_title_that_opens_the_text_is_preferred_to_the_cover_in_capitals() -> None:
    cover = a_page("DECRET N° 2-22-431 RELATIF AUX MARCHES PUBLICS")

    assert identify([cover, a_page(TITLE, number=2)], "upload.pdf").title == TITLE


def test_an_instrument_only_cited_is_not_the_document_s_own() -> None:
    page = a_page("Vu le décret n° 2-22-431 du 8 mars 2023 relatif aux marchés publics ;")

    assert identify([page], "RC n°7 (géologie).pdf") == Instrument(
        "rc-n-7-geologie", "RC n°7 (géologie)"
    )


def test_files_named_in_arabic_are_told_apart() -> None:
    numbers = {identify([a_page("Texte")], name).number for name in ("مرسوم.pdf", "قانون.pdf")}

    assert len(numbers) == 2


def test_a_file_without_a_usable_name_still_has_a_number() -> None:
    assert identify([a_page("Texte")], "???.pdf").number == "document"


def test_the_short_name_stops_before_the_subject() -> None:
    name = Instrument("2-22-431", TITLE).short_name

    assert name == "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023)"
