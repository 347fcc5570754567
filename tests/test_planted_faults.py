"""Faults planted in sentences made from the real decrees: what of them is caught, on half of them.

The other half is the one on which the checks were developed (`scripts/bench_checks.py`).
"""

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.answer_records import FindingKind
from assistant.records import Reading
from scripts.bench_checks import WHOLE, judge, summarise, wilson
from scripts.planted_faults import FAITHFUL, read_cases

PARAPHRASES = f"{FAITHFUL}, paraphrases"
FEWEST = {
    "digits": 60,
    "words": 40,
    "article": 40,
    "instrument": 20,
    "english": 20,
    "label": 20,
    "negation": 50,
    "modal": 50,
    FAITHFUL: 300,
}


@pytest.fixture(scope="module")
def decrees(decree_2013: Reading, decree_2023: Reading) -> Mapping[str, Reading]:
    return {"2-12-349": decree_2013, "2-22-431": decree_2023}


@pytest.fixture(scope="module")
def figures(decrees: Mapping[str, Reading]) -> dict[str, dict[str, Any]]:
    cases = [case for case in read_cases(decrees) if case.half == 1]
    return summarise(judge(cases, decrees, WHOLE))


@pytest.mark.parametrize("kind", FEWEST)
def test_there_are_enough_sentences_of_each_kind(decrees: Mapping[str, Reading], kind: str) -> None:
    assert sum(case.kind == kind for case in read_cases(decrees)) >= FEWEST[kind]


@pytest.mark.parametrize("kind", ["digits", "words", "article", "instrument", "label", "english"])
def test_figures_references_labels_and_languages_are_caught(
    figures: dict[str, dict[str, Any]], kind: str
) -> None:
    assert figures[kind]["share"] >= 0.98


@pytest.mark.parametrize(("kind", "floor"), [("negation", 0.8), ("modal", 0.8), ("bound", 0.65)])
def test_most_changes_of_sense_are_caught(
    figures: dict[str, dict[str, Any]], kind: str, floor: float
) -> None:
    assert figures[kind]["share"] >= floor


def test_few_faithful_paraphrases_are_struck(figures: dict[str, dict[str, Any]]) -> None:
    assert figures[PARAPHRASES]["share"] <= 0.08


def test_hardly_any_faithful_paraphrase_is_struck_for_its_figures(
    figures: dict[str, dict[str, Any]],
) -> None:
    struck = figures[PARAPHRASES]["reasons"].get(FindingKind.FIGURE_NOT_IN_SOURCE.value, 0)

    assert struck / figures[PARAPHRASES]["n"] <= 0.02


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(8, 10)

    assert (round(low, 3), round(high, 3)) == (0.49, 0.943)
