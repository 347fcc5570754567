"""The figures of answers: counted right, on the specimen."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluating.answers import evaluate_answers, fold
from assistant.evaluating.figures import percentile, share
from assistant.evaluating.questions import Question, read_questions
from assistant.wiring import Services, open_services

from .conftest import make_settings

NEW, OLD = "9-20-202", "9-10-101"
CEILING = "Quel est le plafond des bons de commande ?"
COMPARED = "Le plafond des bons de commande a-t-il changé avec le nouveau décret ?"
NEW_CEILING = (
    "jusqu'à un plafond de quatre-vingt-cinq mille (85.000) dirhams toutes taxes comprises"
)
OLD_CEILING = "dans la limite de trente-sept mille (37.000) dirhams toutes taxes comprises"


@pytest.fixture(scope="module")
def indexed(specimens: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("answers")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def a_question(
    text: str, expected: dict[str, str], *evidence: tuple[str, str], kind: str = "direct"
) -> Question:
    """A question that articles (instrument → number) answer by these sentences."""
    return Question(
        id=text, text=text, kind=kind, places=tuple(expected.items()), evidence=evidence
    )


ANSWERED = a_question(CEILING, {NEW: "7"}, (NEW, NEW_CEILING))
ELSEWHERE = a_question(CEILING, {NEW: "8"}, (NEW, "Vingt-six (26) jours au moins"), kind="number")
REFUSED = a_question("Quelle est la capitale de Rabat ?", {NEW: "7"}, (NEW, NEW_CEILING))
OUTSIDE = a_question("Quelle est la capitale du Japon ?", {})
BOTH = a_question(
    COMPARED, {OLD: "6", NEW: "7"}, (OLD, OLD_CEILING), (NEW, NEW_CEILING), kind="compare"
)


def test_the_figures_are_those_counted_by_hand(indexed: Services) -> None:
    """By hand: quoted; another article; refused though an article answers; rightly refused.

    Of three that an article answers: evidence 1/3, right article 1/3, refused 1/3.
    """
    questions = [ANSWERED, ELSEWHERE, REFUSED, OUTSIDE]

    figures = evaluate_answers(indexed.answering, indexed.library, questions)

    assert {name: figures[name] for name in ("n", "outside", "not_quoted")} == {
        "n": 3,
        "outside": 1,
        "not_quoted": [CEILING, REFUSED.id],
    }
    assert figures["refused"] == figures["right_article_first"] == figures["evidence"] == 0.3333
    assert (figures["outside_refused"], figures["evidence_if_cited"]) == (1.0, 1.0)
    assert (figures["quotes_exact"], figures["sentences_french"]) == (1.0, 1.0)


def test_each_kind_is_counted_apart_and_what_is_outside_has_none(indexed: Services) -> None:
    questions = [ANSWERED, ELSEWHERE, OUTSIDE]

    by_kind = evaluate_answers(indexed.answering, indexed.library, questions)["by_kind"]

    assert {kind: (f["n"], f["evidence"]) for kind, f in by_kind.items()} == {
        "direct": (1, 1.0),
        "number": (1, 0.0),
    }


def test_a_comparison_asks_each_text_for_its_own_sentence(indexed: Services) -> None:
    swapped = a_question(COMPARED, {OLD: "6", NEW: "7"}, (OLD, NEW_CEILING), (NEW, OLD_CEILING))

    right = evaluate_answers(indexed.answering, indexed.library, [BOTH])
    wrong = evaluate_answers(indexed.answering, indexed.library, [swapped])

    assert (right["evidence"], right["right_article_cited"]) == (1.0, 1.0)
    assert (wrong["evidence"], wrong["right_article_cited"]) == (0.0, 1.0)


def test_a_comparison_that_cites_one_text_only_does_not_cite_the_right_articles(
    indexed: Services,
) -> None:
    both = a_question(CEILING, {OLD: "6", NEW: "7"}, (NEW, NEW_CEILING))

    figures = evaluate_answers(indexed.answering, indexed.library, [both])

    assert (figures["right_article_first"], figures["right_article_cited"]) == (1.0, 0.0)


def test_one_word_in_fourteen_may_differ_for_the_softer_measure_only(indexed: Services) -> None:
    other_word = NEW_CEILING.replace("jusqu'à", "sous")
    asked = a_question(CEILING, {NEW: "7"}, (NEW, other_word))

    figures = evaluate_answers(indexed.answering, indexed.library, [asked])

    assert (figures["evidence"], figures["evidence_words"]) == (0.0, 1.0)


def test_an_evaluation_leaves_nothing_in_the_history(indexed: Services) -> None:
    evaluate_answers(indexed.answering, indexed.library, [ANSWERED, OUTSIDE])

    assert indexed.history.latest(10) == []


def test_without_questions_there_are_no_figures(indexed: Services) -> None:
    figures = evaluate_answers(indexed.answering, indexed.library, [])

    assert (figures["n"], figures["outside"], figures["by_kind"]) == (0, 0, {})
    assert figures["evidence"] is figures["characters_p50"] is figures["seconds_p95"] is None


def test_dashes_apostrophes_accents_case_and_spaces_do_not_tell_sentences_apart() -> None:
    assert fold("L’auto– entrepreneur,\nÉVINCÉ") == fold("l'auto-entrepreneur  évincé")


def test_words_are_compared_whole() -> None:
    assert f" {fold('six')} " not in f" {fold('soixante-dix')} "


@pytest.mark.parametrize(
    ("values", "median"), [([], None), ([3.0], 3.0), ([1.0, 2.0], 1.5), ([9.0, 1.0, 2.0], 2.0)]
)
def test_a_median_is_the_middle_value(values: list[float], median: float | None) -> None:
    assert percentile(values, 50) == median


def test_a_share_of_nothing_is_not_zero() -> None:
    assert (share([]), share([False]), share([True, False])) == (None, 0.0, 0.5)


def test_a_question_file_gives_what_is_expected_of_one_text_and_of_two(tmp_path: Path) -> None:
    one = {"question": "?", "instrument": NEW, "articles": ["7"], "evidence": ["a", "b"]}
    two = {"question": "?", "articles": {OLD: ["6"], NEW: []}, "evidence": {OLD: "c", NEW: ""}}
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(one)}\n{json.dumps(two)}")

    first, second = read_questions(path)

    assert (first.expected, first.evidence) == (((NEW, "7"),), ((NEW, "a"), (NEW, "b")))
    assert (second.expected, second.evidence) == (((OLD, "6"),), ((OLD, "c"),))
    assert (second.kind, second.articles) == ("compare", ())
