"""Quantities of a text, in digits or in words: amounts, shares, delays, dates and counts.

text2num reads the numbers; what it takes wrongly is put away before: "pour cent" is no hundred,
an article's number is no count, and "un" is mostly an article.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from text_to_num import alpha2digit

from assistant.reading.references import find_references

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
_UNITS = {
    "part": r"%|p\.\s?100\b",
    "thousandth": r"‰",
    "dirham": r"(?:de\s+)?(?:dirhams?\b|dhs?\b|mad\b)",
    "day": r"jours?\b|journées?\b",
    "month": r"mois\b",
    "year": r"ans?\b|années?\b|exercices?\b",
    "hour": r"heures?\b|h\b",
    "minute": r"minutes?\b|min\b",
    "week": r"semaines?\b",
    "quarter": r"trimestres?\b",
    "point": r"points?\b",
}
"""Unit → what it looks like after a number."""

_TELLING_ONE = ("part", "dirham", "month", "week")
"""Units of which one, or none, is a figure."""

_SCALES = {"mille": "000", "million": "000000", "milliard": "000000000"}
_SCALED = re.compile(r"(?<![\w.,])(\d+)(?:,(\d+))?\s?(mille|million|milliard)s?\b", re.IGNORECASE)
_ONE = re.compile(
    r"(?<![-–])(?<!et\s)\bune?\s+(?=(?:an|mois|jour|heure|semaine|trimestre|dirham|%|‰))"
)
_FRACTIONS = (
    (r"\b(?:la\s+)?moitié\b", "50 %"),
    (r"\bdeux\s+tiers\b", "2/3"),
    (r"\b(?:un|le)\s+tiers\s+(?=d[eu’'])", "1/3 "),
    (r"\btrois\s+quarts\b", "75 %"),
    (r"\b(?:un|le)\s+quart\b", "25 %"),
)
_FIRST = "initiaux"  # "premiers", which text2num would read as a number
_NUMBER = r"\d+(?:[.\s\u00a0\u202f]\d{3})*(?:,\d+)?(?!\d)(?:/\d\b)?"
_UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
_QUANTITY = re.compile(
    rf"(?<![\w/])(?P<number>{_NUMBER})(?P<ordinal>(?:er|ère|re|nde?|e|è|ème|ième)s?\b)?"
    r"(?P<twice>\s*\([\d.,\s\u00a0]*\d\s*(?:%|‰)?\))?"
    rf"\s*(?:{_FIRST}\s+|derni[eè]re?s?\s+)?(?:{_UNIT})?"
    r"(?:\s+(?P<day_kind>ouvrable|ouvré|franc|calendaire)s?\b)?"
    r"(?P<after>\s*\([\d.,\s\u00a0]*\d\s*(?:%|‰)\))?"
    r"(?=\s*(?:autres?\s+)?(?P<noun>[^\W\d]{3,})?)",
    re.IGNORECASE,
)
_NOUN = 6  # letters of a noun: "journal" and "journaux" are counted alike
_JOINED = re.compile(r"\s*(?:à|ou|et|-|–)\s*$")
_DATE = re.compile(
    rf"(?:\b(\d{{1,2}})(?:er)?\s+)?\b({'|'.join(_MONTHS)})\b(?:\s+((?:19|20)\d\d)\b)?"
    r"|\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\s*\d{1,2}\s?(?:[-–)°]|\.(?!\d))|\b\d{1,3}\s?[-–]\s(?=[A-Z])"
    r"|(?:\bn\s?[°o]s?\s?|\balinéas?\s|\bparagraphes?\s)\d[\d.-]*|(?<![\d/])\d+-\d+(?:-\d+)*(?!\d)",
    re.IGNORECASE | re.MULTILINE,
)
_ARTICLE = re.compile(r"\b(?:art(?:icles?|\.)?|annexes?)\s(?:n\s?°\s?)?\d+", re.IGNORECASE)


class Day(NamedTuple):
    """A date, or the part of one that is said."""

    year: int | None
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: Fraction  # of shares, 1 is the whole; of years, in months
    bare: Fraction  # the number as it is written
    unit: str | None  # a key of `_UNITS`; None for a count
    shown: str  # as the text has it, numbers in digits
    start: int
    again: Fraction | None = None  # the number in brackets, "soixante (60) jours"
    day_kind: str | None = None  # "ouvrable", "franc"
    noun: str | None = None  # of a count, the beginning of the word after it

    @property
    def tells(self) -> bool:
        """Whether it is a figure at all: "un jour férié" and "la première séance" count nothing."""
        return self.bare > 1 or self.unit in _TELLING_ONE


@lru_cache(maxsize=512)
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Give the quantities of a text in order, dates and references left out."""
    plain = _DATE.sub(_blank, _without_references(in_digits(text)))
    found = list(_QUANTITY.finditer(plain))
    return tuple(_quantity(one, _unit(found, place, plain)) for place, one in enumerate(found))


@lru_cache(maxsize=512)
def read_days(text: str) -> tuple[tuple[Day, str], ...]:
    """Give the dates of a text, each with how it is written."""
    days = []
    for found in _DATE.finditer(in_digits(text)):
        day, month, year, *numeric = found.groups()
        if month and (day or year):
            number = _MONTHS.index(month.lower()) + 1
            days.append((Day(_int(year), number, _int(day)), found[0]))
        elif numeric[0] and 1 <= int(numeric[1]) <= 12:
            days.append((Day(int(numeric[2]), int(numeric[1]), int(numeric[0])), found[0]))
    return tuple(days)


def in_digits(text: str) -> str:
    """Write the numbers of a text in digits, shares and fractions too."""
    plain = re.sub(r"(?<=\w)[–‑](?=\w)", "-", text)
    plain = re.sub(r"\bpour\s+cent\b", "%", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\bpour\s+mille\b(?!\s+dirh)", "‰", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\bpremi(?:er|ère)s\b", _FIRST, plain)
    plain = re.sub(r"\bseconde?\b(?!s)", "2e", plain)
    for words, figure in _FRACTIONS:
        plain = re.sub(words, figure, plain, flags=re.IGNORECASE)
    plain = _ONE.sub("1 ", _SCALED.sub(_scaled, plain))
    return "\n".join(str(alpha2digit(line, "fr", threshold=0)) for line in plain.split("\n"))


def _scaled(found: re.Match[str]) -> str:
    """Write "3 millions" and "1,5 million" in digits alone."""
    zeros = _SCALES[found[3].lower()]
    decimals = (found[2] or "")[: len(zeros)]
    return f"{found[1]}{decimals}{zeros[len(decimals) :]}"


def _without_references(text: str) -> str:
    """Put blanks for the numbers of articles, paragraphs and instruments."""
    for reference in find_references(text, instrument="", article=""):
        blank = " " * (reference.end - reference.start)
        text = text[: reference.start] + blank + text[reference.end :]
    return _ARTICLE.sub(_blank, _NUMBERED.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unit(found: list[re.Match[str]], place: int, text: str) -> str | None:
    """Give the unit after a number; "3 à 4 %" and "soixante (60) jours" share theirs."""
    one = found[place]
    unit = next((name for name in _UNITS if one[name]), None)
    if unit or place + 1 == len(found):
        return unit
    between = text[one.end() : found[place + 1].start()]
    return _unit(found, place + 1, text) if _JOINED.fullmatch(between) else None


def _quantity(found: re.Match[str], unit: str | None) -> Quantity:
    bare = value = _number(found["number"])
    if "/" in found["number"]:
        return Quantity(value, bare, "part", found[0].strip(), found.start())
    if unit == "part":
        value /= 100
    elif unit == "thousandth":
        unit, value = "part", value / 1000
    elif unit == "year":
        unit, value = "month", value * 12
    kind = found["day_kind"]
    noun = None if unit else found["noun"]
    return Quantity(
        *(value, bare, unit, found[0].strip(), found.start()),
        again=_number(again) if (again := found["twice"] or found["after"]) else None,
        day_kind=kind.lower() if kind else None,
        noun=noun.lower()[:_NOUN] if noun else None,
    )


def _number(text: str) -> Fraction:
    """Read "500.000", "2,5", "(60 %)" and "2/3"."""
    return Fraction(re.sub(r"[^\d,/]", "", text).strip(",").replace(",", "."))


def _int(text: str | None) -> int | None:
    return int(text) if text else None
