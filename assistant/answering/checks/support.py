"""Whether the words of a sentence are in its source: what stands in for an entailment model."""

from collections.abc import Iterator

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.sources import Clause, Source

_LEAST_COVERAGE = 0.4  # share of a sentence's words that its passages must hold
_FEWEST_WORDS = 3  # below, a sentence is too short to tell anything from its words


def check_support(said: Clause, source: Source) -> Iterator[Finding]:
    """Find a sentence most of whose words are not in what it cites, headings included."""
    held = {stem for clause in source.clauses for stem in clause.content}
    for shown in source.shown:
        held |= Clause(shown.heading).content
    words = said.content
    if len(words) >= _FEWEST_WORDS and len(words & held) < _LEAST_COVERAGE * len(words):
        message = "La source citée ne contient pas l’essentiel des mots de cette phrase."
        yield Finding(FindingKind.UNSUPPORTED, message, serious=True)
