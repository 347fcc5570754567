"""Sentences that say a real article faithfully, and the same with one fault planted in each.

The sentences are in `tests/checks`; the law's own words, from which near-quotations are made, are
read beside the checkout and stay there. What is planted follows from the sentence alone: the same
files give the same cases.
"""

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from text_to_num import alpha2digit

from assistant.records import Article, Reading

SENTENCES = Path(__file__).parents[1] / "tests/checks"
FAITHFUL = "faithful"
OTHER_SOURCE = "other source"
"""The kind of a faithful sentence that cites an article which has nothing to do with it."""

LABEL = "label"
"""The kind of a case whose label was never given: its text says it, for the others it is [1]."""

_OTHER_DECREE = {
    "2-22-431": ("le décret n° 2-12-349", "le décret de 2013", "le décret du 20 mars 2013"),
    "2-12-349": ("le décret n° 2-22-431", "le décret de 2023", "le décret du 8 mars 2023"),
}
_IN_DIGITS = (2, 3, 5, 7, 10, 12, 15, 20, 21, 25, 30, 40, 45, 60, 75, 80, 90, 120)
_IN_WORDS = (
    *("deux", "trois", "quatre", "cinq", "sept", "dix", "douze", "quinze", "vingt"),
    *("vingt et un", "trente", "quarante", "quarante-cinq", "soixante", "quatre-vingt-dix"),
)
_WORD = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|quinze|seize|vingts?|trente|quarante"
    r"|cinquante|soixante|cents?|mille|millions?)"
)
_WORDS = re.compile(rf"(?<!pour )\b{_WORD}(?:(?:[-–\s]|\set\s)(?:{_WORD}|un|et\sun))*\b")
_DIGITS = re.compile(r"(?<![\d./-])\d{1,3}(?:[. \u00a0]\d{3})*(?![\d/-]|er\b|e\b|\s*[)–-])")
_REFERRED = re.compile(
    r"\b(?:articles?|alinéas?|paragraphes?|n°|annexes?)\s[^;:.\n]{0,40}$", re.IGNORECASE
)
_SWAPS = (
    ("modal", r"\bdoivent\b(?! pas)(?<!ne doivent)", "peuvent"),
    ("modal", r"\bdoit\b(?! pas)(?<!ne doit)", "peut"),
    ("modal", r"(?<!ne )(?<!n’)(?<!n')\bpeuvent\b", "doivent"),
    ("modal", r"(?<!ne )(?<!n’)(?<!n')\bpeut\b", "doit"),
    ("negation", r"\best tenu\b", "n’est pas tenu"),
    ("negation", r"\bne peut\b(?=[^.;]{0,12}\bêtre (?!inf|sup))", "peut"),
    ("negation", r"\bsont (?=\w+és?\b)", "ne sont pas "),
    ("negation", r"\best (?=\w+ée?\b)", "n’est pas "),
    ("negation", r"\bpeut\b(?<!ne peut)", "ne peut"),
    ("bound", r"\bau moins\b", "au plus"),
    ("bound", r"\bau plus tard\b", "au plus tôt"),
    ("bound", r"\bmaximum\b", "minimum"),
    ("bound", r"\bsupérieur\b", "inférieur"),
    ("bound", r"\binférieur\b", "supérieur"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence as a model could write it, about one article."""

    instrument: str
    article: str
    text: str  # with its label
    kind: str  # `FAITHFUL`, or the kind of the fault planted
    made_from: str  # the faithful sentence
    quoted: bool  # made from the law's own words, not from a paraphrase
    cited: str  # the article it cites: its own, but for one kind of fault

    @property
    def half(self) -> int:
        """0 or 1, at random by article: develop on one, report on the other."""
        return hashlib.sha256(f"{self.instrument}/{self.article}".encode()).digest()[0] % 2


Maker = Callable[[str, str], Case]
"""Makes a case of a text and a kind."""


def read_cases(readings: Mapping[str, Reading]) -> list[Case]:
    """Give all cases; `readings` gives the decrees by number, for the near-quotations."""
    cases = [case for line in _lines("paraphrases.jsonl") for case in _from_paraphrase(line)]
    for line in _lines("english.jsonl"):
        place = (line["instrument"], line["article"])
        cases.append(_case(place, line["sentence"], quoted=False)(line["sentence"], "english"))
    for number, reading in sorted(readings.items()):
        for article in reading.articles:
            if article.is_numbered:
                cases += _from_article(number, article)
    return cases


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SENTENCES / name).read_text("utf-8").splitlines()]


def _from_paraphrase(line: dict[str, Any]) -> Iterator[Case]:
    sentence, place = line["sentence"], (line["instrument"], line["article"])
    case = _case(place, sentence, quoted=False)
    yield case(sentence, FAITHFUL)
    for fault in line.get("faults", ()):
        yield case(sentence.replace(fault["old"], fault["new"]), fault["kind"])
    yield from _planted(case, sentence, place)


def _from_article(number: str, article: Article) -> Iterator[Case]:
    """Make near-quotations from one sentence of an article."""
    sentences = [
        found[0]
        for found in re.finditer(r"(?<=[.\n] )?[A-ZÀ-Ý][^.;:\n]{60,260}\.(?=\s|$)", article.text)
        if not re.search(r"\d\.\d|[•*]", found[0])
    ]
    if not sentences:
        return
    place = (number, article.number)
    rng = _rng("quotation", *place)
    sentence = rng.choice([s for s in sentences if _figure_spans(s)] or sentences)
    case = _case(place, sentence, quoted=True)
    yield case(sentence, FAITHFUL)
    swaps = [(kind, re.sub(old, new, sentence, count=1)) for kind, old, new in _SWAPS]
    for kind in ("modal", "negation", "bound"):
        if changed := [text for k, text in swaps if k == kind and text != sentence]:
            yield case(changed[0], kind)
    yield from _planted(case, sentence, place)


def _planted(case: Maker, sentence: str, place: tuple[str, str]) -> Iterator[Case]:
    """Plant by rule what needs no ear: figures, articles, instruments, labels."""
    rng = _rng(sentence)
    for start, end in _figure_spans(sentence):
        figure = sentence[start:end]
        kind = "digits" if figure[0].isdigit() else "words"
        yield case(sentence[:start] + _other(rng, figure) + sentence[end:], kind)
        if kind == "words" and value_in_words(figure) < 1000 and sentence[end : end + 2] != " (":
            digits = _other(rng, str(value_in_words(figure)))
            yield case(sentence[:start] + digits + sentence[end:], "digits")
    lowered = sentence[0].lower() + sentence[1:]
    chance = rng.random()
    if chance < 0.2:
        yield case(_with_article(rng, sentence, place[1]), "article")
    elif chance < 0.35:
        yield case(f"Selon {rng.choice(_OTHER_DECREE[place[0]])}, {lowered}", "instrument")
    elif chance < 0.45:
        yield case(sentence, LABEL)
    elif chance < 0.6:
        yield case(sentence, OTHER_SOURCE)


def _figure_spans(sentence: str) -> list[tuple[int, int]]:
    found = [*_DIGITS.finditer(sentence), *_WORDS.finditer(sentence.lower())]
    return sorted(f.span() for f in found if not _REFERRED.search(sentence[: f.start()]))


def _other(rng: random.Random, figure: str) -> str:
    """Give another number, written the same way."""
    if not figure[0].isdigit():
        if re.search("mille|million", figure):
            return rng.choice(["trois cent mille", "huit cent mille", "quatre millions"])
        return rng.choice([word for word in _IN_WORDS if word != figure.lower()])
    value = int(re.sub(r"\D", "", figure))
    if value >= 1000:
        return f"{value * rng.choice([2, 3, 5]):,}".replace(",", " ")
    return str(rng.choice([number for number in _IN_DIGITS if number != value]))


def value_in_words(figure: str) -> int:
    """Give the value of a number in words."""
    digits = alpha2digit(figure.replace("–", "-"), "fr", threshold=0)
    return int(re.sub(r"\D", "", digits))


def _with_article(rng: random.Random, sentence: str, own: str) -> str:
    """Name an article that the sentence does not come from: in place of another, or added."""
    if found := re.search(r"(?<=article )\d+", sentence):
        moved = int(found[0]) + rng.choice([1, 3, 10])
        moved += str(moved) == own
        return sentence[: found.start()] + str(moved) + sentence[found.end() :]
    wrong = rng.choice([n for n in range(2, 170) if str(n) != own])
    start = sentence[0].lower() + sentence[1:]
    forms = (f"Selon l’article {wrong}, {start}", f"{sentence[:-1]} (article {wrong}).")
    return rng.choice((*forms, f"L’art. {wrong} prévoit que {start}"))


def _case(place: tuple[str, str], sentence: str, *, quoted: bool) -> Maker:
    """Make cases of one faithful sentence."""

    def make(text: str, kind: str) -> Case:
        label = "[9]" if kind == LABEL else "[1]"
        cited = _other_article(place[1]) if kind == OTHER_SOURCE else place[1]
        return Case(*place, f"{text.rstrip('. ')} {label}.", kind, sentence, quoted, cited)

    return make


def _other_article(number: str) -> str:
    """Give an article far from another, which both decrees have."""
    return str((int(number.partition(" ")[0]) + 60) % 169 + 1)


def _rng(*names: str) -> random.Random:
    return random.Random("/".join(names))  # noqa: S311 - no secret


Item = TypeVar("Item")


def by_kind(items: Iterable[Item], kind: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Group items by kind, in the order they come."""
    kinds: dict[str, list[Item]] = {}
    for item in items:
        kinds.setdefault(kind(item), []).append(item)
    return kinds
