"""What each part of search is worth: the same questions, with one part left out at a time."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.evaluating.questions import Question
from assistant.evaluating.retrieval import (
    MEASURES,
    Measured,
    figures_of,
    measure_questions,
    rounded_interval,
)
from assistant.searching.options import ALL_PARTS, SearchOptions
from assistant.searching.ranking import Weights
from assistant.searching.search import Search


@dataclass(frozen=True, slots=True)
class Configuration:
    """A search to measure."""

    name: str
    label: str  # in French
    options: SearchOptions


def configurations(*, with_encoder: bool) -> list[Configuration]:
    """Give the searches that are compared; the first is the one people use.

    `with_encoder` says whether one is configured: then search without it is compared too. BM25
    alone is that of the words of the passages (which begin with their headings), unweighted.
    """
    words = replace(ALL_PARTS, encoder=False)
    no_weights = Weights(keys=0, heading=0, named=1, apart=1)
    alone = replace(words, lookup=False, spelling=False, lexicon=False, weights=no_weights)
    weights = ALL_PARTS.weights
    rows = [
        ("full", "recherche complète", ALL_PARTS),
        *([("words", "sans l’encodeur", words)] if with_encoder else []),
        ("no_keys", "sans les questions clés", _weighing(replace(weights, keys=0))),
        ("no_lexicon", "sans le lexique", replace(ALL_PARTS, lexicon=False)),
        ("no_spelling", "sans la correction", replace(ALL_PARTS, spelling=False)),
        ("no_headings", "sans les intitulés", _weighing(replace(weights, heading=0, named=1))),
        ("no_apart", "sans procédures à part", _weighing(replace(weights, apart=1))),
        ("no_lookup", "sans accès par numéro", replace(ALL_PARTS, lookup=False)),
        ("no_regime", "sans filtre du régime", replace(ALL_PARTS, regime=False)),
        *([("bm25_encoder", "BM25 et encodeur", replace(alone, encoder=True))] * with_encoder),
        ("bm25", "BM25 seul", alone),
        ("bm25_no_regime", "BM25 seul, sans filtre", replace(alone, regime=False)),
    ]
    return [Configuration(*row) for row in rows]


def compare(
    search: Search, questions: Sequence[Question], compared: Sequence[Configuration]
) -> dict[str, Any]:
    """Measure each configuration, the first of which is what the others are compared with.

    Gives the figures of the first, and under `configurations` those of each, with its `options`
    and its `difference`: for each measure the mean over the questions and its 95 % bootstrap
    interval, negative where the first is better; None for the first itself.

    Raises:
        InvalidQuestion: a question cannot be searched; it is named.
    """
    measured = [measure_questions(search, questions, one.options) for one in compared]
    rows = [
        {
            "name": one.name,
            "label": one.label,
            "options": asdict(one.options),
            **figures_of(questions_of_one),
            "difference": None if place == 0 else _difference(questions_of_one, measured[0]),
        }
        for place, (one, questions_of_one) in enumerate(zip(compared, measured, strict=True))
    ]
    return {**figures_of(measured[0]), "configurations": rows}


def _weighing(weights: Weights) -> SearchOptions:
    return replace(ALL_PARTS, weights=weights)


def _difference(ours: Sequence[Measured], first: Sequence[Measured]) -> dict[str, Any]:
    """Compare question by question: the interval of the pairs is narrower than those of each."""
    found = {}
    for name in MEASURES:
        values = [a.scores[name] - b.scores[name] for a, b in zip(ours, first, strict=True)]
        mean = round(statistics.fmean(values), 4) if values else None
        found[name] = {"value": mean, "interval": rounded_interval(values)}
    return found
