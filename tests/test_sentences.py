import pytest

from assistant.answering.sentences import is_item, split_paragraphs, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Une phrase. Une autre.", ["Une phrase.", "Une autre."]),
        ("Voir art. 24 du décret. Ensuite.", ["Voir art. 24 du décret.", "Ensuite."]),
        ("Le n. 5 suit. M. Alami signe.", ["Le n. 5 suit.", "M. Alami signe."]),
        ("500.000 dirhams. Puis 30 jours.", ["500.000 dirhams.", "Puis 30 jours."]),
        ("a) un ; b) deux", ["a) un ; b) deux"]),
        ("Ligne un\nLigne deux", ["Ligne un", "Ligne deux"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_paragraphs_are_spans_without_their_line_feeds() -> None:
    text = "Premier alinéa :\n– un ;\n– deux.\n"

    paragraphs = [text[start:end] for start, end in split_paragraphs(text)]

    assert paragraphs == ["Premier alinéa :", "– un ;", "– deux."]


@pytest.mark.parametrize("text", ["– un", "a) un", "1 – un", "2) un", "IV) un", "• un", "A- un"])
def test_an_item_of_a_list_is_known_by_its_mark(text: str) -> None:
    assert is_item(text)


@pytest.mark.parametrize("text", ["Le maître d’ouvrage", "30 jours au moins", "I faut"])
def test_plain_text_is_not_an_item(text: str) -> None:
    assert not is_item(text)
