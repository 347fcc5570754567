"""What is counted of the answers, for Prometheus."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from assistant.answer_records import Answer
from assistant.answering.prices import Prices

_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 25, 50, 100)


class Size(NamedTuple):
    """How much is kept, at one moment."""

    documents: int
    passages: int
    waiting_files: int


_SIZES = {
    "documents": "Documents that are searched",
    "passages": "Passages in the index",
    "waiting_files": "Files not read to their end",
}


class Meters:
    """Counts from the start of the process on; safe for several people at once."""

    def __init__(self, size: Callable[[], Size], prices: Prices) -> None:
        """Count answers and, by their `prices`, costs; ask for the `size` at each exposition."""
        self._registry = CollectorRegistry()
        self._prices = prices
        ProcessCollector(registry=self._registry)
        self._answers = Counter(
            "assistant_answers",
            "Answers given",
            ("outcome", "model", "cached"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_answer_seconds",
            "From the question to the whole answer",
            ("model",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._struck = Counter(
            "assistant_struck_sentences",
            "Sentences taken out by a check, by the kind of its finding",
            ("kind",),
            registry=self._registry,
        )
        self._tokens = Counter(
            "assistant_tokens",
            "Tokens that models read (prompt) and wrote (answer), where they are counted",
            ("model", "kind"),
            registry=self._registry,
        )
        self._cost = Counter(
            "assistant_cost",
            f"Cost of those tokens in {prices.currency or 'the currency of the prices'}, for the "
            "models with a price",
            ("model",),
            registry=self._registry,
        )
        for name, meaning in _SIZES.items():
            gauge = Gauge(f"assistant_{name}", meaning, registry=self._registry)
            gauge.set_function(partial(_of, size, name))

    def count(self, answer: Answer) -> None:
        """Count an answer that was given."""
        self._answers.labels(answer.outcome.value, answer.model, str(answer.cached).lower()).inc()
        self._seconds.labels(answer.model).observe(answer.seconds.total)
        if answer.tokens:
            self._tokens.labels(answer.model, "prompt").inc(answer.tokens.prompt)
            self._tokens.labels(answer.model, "answer").inc(answer.tokens.answer)
        cost = self._prices.cost(answer.model, answer.tokens)
        if cost is not None:
            self._cost.labels(answer.model).inc(cost)
        for sentence in answer.sentences:
            for finding in sentence.findings:
                if finding.serious:
                    self._struck.labels(finding.kind.value).inc()

    def exposition(self) -> bytes:
        """Give all of it in the text format of Prometheus."""
        return generate_latest(self._registry)


def _of(size: Callable[[], Size], name: str) -> float:
    return float(getattr(size(), name))
