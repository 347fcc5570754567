"""The nearest single question of an article, in whatever language it was written."""

import pytest

from assistant.records import Passage, RankedPassage
from assistant.searching.nearest import nearest_questions


def key(article: str, language: str, *questions: str) -> RankedPassage:
    text = "\n".join([language, *questions])
    return RankedPassage(Passage(f"{article}-{language}", "d", "t", article, "", (), text, 0, 1), 1)


def test_one_question_that_says_the_same_is_worth_more_than_many_that_share_a_word() -> None:
    found = [
        key("1", "fr", *["Qui signe le procès-verbal d’ouverture des offres ?"] * 5),
        key("2", "fr", "Qui préside le jury ?", "Combien de temps l’offre engage-t-elle ?"),
    ]

    nearest = nearest_questions("Pendant combien de temps mon offre m’engage-t-elle ?", found)

    assert nearest["d", "2"] > 2 * nearest["d", "1"] > 0


@pytest.mark.parametrize(
    ("asked", "language", "written"),
    [
        ("How long is a bid binding?", "fr", "Quel est le délai de validité des offres ?"),
        ("Quel est le délai de validité des offres ?", "en", "How long is a bid binding?"),
    ],
)
def test_a_question_is_near_one_in_another_language(
    asked: str, language: str, written: str
) -> None:
    found = [key("36", language, written), key("1", "fr", "Qui préside le jury du concours ?")]

    nearest = nearest_questions(asked, found)

    assert nearest["d", "36"] > nearest["d", "1"]


def test_an_article_has_the_likeness_of_its_nearest_language() -> None:
    far, near = "Who chairs the jury?", "Quel est le délai de validité des offres ?"

    nearest = nearest_questions(near, [key("36", "fr", near), key("36", "en", far)])

    assert nearest["d", "36"] == pytest.approx(1.0, abs=1e-5)


def test_a_question_of_words_nobody_knows_is_near_nothing() -> None:
    assert nearest_questions("xylophone", [key("1", "fr", "Qui préside ?")]) == {("d", "1"): 0.0}
