"""How well search finds the right article of the right instrument."""

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.evaluating.intervals import mean_interval
from assistant.evaluating.questions import Question
from assistant.searching.options import ALL_PARTS, SearchOptions
from assistant.searching.results import SearchResult
from assistant.searching.search import Search

_DEPTH = 10  # articles looked at
_MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "mrr": RR @ _DEPTH,
    "ndcg@10": nDCG @ _DEPTH,
}
MEASURES = tuple(_MEASURES)
"""The names of the measures, in order; each is from 0 to 1, and 1 is best."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question as it was searched."""

    kind: str
    scores: Mapping[str, float]  # of each measure, for this question alone
    is_elsewhere: bool | None  # whether the first article is of an instrument not expected;
    # None when none is expected, or when nothing was found
    seconds: float


def evaluate_retrieval(
    search: Search, questions: Sequence[Question], options: SearchOptions = ALL_PARTS
) -> dict[str, Any]:
    """Measure search on the questions that some article answers; the others are not counted.

    A hit is one of the question's `articles`, of its instrument where the file names it; what is
    `also_acceptable` is none. `mrr` and `ndcg@10` look at ten articles; nDCG (Järvelin and
    Kekäläinen 2002) asks for all of the question's articles, each worth the same. `intervals` are
    95 % bootstrap intervals over the questions. `wrong_instrument` is the share of questions whose
    first article is of another instrument than the one expected (None when no question names one).
    Latencies are in seconds.

    Raises:
        InvalidQuestion: a question cannot be searched; it is named.
    """
    return figures_of(measure_questions(search, questions, options))


def measure_questions(
    search: Search, questions: Sequence[Question], options: SearchOptions = ALL_PARTS
) -> list[Measured]:
    """Search each question that some article answers, in order.

    Raises:
        InvalidQuestion: a question cannot be searched; it is named.
    """
    asked = [question for question in questions if question.expected]
    results, seconds = [], []
    for question in asked:
        start = time.perf_counter()
        results.append(_search(search, question, options))
        seconds.append(time.perf_counter() - start)
    scores = _scores(asked, results)
    return [
        Measured(question.kind, scores[place], _is_elsewhere(question, result), seconds[place])
        for place, (question, result) in enumerate(zip(asked, results, strict=True))
    ]


def figures_of(measured: Sequence[Measured]) -> dict[str, Any]:
    """Give the figures of questions, as `evaluate_retrieval` does."""
    kinds = sorted({one.kind for one in measured})
    told = [one.is_elsewhere for one in measured if one.is_elsewhere is not None]
    seconds = [one.seconds for one in measured]
    return {
        **_means(measured),
        "wrong_instrument": round(statistics.fmean(told), 4) if told else None,
        "by_kind": {kind: _means([m for m in measured if m.kind == kind]) for kind in kinds},
        "seconds_p50": _percentile(seconds, 50),
        "seconds_p95": _percentile(seconds, 95),
    }


def rounded_interval(values: Sequence[float]) -> list[float] | None:
    """Give the 95 % interval of a mean as two figures; None below two values."""
    interval = mean_interval(values)
    return [round(limit, 4) for limit in interval] if interval else None


def _search(search: Search, question: Question, options: SearchOptions) -> SearchResult:
    try:
        return search.search(
            question.text,
            limit=_DEPTH,
            within=question.within,
            launched=question.launched,
            options=options,
        )
    except (InvalidQuestion, UnknownInstrument) as error:
        raise InvalidQuestion(f"Question « {question.id} » : {error}") from error


def _scores(
    questions: Sequence[Question], results: Sequence[SearchResult]
) -> list[dict[str, float]]:
    """Score each question by each measure; one without any result scores 0."""
    qrels = [
        Qrel(str(place), _key(instrument, article), 1)
        for place, question in enumerate(questions)
        for instrument, article in question.expected
    ]
    run = [
        ScoredDoc(str(place), _found(question, hit.ranked.passage), float(_DEPTH - rank))
        for place, (question, result) in enumerate(zip(questions, results, strict=True))
        for rank, hit in enumerate(result.hits)
    ]
    names = {measure: name for name, measure in _MEASURES.items()}
    scores: list[dict[str, float]] = [{} for _ in questions]
    if questions:
        for one in ir_measures.iter_calc(list(names), qrels, run):
            scores[int(one.query_id)][names[one.measure]] = one.value
    return scores


def _found(question: Question, passage: Any) -> str:
    return _key(passage.instrument if question.instruments else "", passage.article)


def _key(instrument: str, article: str) -> str:
    return f"{instrument}/{article}"


def _is_elsewhere(question: Question, result: SearchResult) -> bool | None:
    if not question.instruments or not result.hits:
        return None
    return result.hits[0].ranked.passage.instrument not in question.instruments


def _means(measured: Sequence[Measured]) -> dict[str, Any]:
    values = {name: [one.scores[name] for one in measured] for name in MEASURES}
    return {
        "n": len(measured),
        **{name: round(statistics.fmean(v), 4) if v else None for name, v in values.items()},
        "intervals": {name: rounded_interval(v) for name, v in values.items()},
    }


def _percentile(values: Sequence[float], percent: int) -> float | None:
    if not values:
        return None
    if len(values) == 1:
        return round(values[0], 4)
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 4)
