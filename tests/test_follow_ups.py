"""Follow-ups: completed from the turns before, or left alone where they stand by themselves."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.follow_ups import AskedBefore, complete
from assistant.cli import main
from assistant.evaluating.follow_ups import complete_question, evaluate_follow_ups
from assistant.evaluating.questions import Question, read_questions
from assistant.searching.dates import launch_period
from assistant.searching.expressions import fold
from assistant.searching.question_keys import load_question_keys
from assistant.searching.regime import find_regime
from assistant.wiring import Services

FOLDER = Path(__file__).parent / "follow_ups"
DEVELOPED, HELD_OUT, NOISY = (
    read_questions(FOLDER / f"{name}.jsonl") for name in ("developed", "held-out", "noisy")
)
CEILING = "Quel est le plafond des bons de commande ?"
OLD_CEILING = "Quel est le plafond des bons de commande, pour un marché lancé en 2020 ?"
DECREES = ("2-12-349", "2-22-431")


def governing(question: str) -> tuple[str, ...]:
    return find_regime(question, indexed=DECREES, today=date(2026, 11, 20)).instruments


def follow(question: str, *before: AskedBefore) -> str | None:
    """The completion, with plain spaces."""
    completion = complete(question, before, governing=governing)
    return completion and completion.text.replace("\u00a0", " ")


class SearchOfNothing:
    """Tells what governs, as a search over both decrees does."""

    governing = staticmethod(governing)


def completed(question: Question) -> str | None:
    return complete_question(SearchOfNothing(), question)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", DEVELOPED, ids=lambda question: question.id)
def test_a_follow_up_is_completed_and_a_new_question_left_alone(question: Question) -> None:
    said = completed(question)

    assert (said and fold(said)) == (question.completed and fold(question.completed))


def test_what_was_never_looked_at_is_told_right_too() -> None:
    """The pairs of `held-out` were written before the code, and read once after it."""
    told = [(completed(q) is None) == (q.completed is None) for q in HELD_OUT]

    assert sum(told) == len(told) == 50


def test_no_question_that_stands_by_itself_is_completed_in_the_language_of_messages() -> None:
    assert [q.id for q in NOISY if not q.completed and completed(q)] == []
    assert sum(completed(q) is None for q in NOISY if q.completed) <= 2


def test_the_questions_that_people_ask_of_articles_stand_by_themselves() -> None:
    """They were all written to be asked alone; some of them do say "y" or begin with "et"."""
    keys = (load_question_keys(number).values() for number in DECREES)
    asked = [q for by_article in keys for by in by_article for q in by.get("fr", ())]

    completions = [q for q in asked if follow(q, AskedBefore(OLD_CEILING))]

    assert len(completions) <= len(asked) / 400, completions


@pytest.mark.parametrize("question", [*DEVELOPED, *HELD_OUT, *NOISY], ids=lambda q: q.id)
def test_a_completion_has_no_figure_that_nobody_wrote(question: Question) -> None:
    written = set(re.findall(r"\d+", " ".join((*question.turns, question.text))))

    assert set(re.findall(r"\d+", completed(question) or "")) <= written


@pytest.mark.parametrize(
    "follow_up", ["et pour les fournitures ?", "pourquoi ?", "Peut-il être relevé ?", "Par qui ?"]
)
@pytest.mark.parametrize(
    "before",
    [
        OLD_CEILING,
        "Selon le décret n° 2-12-349, quel est le plafond des bons de commande ?",
        "AO lancé le 31/08/2023 : quel est le plafond des bons de commande ?",
        "Avant la réforme de 2023, quel était le plafond des bons de commande ?",
    ],
)
def test_the_date_and_the_text_of_the_turn_before_carry_over(before: str, follow_up: str) -> None:
    said = follow(follow_up, AskedBefore(before))

    assert said is not None
    assert governing(said) == governing(before) == ("2-12-349",)
    assert launch_period(said) == launch_period(before)


@pytest.mark.parametrize(
    ("follow_up", "instrument"),
    [
        ("et en 2024 ?", "2-22-431"),
        ("et aujourd’hui ?", "2-22-431"),
        ("et dans le nouveau décret ?", "2-22-431"),
        ("même question pour un marché lancé le 12/10/2023", "2-22-431"),
        ("et en 2016 ?", "2-12-349"),
        ("et avant la réforme ?", "2-12-349"),
    ],
)
def test_another_date_or_text_takes_the_place_of_the_one_before(
    follow_up: str, instrument: str
) -> None:
    said = follow(follow_up, AskedBefore(OLD_CEILING))

    assert said is not None
    assert governing(said) == (instrument,)
    assert "plafond des bons de commande" in said
    assert "2020" not in said


def test_that_article_is_the_one_that_the_answer_cites_first() -> None:
    before = AskedBefore(CEILING, cited="article 91 du décret n° 2-22-431")

    assert follow("Que dit cet article ?", before) == (
        "Que dit l’article 91 du décret n° 2-22-431 ?"
    )


def test_what_was_added_to_a_question_is_not_added_to() -> None:
    before = AskedBefore("pourquoi ?", f"{CEILING.rstrip(' ?')}, et pourquoi ?")

    assert (
        follow("et comment ?", before) == "Quel est le plafond des bons de commande, et comment ?"
    )


@pytest.mark.parametrize("question", ["", "?", "et ?", "…", "et pour les fournitures ?" * 20])
def test_what_says_nothing_or_too_much_is_left_alone(question: str) -> None:
    assert follow(question, AskedBefore(CEILING)) is None


def test_without_a_turn_before_nothing_is_completed() -> None:
    assert follow("et pour les fournitures ?") is None


def test_the_completed_questions_find_their_articles(decree_services: Services) -> None:
    figures = evaluate_follow_ups(decree_services.search, HELD_OUT)

    assert (figures["follow_ups"], figures["stand_alone"]) == (30, 20)
    assert (figures["false_completions"], figures["missed"]) == (0, 0)
    assert figures["hit@1"]["completed"] >= figures["hit@1"]["as_expected"] - 0.02
    assert figures["hit@1"]["completed"] >= figures["hit@1"]["as_typed"] + 0.4


def test_the_command_line_measures_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "follow-ups.jsonl"
    pair = {"id": "f1", "turns": [CEILING], "question": "pourquoi ?", "completed": "… pourquoi ?"}
    file.write_text(json.dumps(pair), "utf-8")

    assert main(["evaluate", "conversations", str(file), "--json"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert (figures["follow_ups"], figures["missed"], figures["same_text"]) == (1, 0, 0)
