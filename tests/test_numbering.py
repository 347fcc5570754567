"""Where a paragraph stands in its article."""

import pytest

from assistant.reading.numbering import paragraph_at, paragraph_of, paragraph_span


def places(*paragraphs: str) -> list[str | None]:
    text = "\n".join(paragraphs)
    starts = [sum(len(p) + 1 for p in paragraphs[:index]) for index in range(len(paragraphs))]
    return [paragraph_at(text, start) for start in starts]


def test_without_labels_each_paragraph_is_an_alinea_and_dashes_are_tirets() -> None:
    assert places("Un.", "Deux :", "– x ;", "– y.", "Trois.") == [
        "alinéa 1",
        "alinéa 2",
        "alinéa 2, tiret 1",
        "alinéa 2, tiret 2",
        "alinéa 3",
    ]


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("1 – ", "2 – ", "3 – "), "123"),
        (("1-", "2-", "3-"), "123"),
        (("1. ", "2. ", "3. "), "123"),
        (("1° ", "2° ", "3° "), "123"),
        (("1°) ", "2°) ", "3°) "), "123"),
        (("a) ", "b) ", "c) "), "abc"),
        (("a- ", "b- ", "c- "), "abc"),
        (("A- ", "B- ", "C- "), "ABC"),
        (("A) ", "B) ", "C) "), "ABC"),
        (("A. ", "B. ", "C. "), "ABC"),
        (("Premièrement, ", "Deuxièmement, ", "Troisièmement, "), "123"),
    ],
)
def test_a_label_loses_its_punctuation(labels: tuple[str, ...], names: str) -> None:
    assert places(*(f"{label}Le marché." for label in labels)) == [f"paragraphe {n}" for n in names]


@pytest.mark.parametrize("mark", [")", "-", " –", "."])
def test_roman_numbers_go_on_past_their_letters(mark: str) -> None:
    numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"]

    assert places(*(f"{n}{mark} Le marché." for n in numerals)) == [
        f"paragraphe {numeral}" for numeral in numerals
    ]


def test_levels_follow_from_the_order_in_which_they_open() -> None:
    assert places("I) Un :", "A. a :", "1 – b.", "2 – c.", "B. d :", "1 – e.", "II) f.") == [
        "paragraphe I",
        "paragraphe I, A",
        "paragraphe I, A, 1",
        "paragraphe I, A, 2",
        "paragraphe I, B",
        "paragraphe I, B, 1",
        "paragraphe II",
    ]


def test_the_same_levels_can_open_in_another_order() -> None:
    assert places("1 – comprend :", "A. Étape :", "a) x ;", "b) y.", "B. Suite :", "2 – z.") == [
        "paragraphe 1",
        "paragraphe 1, A",
        "paragraphe 1, A, a",
        "paragraphe 1, A, b",
        "paragraphe 1, B",
        "paragraphe 2",
    ]


def test_an_i_after_an_h_is_a_letter() -> None:
    letters = "abcdefghij"

    assert places(*(f"{letter}) x ;" for letter in letters)) == [f"paragraphe {n}" for n in letters]


def test_an_i_that_opens_a_list_is_a_roman_number() -> None:
    assert places("a) suit :", "i) x ;", "ii) y ;", "iii) z ;", "iv) t ;", "v) u.", "b) v.") == [
        "paragraphe a",
        *(f"paragraphe a, {numeral}" for numeral in ("i", "ii", "iii", "iv", "v")),
        "paragraphe b",
    ]


def test_a_dash_list_restarts_under_each_item() -> None:
    assert places("1 – Un :", "– x ;", "– y.", "2 – Deux :", "– z.") == [
        "paragraphe 1",
        "paragraphe 1, tiret 1",
        "paragraphe 1, tiret 2",
        "paragraphe 2",
        "paragraphe 2, tiret 1",
    ]


def test_text_between_two_items_stands_in_the_first() -> None:
    assert places("1 – Un.", "Suite.", "2 – Deux.") == [
        "paragraphe 1, alinéa 1",
        "paragraphe 1, alinéa 2",
        "paragraphe 2",
    ]


def test_text_after_a_list_that_is_one_sentence_closes_it() -> None:
    assert places("1 – Sont exigés :", "a) x ;", "b) y.", "Ces pièces suffisent.", "2 – Fin.") == [
        "paragraphe 1, alinéa 1",
        "paragraphe 1, a",
        "paragraphe 1, b",
        "paragraphe 1, alinéa 2",
        "paragraphe 2",
    ]


def test_text_in_the_middle_of_such_a_list_stands_in_its_item() -> None:
    assert places("Indique :", "a) la date.", "Un jour férié la reporte ;", "b) le lieu.") == [
        "alinéa 1",
        "paragraphe a, alinéa 1",
        "paragraphe a, alinéa 2",
        "paragraphe b",
    ]


def test_a_title_is_no_alinea() -> None:
    assert places("1 – Marché à prix global :", "Le prix est global.", "2 – Suite.") == [
        "paragraphe 1",
        "paragraphe 1",
        "paragraphe 2",
    ]


def test_two_dash_lists_of_one_item_are_told_apart_by_their_alinea() -> None:
    assert places("1 – Un :", "– x.", "Ou :", "– y.", "2 – Deux.")[1::2] == [
        "paragraphe 1, alinéa 1, tiret 1",
        "paragraphe 1, alinéa 2, tiret 1",
    ]


def test_two_lists_of_letters_are_told_apart_by_their_alinea() -> None:
    assert places("Ou :", "a) x ;", "b) y.", "Ou bien :", "a) z ;", "b) t.") == [
        "alinéa 1",
        "alinéa 1, a",
        "alinéa 1, b",
        "alinéa 2",
        "alinéa 2, a",
        "alinéa 2, b",
    ]


def test_a_text_that_may_belong_to_the_last_item_or_not_has_the_place_of_both() -> None:
    listed = places("1 – Elle comprend :", "a) Ici x.", "b) Là y.", "Un arrêté suit.", "2 – Fin.")

    assert listed[3] == "paragraphe 1"


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (("1- A.", "2- B.", "4- D.", "5- E."), ("1", "2", None, "5")),
        (("1- A.", "2- B.", "2- C.", "3- D."), ("1", "2", None, "3")),
        (("1.1 Objet", "1.2 Durée"), (None, None)),
        (("2 – B.", "3 – C."), (None, "3")),
    ],
    ids=["missing", "doubled", "decimal", "no-first"],
)
def test_a_label_out_of_order_has_no_place(
    paragraphs: tuple[str, ...], names: tuple[str | None, ...]
) -> None:
    assert places(*paragraphs) == [name and f"paragraphe {name}" for name in names]


def test_a_list_that_begins_by_its_second_item_inside_another_has_no_place() -> None:
    assert places("a) x :", "2) y ;", "3) z.", "b) t.")[1:3] == [None, None]


@pytest.mark.parametrize(
    "text", ["M. le ministre décide.", "1.500 dirhams sont dus.", "A l’issue du délai.", "S.A. X"]
)
def test_what_only_looks_like_a_label_is_an_alinea(text: str) -> None:
    assert places(text, "Suite.") == ["alinéa 1", "alinéa 2"]


def test_the_only_paragraph_of_an_article_has_no_place() -> None:
    assert places("Le décret entre en vigueur.") == [None]


def test_a_quotation_of_several_parts_has_the_place_of_what_holds_them() -> None:
    text = "1 – Un :\na) x ;\nb) y.\n2 – Deux."

    assert paragraph_of(text, text.index("a)"), text.index("b)") + 3) == "paragraphe 1"
    assert paragraph_of(text, 0, len(text)) is None


def test_a_sentence_quoted_with_its_list_has_the_place_of_the_sentence() -> None:
    text = "Un.\nDeux :\n– x ;\n– y.\nTrois."

    assert paragraph_of(text, text.index("Deux"), text.index("\nTrois")) == "alinéa 2"


TEXT = "Un :\n1 – A :\na) x ;\nb) y.\nSuite.\n2 – B :\n– z ;\n– t."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("alinéa 1", "Un :"),
        ("paragraphe 1", "1 – A :\na) x ;\nb) y.\nSuite."),
        ("paragraphe 1, b", "b) y."),
        ("paragraphe 1, b)", "b) y."),
        ("paragraphe 1, alinéa 2", "Suite."),
        ("paragraphe 1, alinéa 1, b", "b) y."),
        ("paragraphe 2, tiret 2", "– t."),
        ("paragraphe 2, alinéa 1", "2 – B :\n– z ;\n– t."),
    ],
)
def test_a_place_gives_its_text(place: str, words: str) -> None:
    span = paragraph_span(TEXT, place)

    assert span is not None
    assert TEXT[slice(*span)] == words


@pytest.mark.parametrize(
    "place", ["paragraphe 3", "paragraphe 1, c", "alinéa 9", "alinéa 0", "tiret 1", ""]
)
def test_a_place_that_is_not_there_gives_none(place: str) -> None:
    assert paragraph_span(TEXT, place) is None


def test_paragraphs_are_not_called_after_the_alinea_that_only_announces_them() -> None:
    text = (
        "La composition est fixée comme suit :\n1 – Le président.\n2 – Deux membres.\n3 – Un tiers."
    )
    first, second, third = (text.index(mark) for mark in ("1 –", "2 –", "3 –"))

    assert paragraph_of(text, second, third - 1) == "paragraphe 2"
    assert paragraph_of(text, first, third - 1) is None
    assert paragraph_of(text, 0, first - 1) == "alinéa 1"
