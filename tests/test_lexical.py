"""French BM25: words that mean the same are one stem, offline."""

import pytest

from assistant.searching.lexical import encode_passages, encode_questions


def stem_ids(word: str) -> frozenset[int]:
    [stems], _ = encode_questions([word])
    return frozenset(stems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’entrepreneur", "entrepreneurs"),
        ("réclamation", "reclamations"),
        ("Délai", "DÉLAIS"),
        ("d'offres", "offre"),
    ],
)
def test_two_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem_ids(one)
    assert stem_ids(one) == stem_ids(other)


@pytest.mark.parametrize(("one", "other"), [("concours", "recours"), ("caution", "cotation")])
def test_two_words_have_two_stems(one: str, other: str) -> None:
    assert stem_ids(one) != stem_ids(other)


def test_a_stop_word_has_no_stem() -> None:
    assert stem_ids("les") == frozenset()


def test_each_stem_of_a_question_weighs_one() -> None:
    [indices], [weights] = encode_questions(["délai de validité des offres"])

    assert len(indices) == 3
    assert set(weights) == {1.0}


def test_a_word_said_again_weighs_more_but_not_twice_as_much() -> None:
    _, [[once], [twice]] = encode_passages(["délai", "délai délai"])

    assert once < twice < 2 * once


def test_a_word_weighs_more_in_a_short_passage() -> None:
    _, [[alone], among] = encode_passages(["délai", "délai " + "avis " * 400])

    assert alone > min(among)


def test_an_empty_text_has_no_stems() -> None:
    assert encode_passages([""]) == ([[]], [[]])
