"""Doubts about the sentences a model wrote: plain code, each one kept and shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answering.language import is_french
from assistant.answering.sentences import split_sentences
from assistant.records import Finding, FindingKind, Sentence
from assistant.searching.lexical import encode_questions

_LABELS = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_LABELS_AFTER_STOP = re.compile(r"([.!?;])\s*((?:\[[\d\s,;]+\]\s*)+)")
_FIGURE = re.compile(r"\d+(?:[.,\s\u00a0\u202f]\d{3})*(?:,\d+)?")
_LEAST_COVERAGE = 0.4  # share of a sentence's words that its passages must hold
_FEWEST_WORDS = 3  # below, a sentence is too short to tell anything from its words

_UNFINISHED = Finding(
    FindingKind.UNFINISHED, "Cette phrase est inachevée : le modèle a été arrêté.", serious=True
)


def read_draft(text: str, passages: Mapping[int, str], *, is_cut: bool = False) -> list[Sentence]:
    """Turn what a model wrote into sentences with their labels and findings.

    `passages` gives the text of each label that the model was shown; `is_cut` says that it was
    stopped by its limits of length or time, so that its last words may say half a rule.
    """
    drafted: list[Sentence] = []
    text = _LABELS_AFTER_STOP.sub(r" \2\1 ", text)
    for start, end in split_sentences(text):
        raw = text[start:end]
        labels = tuple(
            dict.fromkeys(
                int(number)
                for group in _LABELS.findall(raw)
                for number in re.findall(r"\d+", group)
            )
        )
        bare = re.sub(r"\s+([.!?;,])", r"\1", " ".join(_LABELS.sub(" ", raw).split()))
        if re.search(r"\w", bare):
            before = [sentence.sentence for sentence in drafted]
            drafted.append(Sentence(bare, labels, tuple(_find(bare, labels, passages, before))))
    if is_cut and drafted:
        drafted[-1] = replace(drafted[-1], findings=(*drafted[-1].findings, _UNFINISHED))
    return drafted


def _find(
    sentence: str, labels: Sequence[int], passages: Mapping[int, str], before: Sequence[str]
) -> Iterator[Finding]:
    known = [label for label in labels if label in passages]
    source = "\n".join(passages[label] for label in known)
    for label in labels:
        if label not in passages:
            message = f"La source [{label}] n’a pas été fournie au modèle."
            yield Finding(FindingKind.UNKNOWN_LABEL, message, serious=not known)
    if not labels:
        message = "Aucune source n’est donnée pour cette phrase."
        yield Finding(FindingKind.NO_LABEL, message, serious=True)
    if not is_french(sentence):
        message = "Cette phrase n’est pas en français."
        yield Finding(FindingKind.NOT_FRENCH, message, serious=True)
    if sentence in before:
        yield Finding(FindingKind.REPEATED, "Cette phrase est répétée.", serious=True)
    if known:
        yield from _compare_with_source(sentence, source)


def _compare_with_source(sentence: str, source: str) -> Iterator[Finding]:
    given = {_plain_figure(figure) for figure in _FIGURE.findall(source)}
    for figure in _FIGURE.findall(sentence):
        if _plain_figure(figure) not in given:
            message = f"Le nombre « {figure} » ne figure pas dans la source citée."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)
    [words], _ = encode_questions([sentence])
    [held], _ = encode_questions([source])
    if len(words) >= _FEWEST_WORDS and len(set(words) & set(held)) < _LEAST_COVERAGE * len(words):
        message = "La source citée ne contient pas l’essentiel des mots de cette phrase."
        yield Finding(FindingKind.UNSUPPORTED, message, serious=True)


def _plain_figure(figure: str) -> str:
    """Write 500.000 and 500 000 the same way."""
    whole, _, decimals = re.sub(r"[.\s\u00a0\u202f]", "", figure).partition(",")
    return whole if not decimals.strip("0") else f"{whole},{decimals}"
