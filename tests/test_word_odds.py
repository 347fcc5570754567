"""How much the words of a question speak for one that the texts answer."""

import json
import math
from pathlib import Path

import pytest

from assistant.searching import word_odds
from assistant.searching.word_odds import count_odds, load_word_odds

ANSWERED = [("fr", "Quand ouvre-t-on les plis ?"), ("fr", "Qui garde les plis ?")]
OTHERS = [("fr", "Quand passe le train ?"), ("fr", "Qui conduit le train de nuit ?")]
FILE = Path(word_odds.__file__).with_name("outside_questions.jsonl")


def test_a_word_of_answered_questions_speaks_for_one_and_another_against_it() -> None:
    odds = count_odds(ANSWERED, OTHERS)

    assert odds.of("Combien de plis ?") == 4.0  # the most that a word can say
    assert odds.of("Combien de trains ?") == -4.0


def test_a_word_says_how_much_more_often_it_stands_in_the_ones() -> None:
    """By hand: in both of two questions, and in one of two: ln(1.0002 / 0.5002)."""
    odds = count_odds([("fr", "plis"), ("fr", "plis")], [("fr", "plis"), ("fr", "train")])

    assert odds.of("plis") == pytest.approx(math.log(1.0002 / 0.5002))


@pytest.mark.parametrize("question", ["", "Pourquoi ?", "Le zébu rumine-t-il ?"])
def test_words_that_nobody_used_say_nothing(question: str) -> None:
    assert count_odds(ANSWERED, OTHERS).of(question) == 0.0


def test_the_words_that_only_ask_are_not_counted() -> None:
    odds = count_odds(ANSWERED, OTHERS)

    assert odds.of("Quand est-ce que l’on ouvre les plis ?") == odds.of("ouvre les plis")


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("Combien de jours pour répondre à l'AO ?", "Combien de jours de congé ai-je ?"),
        ("How long is a bid valid?", "How long does it take to cook rice?"),
        ("كم مدة صلاحية العروض؟", "كم سعر الشقة في مراكش؟"),
    ],
    ids=["fr", "en", "ar"],
)
def test_questions_of_each_language_are_told_apart(inside: str, outside: str) -> None:
    odds = load_word_odds()

    assert odds.of(inside) > 1 > odds.of(outside)


def test_no_question_of_the_measures_teaches_what_is_outside(shared_data: Path) -> None:
    ours = Path(__file__).parent / "questions"
    measures = [*(shared_data / "questions").glob("*.jsonl"), *ours.glob("*.jsonl")]
    asked = {
        json.loads(line).get("question", "").lower()
        for path in measures
        for line in path.read_text("utf-8").splitlines()
    }
    taught = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]

    assert {row["language"] for row in taught} == {"fr", "en", "ar"}
    assert not asked & {row["question"].lower() for row in taught}
    assert len({row["question"].lower() for row in taught}) == len(taught)
