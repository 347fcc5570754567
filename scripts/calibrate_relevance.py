"""Calibrate the gate: what each threshold answers and refuses, on question files.

    python -m scripts.calibrate_relevance [QUESTIONS…]

Both decrees are indexed. A question is *right* when its first article is one of those its file
names, *wrong* when it is another, *outside* when its file names none. A good threshold refuses what
is outside, answers what is right, and refuses most of what is wrong. The gate was chosen on the
development questions and the older files of `tests/questions`; the files `held-*` were written by
somebody who saw neither the program nor the question keys, and chose nothing but the last outside
questions that the word odds know.
"""

import argparse
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluating.questions import Question, read_questions
from assistant.searching.relevance import Relevance
from assistant.searching.search import Search
from scripts.real_decrees import DECREES, SHARED, open_with_decrees

OURS = Path(__file__).parents[1] / "tests/questions"
FILES = (
    *(SHARED / f"questions/dev-{name}.jsonl" for name in ("2023", "2013", "compare")),
    *(OURS / f"{name}.jsonl" for name in ("short-2023", "out-of-scope", "three-languages")),
    *sorted(OURS.glob("held-*.jsonl")),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One question as it was searched."""

    held: bool  # from a file that chose nothing
    relevance: Relevance
    expected: bool  # some article answers it
    right: bool  # … and it came first


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", type=Path, default=FILES)
    files = parser.parse_args().questions
    if missing := [str(path) for path in [*DECREES, *files] if not path.exists()]:
        print(json.dumps({"skipped": f"not on this machine: {missing}"}))
        return
    with open_with_decrees() as services:
        cases = [
            _search(services.search, question, held=path.name.startswith("held"))
            for path in files
            for question in read_questions(path)
        ]
    groups = {
        "chosen on": [case for case in cases if not case.held],
        "held": [case for case in cases if case.held],
    }
    figures = {name: compare_gates(group) for name, group in groups.items() if group}
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def _search(search: Search, question: Question, *, held: bool) -> Case:
    result = search.search(question.text, launched=question.launched)
    first = [(hit.document.instrument.number, hit.article.number) for hit in result.hits[:1]]
    right = any({(text, number), ("", number)} & {*question.expected} for text, number in first)
    return Case(held, result.relevance, bool(question.expected), right)


Gate = Callable[[Relevance], float]
"""What is compared with a threshold."""


def _without_odds(relevance: Relevance) -> float:
    return relevance.share_of_gate / math.exp(0.25 * relevance.odds)


def compare_gates(cases: Sequence[Case]) -> dict[str, Any]:
    """Put the gate in use beside others, and beside itself a little higher and lower."""
    gates: dict[str, tuple[Gate, Sequence[float]]] = {
        "share of the gate": (
            lambda relevance: relevance.share_of_gate,
            (0.8, 0.9, 1.0, 1.1, 1.2, 1.4),
        ),
        "without the word odds": (_without_odds, (0.5, 0.55, 0.6, 0.65, 0.7, 0.8)),
        "evidence alone": (lambda relevance: relevance.evidence, (1.4, 1.7, 2.0)),
        "keys alone": (lambda relevance: relevance.keys or 0.0, (2.0, 2.5, 3.0)),
        "odds alone": (lambda relevance: relevance.odds, (1.0, 2.0, 3.0)),
    }
    outside = [case for case in cases if not case.expected]
    right = [case for case in cases if case.right]
    wrong = [case for case in cases if case.expected and not case.right]
    return {
        "questions": {"right": len(right), "wrong": len(wrong), "outside": len(outside)},
        "answered": {
            f"{name} ≥ {least}": {
                "right": sum(gate(case.relevance) >= least for case in right),
                "wrong": sum(gate(case.relevance) >= least for case in wrong),
                "outside": sum(gate(case.relevance) >= least for case in outside),
            }
            for name, (gate, thresholds) in gates.items()
            for least in thresholds
        },
    }


if __name__ == "__main__":
    main()
