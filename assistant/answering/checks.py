"""Doubts about the sentences a model wrote: plain code, each one kept and shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from text_to_num import alpha2digit

from assistant.answering.language import is_french
from assistant.answering.sentences import split_sentences
from assistant.records import Finding, FindingKind, Sentence
from assistant.searching.lexical import encode_questions

_LABELS = re.compile(
    r"[\[【]\s*(?:extraits?|sources?)?\s*"
    r"(\d{1,3}(?:\s*(?:[,;–-]|et)\s*\d{1,3})*)\s*[\]】]",
    re.IGNORECASE,
)
_BETWEEN_LABELS = re.compile(r"(?<=[\]】])\s*(?:[,;]|et)\s*(?=[\[【])")
_LABELS_AFTER_STOP = re.compile(r"([.!?;])\s*((?:[\[【][^\]】\n]{1,20}[\]】]\s*)+)")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", re.MULTILINE)
_FIGURE = re.compile(r"\d+(?:[.,\s\u00a0\u202f]\d{3})*(?:,\d+)?")
_REFERENCE = re.compile(r"\bart(?:icles?|\.)\s+(premier|\d{1,3}(?:\s(?:bis|ter))?)", re.IGNORECASE)
_INSTRUMENT = re.compile(r"(?<!\d)\d-\d\d-\d{3}(?!\d)")
_LEAST_COVERAGE = 0.4  # share of a sentence's words that its passages must hold
_FEWEST_WORDS = 3  # below, a sentence is too short to tell anything from its words

_UNFINISHED = Finding(
    FindingKind.UNFINISHED, "Cette phrase est inachevée : le modèle a été arrêté.", serious=True
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the model was shown it."""

    text: str
    article: str
    instrument: str


def read_draft(text: str, passages: Mapping[int, Shown], *, is_cut: bool = False) -> list[Sentence]:
    """Turn what a model wrote into sentences with their labels and findings.

    `passages` gives what the model was shown under each label; `is_cut` says that it was stopped
    by its limits of length or time, so that its last words may say half a rule.
    """
    drafted: list[Sentence] = []
    text = _BETWEEN_LABELS.sub("", _LIST_MARK.sub("", text.replace("**", "")))
    text = _LABELS_AFTER_STOP.sub(r" \2\1 ", text)
    for start, end in split_sentences(text):
        raw = text[start:end]
        labels = tuple(dict.fromkeys(n for group in _LABELS.findall(raw) for n in _numbers(group)))
        bare = re.sub(r"\s+([.!?;,])", r"\1", " ".join(_LABELS.sub(" ", raw).split()))
        if re.search(r"\w", bare):
            before = [sentence.sentence for sentence in drafted]
            drafted.append(Sentence(bare, labels, tuple(_find(bare, labels, passages, before))))
    if is_cut and drafted:
        drafted[-1] = replace(drafted[-1], findings=(*drafted[-1].findings, _UNFINISHED))
    return drafted


def _numbers(group: str) -> list[int]:
    """Read "1, 2" and "1-3" as the labels they stand for."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", group):
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _find(
    sentence: str, labels: Sequence[int], passages: Mapping[int, Shown], before: Sequence[str]
) -> Iterator[Finding]:
    known = [passages[label] for label in labels if label in passages]
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
        yield from _other_references(sentence, known)
        yield from _compare_with_source(sentence, "\n".join(shown.text for shown in known))


def _other_references(sentence: str, known: Sequence[Shown]) -> Iterator[Finding]:
    """Find the articles and instruments that the sentence names and does not cite."""
    articles = {shown.article for shown in known}
    named = {"1" if n.lower() == "premier" else n.lower() for n in _REFERENCE.findall(sentence)}
    wrong = [f"article {number}" for number in sorted(named - articles)]
    wrong += sorted(set(_INSTRUMENT.findall(sentence)) - {shown.instrument for shown in known})
    for reference in wrong:
        message = f"La référence « {reference} » n’est pas celle de la source citée."
        yield Finding(FindingKind.WRONG_REFERENCE, message, serious=True)


def _compare_with_source(sentence: str, source: str) -> Iterator[Finding]:
    given = set(_figures(source))
    claimed = _INSTRUMENT.sub(" ", _REFERENCE.sub(" ", sentence))
    for figure in dict.fromkeys(_figures(claimed)):
        if figure not in given:
            message = f"Le nombre « {figure} » ne figure pas dans la source citée."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)
    [words], _ = encode_questions([sentence])
    [held], _ = encode_questions([source])
    if len(words) >= _FEWEST_WORDS and len(set(words) & set(held)) < _LEAST_COVERAGE * len(words):
        message = "La source citée ne contient pas l’essentiel des mots de cette phrase."
        yield Finding(FindingKind.UNSUPPORTED, message, serious=True)


def _figures(text: str) -> list[str]:
    """Give the numbers of a text, in digits or in words, written one way: 500000, 3,5."""
    plain = re.sub(r"[–‑]", "-", text)
    plain = re.sub(r"\bpour\s+cent\b", "%", plain, flags=re.IGNORECASE)
    return [_plain_figure(figure) for figure in _FIGURE.findall(alpha2digit(plain, "fr"))]


def _plain_figure(figure: str) -> str:
    """Write 500.000 and 500 000 the same way."""
    whole, _, decimals = re.sub(r"[.\s\u00a0\u202f]", "", figure).partition(",")
    return whole if not decimals.strip("0") else f"{whole},{decimals}"
