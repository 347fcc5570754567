"""Choose the weights of the ranking, and say what they are worth on questions not used to choose.

    python -m scripts.fit_ranking [--folds 5] [QUESTIONS…]

Both decrees are indexed. Each weighting of a coarse grid is measured on all questions; then, for
each fold, the weighting that is best by MRR on the *other* folds is measured on that fold. What
the folds give together is the held-out figure; `in use` and `best on all` are the figures of one
weighting on every question, which flatter. With ASSISTANT_EMBEDDING_MODEL the fusion is chosen
instead, on two halves.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evaluating.questions import Question, read_questions
from assistant.evaluating.retrieval import MEASURES, Measured, figures_of, measure_questions
from assistant.searching.options import ALL_PARTS
from assistant.searching.ranking import Weights
from assistant.searching.search import Search
from assistant.settings import load_settings
from scripts.real_decrees import DECREES, SHARED, open_with_decrees

IN_USE = ALL_PARTS.weights
GRID = [
    replace(IN_USE, keys=keys, heading=heading, apart=apart)
    for keys, heading, apart in product((1.0, 2.0, 4.0, 8.0), (0.0, 0.3, 0.6, 1.0), (0.5, 0.7, 1.0))
]
FUSIONS = [
    replace(IN_USE, rank=k, vectors=vectors)
    for k, vectors in product((1.0, 2.0, 5.0, 20.0, 60.0), (0.1, 0.25, 0.5, 1.0))
]


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("questions", nargs="*", type=Path)
    options = parser.parse_args()
    files = options.questions or [SHARED / f"questions/dev-{year}.jsonl" for year in (2023, 2013)]
    if missing := [str(path) for path in [*DECREES, *files] if not path.exists()]:
        print(json.dumps({"skipped": f"not on this machine: {missing}"}))
        return
    questions = [question for path in files for question in read_questions(path)]
    encoder = load_settings().embedding_model
    grid, folds = (FUSIONS, 2) if encoder else (GRID, options.folds)
    with open_with_decrees(embedding_model=encoder) as services:
        print(json.dumps(cross_validate(services.search, questions, grid, folds=folds), indent=1))


def cross_validate(
    search: Search, questions: Sequence[Question], grid: Sequence[Weights], *, folds: int
) -> dict[str, Any]:
    """Give the held-out figures, what each fold chose, and the weightings measured on all."""
    measured = [
        measure_questions(search, questions, replace(ALL_PARTS, weights=weights))
        for weights in grid
    ]
    gains = np.array([[one.scores["mrr"] for one in row] for row in measured])
    fold_of = np.random.default_rng(0).permutation(gains.shape[1]) % folds
    chosen = [int(gains[:, fold_of != fold].mean(axis=1).argmax()) for fold in range(folds)]
    held_out = [measured[chosen[fold]][place] for place, fold in enumerate(fold_of)]
    best = int(gains.mean(axis=1).argmax())
    return {
        "held_out": _figures(held_out),
        "in_use": _figures(measured[list(grid).index(IN_USE)]),
        "best_on_all": {"weights": asdict(grid[best]), **_figures(measured[best])},
        "chosen": [asdict(grid[one]) for one in chosen],
        "all": [
            {"weights": asdict(weights), **_figures(row)}
            for weights, row in zip(grid, measured, strict=True)
        ],
    }


def _figures(measured: Sequence[Measured]) -> dict[str, Any]:
    figures = figures_of(measured)
    return {name: figures[name] for name in ("n", *MEASURES)}


if __name__ == "__main__":
    main()
