"""Text that nobody sees on the page is neither indexed nor cited, and the pages are named."""

from dataclasses import replace

import pytest

from assistant.reading.raw_pages import DRAW_NOTHING
from assistant.reading.reading import read_pdf
from assistant.records import Reading

from .injections import SECRETS, UNSEEN
from .poisoned import Attack, Poisoned

WHITE_ON_BLUE = ("ET 0 0 0.4 rg 55 455 500 30 re f BT 1 g", "0 g")
GREY = ("0.6 g", "0 g")


def read(document: Poisoned) -> Reading:
    return read_pdf("faune.pdf", document.pdf(), max_pages=250, max_megabytes=5)


def words_of(reading: Reading) -> str:
    said = [reading.instrument.title, *(f"{a.heading}\n{a.text}" for a in reading.articles)]
    return "\n".join(said)


@pytest.fixture(scope="module")
def unseen() -> Reading:
    return read(UNSEEN)


def test_no_hidden_word_is_read_and_every_visible_one_is(unseen: Reading) -> None:
    words = words_of(unseen)

    assert "zorglub" not in words.lower()
    assert [n for n in range(len(SECRETS)) if f"{900 + n} dirhams" not in words] == []


def test_the_pages_that_hide_words_are_named(unseen: Reading) -> None:
    warnings = [w for w in unseen.warnings if "qu’on ne voit pas" in w]

    assert warnings == [
        "Pages qui portent du texte qu’on ne voit pas\u00a0: 1 à 9. Écrit dans la couleur du fond, "
        "recouvert ou minuscule, il n’est ni indexé ni cité."
    ]


def test_the_text_names_the_instrument_and_not_the_properties_of_the_file(unseen: Reading) -> None:
    assert unseen.instrument.number == UNSEEN.number


@pytest.mark.parametrize(
    "look", [WHITE_ON_BLUE, GREY, ("", "")], ids=["white on blue", "grey", "black"]
)
def test_what_people_see_is_read_whatever_its_colour(look: tuple[str, str]) -> None:
    reading = read(Poisoned("9-99-303", [Attack("Les hibous sont dispensés.", hidden=look)]))

    assert "Les hibous sont dispensés." in words_of(reading)
    assert not [w for w in reading.warnings if "qu’on ne voit pas" in w]


def test_the_text_layer_of_a_recognised_scan_is_read_though_it_has_no_ink() -> None:
    """Its words stand over their own picture: here over strokes in the place of letters."""
    plain = Attack("Les hibous sont dispensés.")
    layer = Poisoned("9-99-304", [replace(plain, hidden=(_picture(), "0 Tr"))])

    assert "Les hibous sont dispensés." in words_of(read(layer))


def _picture() -> str:
    """Strokes where the letters stand, as a scan has them, and then text without ink."""
    strokes = " ".join(f"{60 + 4 * n} 465 m {62 + 4 * n} 473 l S" for n in range(32))
    return f"ET {strokes} BT 3 Tr"


def test_marks_that_draw_nothing_are_not_read() -> None:
    words = words_of(
        read(Poisoned("9-99-306", [Attack("dis\u200bpen\u202esés\u2060 \U000e0041.")]))
    )

    assert "sés" in words
    assert [c for c in words if ord(c) in DRAW_NOTHING] == []
