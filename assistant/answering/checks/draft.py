"""What a model wrote → sentences with their labels and findings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer_records import Finding, FindingKind, Sentence
from assistant.answering.checks.figures import check_figures
from assistant.answering.checks.labels import gather_labels, read_labels, without_labels
from assistant.answering.checks.limits import check_limits
from assistant.answering.checks.negations import check_negations
from assistant.answering.checks.obligations import check_obligations
from assistant.answering.checks.references import check_references
from assistant.answering.checks.sources import Clause, Shown, Source
from assistant.answering.checks.support import check_support
from assistant.answering.language import is_french
from assistant.answering.sentences import split_sentences

_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", re.MULTILINE)

_CHECKS = (
    *(check_references, check_figures, check_limits),
    *(check_negations, check_obligations, check_support),
)
"""Each compares a sentence with what it cites."""

_UNFINISHED = Finding(
    FindingKind.UNFINISHED, "Cette phrase est inachevée : le modèle a été arrêté.", serious=True
)


def read_draft(text: str, passages: Mapping[int, Shown], *, is_cut: bool = False) -> list[Sentence]:
    """Turn what a model wrote into sentences with their labels and findings.

    `passages` gives what the model was shown under each label; `is_cut` says that it was stopped
    by its limits of length or time, so that its last words may say half a rule.
    """
    drafted: list[Sentence] = []
    text = gather_labels(_LIST_MARK.sub("", text.replace("**", "")))
    for start, end in split_sentences(text):
        labels, bare = read_labels(text[start:end]), without_labels(text[start:end])
        if re.search(r"\w", bare):
            said = Clause(bare)
            before = [Clause(sentence.sentence) for sentence in drafted]
            findings = (
                *_find_alone(said, labels, passages, before),
                *_compare(said, labels, passages),
            )
            drafted.append(Sentence(bare, labels, findings))
    if is_cut and drafted:
        drafted[-1] = replace(drafted[-1], findings=(*drafted[-1].findings, _UNFINISHED))
    return drafted


def _find_alone(
    said: Clause, labels: Sequence[int], passages: Mapping[int, Shown], before: Sequence[Clause]
) -> Iterator[Finding]:
    """Find what is wrong whatever the source says."""
    known = [label for label in labels if label in passages]
    for label in labels:
        if label not in passages:
            message = f"La source [{label}] n’a pas été fournie au modèle."
            yield Finding(FindingKind.UNKNOWN_LABEL, message, serious=not known)
    if not labels:
        message = "Aucune source n’est donnée pour cette phrase."
        yield Finding(FindingKind.NO_LABEL, message, serious=True)
    if not is_french(said.text):
        message = "Cette phrase n’est pas en français."
        yield Finding(FindingKind.NOT_FRENCH, message, serious=True)
    if any(said.words == other.words for other in before):
        yield Finding(FindingKind.REPEATED, "Cette phrase est répétée.", serious=True)


def _compare(
    said: Clause, labels: Sequence[int], passages: Mapping[int, Shown]
) -> Iterator[Finding]:
    if known := [passages[label] for label in labels if label in passages]:
        source = Source(known)
        for check in _CHECKS:
            yield from check(said, source)
