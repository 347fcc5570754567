"""Benchmark the checks of a model's sentences: faults planted in them, and faithful ones.

    python -m scripts.bench_checks [--table]

A fault is caught when the sentence is struck for a reason of its kind. Each kind is counted on two
halves of the articles (the checks were developed on half 0 alone), and with the whole article or
the passage that search would show as what is cited. It needs the real decrees beside the checkout.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from assistant.answer_records import FindingKind
from assistant.answering.checks import Shown, read_draft
from assistant.answering.checks.quantities import read_quantities
from assistant.answering.checks.sources import Clause, Source
from assistant.reading.reading import read_pdf
from assistant.records import Reading
from assistant.searching.passages import cut_passages
from scripts.planted_faults import FAITHFUL, Case, by_kind, read_cases
from scripts.real_decrees import DECREES

WHOLE, PASSAGE = "article", "passage"
SENSE = {FindingKind.NEGATION, FindingKind.OBLIGATION, FindingKind.LIMIT}
REASONS = {
    "digits": {FindingKind.FIGURE_NOT_IN_SOURCE},
    "words": {FindingKind.FIGURE_NOT_IN_SOURCE},
    "article": {FindingKind.WRONG_REFERENCE},
    "instrument": {FindingKind.WRONG_REFERENCE},
    "label": {FindingKind.UNKNOWN_LABEL},
    "english": {FindingKind.NOT_FRENCH},
    "other source": {FindingKind.UNSUPPORTED, FindingKind.FIGURE_NOT_IN_SOURCE, *SENSE},
    "negation": SENSE,
    "modal": SENSE,
    "bound": SENSE,
    FAITHFUL: set(FindingKind),
}
"""Kind of fault → the findings that say it; the sense of a sentence has several."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the reasons for which its sentence was struck, none when it was kept."""

    case: Case
    reasons: frozenset[FindingKind]

    @property
    def is_caught(self) -> bool:
        """Whether it was struck for a reason of its kind."""
        return bool(self.reasons & REASONS[self.case.kind])


def main() -> None:
    """Print the figures of both halves, as JSON lines or as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true", help="Markdown instead of JSON")
    options = parser.parse_args()
    if not all(path.exists() for path in DECREES):
        print(json.dumps({"skipped": "the real decrees are not beside this checkout"}))
        return
    readings = read_decrees()
    cases = read_cases(readings)
    for half in (0, 1):
        for cited in (WHOLE, PASSAGE):
            judged = judge([case for case in cases if case.half == half], readings, cited)
            figures = {"half": half, "cited": cited, "kinds": summarise(judged)}
            print(as_table(figures) if options.table else json.dumps(figures, ensure_ascii=False))


def read_decrees() -> dict[str, Reading]:
    """Read both decrees, by number."""
    read = [read_pdf(p.name, p.read_bytes(), max_pages=250, max_megabytes=50) for p in DECREES]
    return {reading.instrument.number: reading for reading in read}


def judge(cases: Iterable[Case], readings: Mapping[str, Reading], cited: str) -> list[Judged]:
    """Check every case against what it cites."""
    judged = []
    for case in cases:
        sentences = read_draft(case.text, {1: shown_for(case, readings, cited)})
        found = (f for sentence in sentences for f in sentence.findings if f.serious)
        judged.append(Judged(case, frozenset(f.kind for f in found)))
    return judged


def shown_for(case: Case, readings: Mapping[str, Reading], cited: str) -> Shown:
    """Give the article a case is about, or the passage of it that says most of the sentence."""
    articles = readings[case.instrument].articles
    article = next(a for a in articles if a.number == case.cited)
    text = article.text
    if cited == PASSAGE:
        passages = cut_passages(article, "document", case.instrument)
        text = max((p.text for p in passages), key=lambda text: _says(text, case.made_from))
    return Shown(text, article.number, case.instrument, article.heading)


def _says(text: str, sentence: str) -> tuple[int, float]:
    """How much of a faithful sentence a passage has: its figures, then its words."""
    given = {quantity.bare for quantity in read_quantities(text)}
    figures = sum(quantity.bare in given for quantity in read_quantities(sentence))
    source, said = Source([Shown(text, "", "")]), Clause(sentence)
    return figures, max((source.overlap(said, clause) for clause in source.clauses), default=0.0)


def summarise(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Count by kind what was caught, or for faithful sentences struck, and why."""
    kinds = by_kind(judged, lambda one: one.case.kind)
    summary = {kind: _count(kinds[kind], quoted=None) for kind in REASONS if kind in kinds}
    for name, quoted in (("paraphrases", False), ("quotations", True)):
        summary[f"{FAITHFUL}, {name}"] = _count(kinds[FAITHFUL], quoted=quoted)
    return summary


def _count(judged: Sequence[Judged], *, quoted: bool | None) -> dict[str, Any]:
    some = [one for one in judged if quoted is None or one.case.quoted is quoted]
    caught = [one for one in some if one.is_caught]
    reasons = by_kind((r for one in caught for r in one.reasons), str)
    low, high = wilson(len(caught), len(some))
    return {
        "n": len(some),
        "caught": len(caught),
        "share": round(len(caught) / len(some), 4),
        "low": round(low, 3),
        "high": round(high, 3),
        "reasons": {reason: len(times) for reason, times in reasons.items()},
    }


def wilson(successes: int, trials: int, *, z: float = 1.96) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927); `trials` is at least 1."""
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2) / (1 + z * z / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def as_table(figures: Mapping[str, Any]) -> str:
    """Write the figures of one half as a Markdown table."""
    lines = [
        f"\nHalf {figures['half']}, cited: {figures['cited']}\n",
        "| kind | n | struck | share | 95 % interval |",
        "|---|---|---|---|---|",
    ]
    for kind, f in figures["kinds"].items():
        interval = f"{f['low']:.1%} – {f['high']:.1%}"
        lines.append(f"| {kind} | {f['n']} | {f['caught']} | {f['share']:.1%} | {interval} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
