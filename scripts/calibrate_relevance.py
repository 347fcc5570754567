"""Calibrate the gate: what each threshold answers and refuses, on question files.

    python -m scripts.calibrate_relevance [--document PDF] [QUESTIONS…]

A question is *right* when its first article is one of those its file names, *outside* when its
file names none. A good threshold refuses what is outside, answers what is right, and refuses
most of what is wrong. The gate in use is compared with gates on each signal alone.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluating.questions import Question, read_questions
from assistant.searching.relevance import Relevance
from assistant.settings import Settings
from assistant.wiring import open_services

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared/data"


@dataclass(frozen=True, slots=True)
class Case:
    """One question as it was searched."""

    relevance: Relevance
    expected: bool  # some article answers it
    right: bool  # … and it came first


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--document", type=Path, default=SHARED / "decret-2-22-431/decret-2-22-431-fr.pdf"
    )
    parser.add_argument("questions", nargs="*", type=Path)
    options = parser.parse_args()
    files = options.questions or [
        SHARED / "questions/dev-2023.jsonl",
        ROOT / "tests/questions/short-2023.jsonl",
        ROOT / "tests/questions/out-of-scope.jsonl",
        ROOT / "tests/questions/three-languages.jsonl",
    ]
    if missing := [str(path) for path in [options.document, *files] if not path.exists()]:
        print(json.dumps({"skipped": f"not on this machine: {missing}"}))
        return
    questions = [question for path in files for question in read_questions(path)]
    cases = search_all(options.document, questions)
    print(json.dumps(compare_gates(cases), ensure_ascii=False, indent=1))


def search_all(document: Path, questions: Sequence[Question]) -> list[Case]:
    """Search every question with this document alone."""
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(Settings(data_dir=Path(folder), model="extractive"))
        services.library.ingest(document.name, document.read_bytes())
        cases = []
        for question in questions:
            result = services.search.search(question.text)
            first = result.hits[0].article.number if result.hits else None
            right = first in question.articles
            cases.append(Case(result.relevance, bool(question.articles), right))
        services.close()
    return cases


Gate = Callable[[Relevance], bool]


def _thresholds(signal: str, thresholds: Sequence[float]) -> dict[str, Gate]:
    def gate(threshold: float) -> Gate:
        return lambda relevance: bool(getattr(relevance, signal) >= threshold)

    return {f"{signal} ≥ {threshold}": gate(threshold) for threshold in thresholds}


def compare_gates(cases: Sequence[Case]) -> dict[str, object]:
    """Put the gate in use beside others, and beside itself a little higher and lower."""
    gates: dict[str, Gate] = {
        "in use": lambda r: r.suffices,
        **_thresholds("value", (2.0, 2.2, 2.3, 2.5, 2.8)),
        **_thresholds("evidence", (1.4, 1.7, 2.0)),
        **_thresholds("coverage", (0.4, 0.5, 0.6)),
    }
    outside = [case for case in cases if not case.expected]
    right = [case for case in cases if case.right]
    wrong = [case for case in cases if case.expected and not case.right]
    return {
        "questions": {"right": len(right), "wrong": len(wrong), "outside": len(outside)},
        "answered": {
            name: {
                "right": sum(gate(case.relevance) for case in right),
                "wrong": sum(gate(case.relevance) for case in wrong),
                "outside": sum(gate(case.relevance) for case in outside),
            }
            for name, gate in gates.items()
        },
    }


if __name__ == "__main__":
    main()
