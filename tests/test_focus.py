"""What of a question is searched."""

import pytest

from assistant.searching.focus import subject_of


@pytest.mark.parametrize(
    "question",
    [
        "Selon le décret n° 2-12-349, quel est le plafond des bons de commande ?",
        "Quel est le plafond des bons de commande dans l’ancien décret ?",
        "Avant la réforme de 2023, quel était le plafond des bons de commande ?",
        "Le plafond des bons de commande a-t-il augmenté en 2023 ?",
        "D’après le décret du 8 mars 2023, quel plafond pour les bons de commande ?",
    ],
)
def test_words_that_only_choose_the_text_are_not_searched(question: str) -> None:
    subject = subject_of(question)

    assert "plafond" in subject
    assert "bons de commande" in subject
    for word in ("décret", "2-12-349", "réforme", "2023", "augmenté"):
        assert word not in subject


def test_a_question_that_only_names_a_text_is_searched_as_it_is() -> None:
    assert subject_of("Le décret n° 2-12-349 ?") == "Le décret n° 2-12-349 ?"


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("A tender launched on 12 March 2022: how long are offers valid?", "offers valid"),
        ("What was the threshold of purchase orders under the old decree?", "purchase orders"),
        ("طلب عروض أطلق في ٣١ غشت ٢٠٢٣: ما هي مدة صلاحية العروض؟", "مدة صلاحية العروض"),
    ],
)
def test_what_only_chooses_the_text_is_left_out_in_each_language(
    question: str, subject: str
) -> None:
    found = subject_of(question)

    assert subject in found
    assert not any(word in found for word in ("launched", "2022", "decree", "2023", "غشت"))
