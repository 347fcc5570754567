"""Text layers: what a person could read is accepted, what no one could is refused."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.reading.extraction import count_pages, extract_pages
from assistant.reading.legibility import Flaw, find_flaw
from assistant.reading.reading import unnoticed

from .conftest import DECREE_2013, DECREE_2023, ROOT

SPECIMEN = (ROOT / "documents/specimen/decret-9-20-202.txt").read_text("utf-8")
PAGE = SPECIMEN[2000:4500]
CONTROL = dict.fromkeys([*range(9), *range(14, 32), 127])


def shifted(by: int) -> Callable[[str], str]:
    def shift(text: str) -> str:
        moved = "".join(c if c == "\n" else chr(max(1, ord(c) + by)) for c in text)
        return moved.translate(CONTROL)

    return shift


def read_as(written: str, read: str) -> Callable[[str], str]:
    return lambda text: text.encode(written, "replace").decode(read, "replace")


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DECRET N° 2-22-431\nRELATIF AUX MARCHES PUBLICS",
        "Annexe n° 3",
        "1 200,00\n34 500,00\n500.000,00\n12 %\n1\n2\n3\n",
        "Total HT .................. 12 000,00 DH\n\nSignature : ........................",
        "MM. Abdellatif Benchekroun\nYoussef El Khattabi\nMme Ghizlane Ouazzani\nHrvoje Krstic",
        without_accents(PAGE).upper(),
        "The contracting authority shall award the contract to the tenderer whose offer is the "
        "most advantageous, and shall notify the others of the reasons for which they were not.",
        "يحدد هذا المرسوم الشروط والأشكال التي تبرم وفقها صفقات الأشغال والتوريدات والخدمات",
        "\uf0b7 les travaux ;\n\uf0b7 les fournitures ;\n\uf0b7 les services.",
        PAGE,
    ],
    ids=[
        "nothing", "cover", "title", "amounts", "form", "names", "capitals", "english", "arabic",
        "bullets", "page",
    ],
)  # fmt: skip
def test_what_a_person_can_read_has_no_flaw(text: str) -> None:
    assert find_flaw(text) is None


@pytest.mark.parametrize("by", [-40, -31, -30, -29, -28, -13, -3, -1, 1, 3, 13, 29])
def test_codes_shifted_by_a_constant_are_refused(by: int) -> None:
    assert find_flaw(shifted(by)(PAGE)) in (Flaw.STRANGE_CODES, Flaw.UNDEFINED_CODES)


def test_half_the_lines_in_a_font_whose_codes_are_shifted_are_enough() -> None:
    lines = [shifted(-29)(line) if n % 2 else line for n, line in enumerate(PAGE.splitlines())]

    assert find_flaw("\n".join(lines)) == Flaw.STRANGE_CODES


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "mac-roman"),
        ("cp1252", "mac-roman"),
        ("mac-roman", "cp1252"),
        ("cp1252", "cp850"),
    ],
)
def test_accents_of_another_encoding_are_wrong(written: str, read: str) -> None:
    assert find_flaw(read_as(written, read)(PAGE)) == Flaw.WRONG_ACCENTS


@pytest.mark.parametrize(
    ("spoil", "flaw"),
    [
        (without_accents, Flaw.LOST_ACCENTS),
        (lambda text: text.replace(" ", ""), Flaw.GLUED_WORDS),
        (lambda text: "".join(f"(cid:{ord(c)})" for c in text), Flaw.UNDEFINED_CODES),
        (
            lambda text: "".join(chr(0xE000 + ord(c)) if c.isalpha() else c for c in text),
            Flaw.UNDEFINED_CODES,
        ),
        (lambda text: text.translate(str.maketrans("éèà", "èàé")), Flaw.WRONG_ACCENTS),
    ],
    ids=["none", "glued", "cid", "private", "exchanged"],
)
def test_a_spoilt_page_is_refused_for_what_is_wrong_with_it(
    spoil: Callable[[str], str], flaw: Flaw
) -> None:
    assert find_flaw(spoil(PAGE)) == flaw


@pytest.mark.parametrize("name", ["ma-decret-2-01-2324", "ma-loi-09-08", "ma-loi-21-05"])
def test_text_layers_seen_broken_are_refused_on_every_page(shared_data: Path, name: str) -> None:
    text = (shared_data / "broken-text" / f"{name}.txt").read_text("utf-8")

    pages = [text[start : start + 2500] for start in range(0, len(text), 2500)]

    assert all(find_flaw(page) for page in pages)


@pytest.mark.parametrize(
    "name",
    [
        DECREE_2023,
        DECREE_2013,
        "other-pdfs/rc_2019_dg_cartes_geochimiques_maroc.pdf",
        "other-pdfs/CCTP-surveillance-equipements-sportifs.pdf",
        "other-pdfs/extraits_dahir_1-58-008_sanctions_fr.pdf",
        "other-pdfs/COUPVRAY-CCTP-LOT-02-Charpente-Couverture-Planchers-Indice-B.pdf",
    ],
)
def test_no_page_of_a_real_document_is_refused(shared_data: Path, name: str) -> None:
    data = (shared_data / name).read_bytes()

    pages = extract_pages(name, data, count_pages(name, data), unnoticed)

    assert [page.number for page in pages if find_flaw(page.text)] == []


def test_arabic_text_is_not_asked_to_be_french(shared_data: Path) -> None:
    text = (shared_data / "decret-2-12-349/texte-arabe-consolide.txt").read_text("utf-8")

    assert [find_flaw(text[n : n + 2500]) for n in range(0, 50_000, 2500)] == [None] * 20
