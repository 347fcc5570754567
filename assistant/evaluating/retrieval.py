"""How well search finds the right article of the right instrument."""

import statistics
import time
from collections.abc import Sequence
from typing import Any

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success

from assistant.evaluating.questions import Question
from assistant.searching.search import Search, SearchResult

_DEPTH = 10  # articles looked at
_MEASURES = {"hit@1": Success @ 1, "hit@5": Success @ 5, "hit@10": Success @ 10, "mrr": RR @ _DEPTH}


def evaluate_retrieval(search: Search, questions: Sequence[Question]) -> dict[str, Any]:
    """Measure search on the questions that some article answers; the others are not counted.

    A hit is one of the question's `articles`, of its instrument where the file names it. `mrr`
    looks at ten articles. `wrong_instrument` is the share of questions whose first article is of
    another instrument than the one expected (None when no question names one). Latencies are in
    seconds.
    """
    answerable = [question for question in questions if question.articles]
    results, seconds = [], []
    for question in answerable:
        start = time.perf_counter()
        results.append(
            search.search(
                question.text, limit=_DEPTH, within=question.within, launched=question.launched
            )
        )
        seconds.append(time.perf_counter() - start)
    kinds = sorted({question.kind for question in answerable})
    pairs = list(zip(answerable, results, strict=True))
    return {
        "n": len(answerable),
        **_measure(pairs),
        "wrong_instrument": _wrong_instrument(pairs),
        "by_kind": {kind: _of_kind(pairs, kind) for kind in kinds},
        "seconds_p50": _percentile(seconds, 50),
        "seconds_p95": _percentile(seconds, 95),
    }


Pair = tuple[Question, SearchResult]


def _of_kind(pairs: Sequence[Pair], kind: str) -> dict[str, Any]:
    chosen = [pair for pair in pairs if pair[0].kind == kind]
    return {"n": len(chosen), **_measure(chosen)}


def _measure(pairs: Sequence[Pair]) -> dict[str, float | None]:
    if not pairs:
        return dict.fromkeys(_MEASURES)
    qrels = [
        Qrel(str(position), _key(question.instrument, article), 1)
        for position, (question, _) in enumerate(pairs)
        for article in question.articles
    ]
    run = [  # a question without any result counts as a miss
        ScoredDoc(str(position), _found(question, hit.ranked.passage), float(_DEPTH - rank))
        for position, (question, result) in enumerate(pairs)
        for rank, hit in enumerate(result.hits)
    ]
    figures = ir_measures.calc_aggregate(_MEASURES.values(), qrels, run)
    return {name: round(figures[measure], 4) for name, measure in _MEASURES.items()}


def _found(question: Question, passage: Any) -> str:
    return _key(passage.instrument if question.instrument else None, passage.article)


def _key(instrument: str | None, article: str) -> str:
    return f"{instrument or ''}/{article}"


def _wrong_instrument(pairs: Sequence[Pair]) -> float | None:
    named = [(q, r) for q, r in pairs if q.instrument and r.hits]
    if not named:
        return None
    wrong = sum(r.hits[0].ranked.passage.instrument != q.instrument for q, r in named)
    return round(wrong / len(named), 4)


def _percentile(values: Sequence[float], percent: int) -> float | None:
    if not values:
        return None
    if len(values) == 1:
        return round(values[0], 4)
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 4)
