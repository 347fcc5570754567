"""Whether a limit is on the same side as in the source: at least, at most; before, after.

"Ne peut être inférieur à quinze jours" is "au moins quinze jours", and no negation.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.negations import read_denials
from assistant.answering.checks.quantities import in_digits
from assistant.answering.checks.sources import Clause, Source

_ABOVE = r"(?:superieure?s?|depass\w*|exced\w*|au dela|au dessus|plus d(?:e|u|es)?)\b"
_BELOW = r"(?:inferieure?s?|en dessous|moins d(?:e|u|es)?)\b"
_DENIED = r"\b(?:ne|n|ni|sans)\b(?: \w+){0,5}? "
_SIDES = (  # in this order: what is read is taken out of the text
    (re.compile(_DENIED + _ABOVE), "most"),
    (re.compile(_DENIED + _BELOW), "least"),
    (re.compile(r"\bau plus (?:tot|tard)\b"), ""),
    (re.compile(rf"\b{_ABOVE}|\bau moins\b|\bminim\w*"), "least"),
    (re.compile(rf"\b{_BELOW}|\bau plus\b|\bmaxim\w*|\bdans la limite\b|\bplafond\w*"), "most"),
)
_ENDS = (
    (re.compile(r"\bau plus tot\b"), "earliest"),
    (re.compile(r"\bau plus tard\b"), "latest"),
)
_BEFORE = re.compile(r"(?:avant|preced\w*|anterieur\w*|prealabl\w*)$")
_AFTER = re.compile(r"(?:apres|suivan\w*|suit|suivent|posterieur\w*|depuis|compter|issue|suite)$")
_ORDERED = 4  # words after "avant" or "après" among which what it bears on stands
_BEFORE_FIGURE, _AFTER_FIGURE = 10, 6  # words around a figure where its limit stands
_SAID = {
    "least": "un minimum",
    "most": "un maximum",
    "earliest": "une date au plus tôt",
    "latest": "une date au plus tard",
    "before": "ce qui précède",
    "after": "ce qui suit",
}

Signs = Sequence[tuple[re.Pattern[str], str]]


def check_limits(said: Clause, source: Source) -> Iterator[Finding]:
    """Compare the limits of a sentence with those of the clauses closest to it."""
    near = source.closest(said)
    pairs = [
        (_sides(said, said), set().union(*(_sides(clause, said) for clause in near))),
        (_read(said.words, _ENDS), set().union(*(_read(clause.words, _ENDS) for clause in near))),
        *_orders(said, near),
    ]
    for mine, theirs in pairs:
        if len(mine) == 1 and len(theirs) == 1 and mine != theirs and not read_denials(said):
            wrong, right = _SAID[min(mine)], _SAID[min(theirs)]
            message = f"Cette phrase donne pour {wrong} ce qui est {right} dans la source citée."
            yield Finding(FindingKind.LIMIT, message, serious=True)


def _sides(clause: Clause, said: Clause) -> set[str]:
    """Give the sides of the limits around the figures that are said, or of all without figures."""
    figures = {word for word in _in_digits(said) if word.isdigit()} - {"1"}
    words = _in_digits(clause)
    places = [place for place, word in enumerate(words) if word in figures]
    if not places:
        return set() if figures else _read(words, _SIDES)
    return set().union(*(_side(words, place) for place in places))


def _side(words: Sequence[str], place: int) -> set[str]:
    """Give the side of the limit nearest to a figure: before it, else right after."""
    before = words[max(0, place - _BEFORE_FIGURE) : place]
    after = words[place + 1 : place + 1 + _AFTER_FIGURE]
    until_next = itertools.takewhile(lambda word: not word.isdigit(), after)
    return _read(tuple(until_next), _SIDES) or _read(before, _SIDES)


def _in_digits(clause: Clause) -> tuple[str, ...]:
    return Clause(re.sub(r"(?<=\d)[. \u00a0](?=\d{3}\b)", "", in_digits(clause.text))).words


def _orders(said: Clause, near: Sequence[Clause]) -> Iterator[tuple[set[str], set[str]]]:
    """Give what comes before or after each thing, as the sentence and as the source have it."""
    theirs: dict[str, set[str]] = {}
    for clause in near:
        for stem, orders in _ordered(clause).items():
            theirs.setdefault(stem, set()).update(orders)
    for stem, orders in _ordered(said).items():
        yield orders, theirs.get(stem, set())


def _ordered(clause: Clause) -> dict[str, set[str]]:
    ordered: dict[str, set[str]] = {}
    for place, word in enumerate(clause.words):
        order = "before" if _BEFORE.match(word) else "after" if _AFTER.match(word) else ""
        stems = clause.stems[place + 1 : place + 1 + _ORDERED]
        for stem in filter(None, stems if order else ()):
            ordered.setdefault(stem, set()).add(order)
    return ordered


def _read(words: Sequence[str], signs: Signs) -> set[str]:
    """Give what is said of the kind."""
    text = " ".join(words)
    read = set()
    for pattern, sign in signs:
        text, times = pattern.subn(" ", text)
        if times and sign:
            read.add(sign)
    return read
