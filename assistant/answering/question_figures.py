"""Figures of a question, each written one way: "cinq cent mille dirhams" is "500.000 DH"."""

import re
from datetime import date

from text_to_num import alpha2digit

from assistant.searching.dates import write_days

_TIMES = {"k": 1000, "mille": 1000, "m": 10**6, "million": 10**6, "milliard": 10**9}
_NUMBER = r"\d+(?:[.,]\d+)?"
_DIRHAM = r"(?:dhs?|mad|dirhams?)\b"
_INSTRUMENT = re.compile(r"(?<![\d.,-])(\d)\s?[-–.]\s?(\d\d)\s?[-–.]\s?(\d{3})(?![\d.,]?\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .]\d{3})+(?![\d])")
_PERCENT = re.compile(r"\s*%|\s*\bpour[ -]?cents?\b|(?<=\d)\s*\bp\.? ?(?:c\b|cent\b|100\b)")
_MULTIPLIED = re.compile(rf"({_NUMBER})\s*(mille|millions?|milliards?)\b(?:\s+d(?:e\s+|'))?")
_THOUSANDS = re.compile(rf"({_NUMBER})\s*([km])\s?(?={_DIRHAM})")
_ARTICLE = re.compile(r"\b(art(?:icles?|s)?\b\.?)\s*(?:n\s?[°o]\s*|numero\s+)?(?=\d|premier\b)")
_ARTICLE_AFTER = re.compile(
    r"\b(premier|\d{1,3}(?=(?:er|e|eme|ieme)\b))(?:er|e|eme|ieme)?\s+article\b"
)
_ORDINAL = re.compile(r"\b(\d+)\s?(?:er|ere|re|e|eme|ieme|nd|nde)s?\b")
_UNITS = (
    (re.compile(r"(?<=\d)\s*(?:jrs?|j)\b"), " jours"),
    (re.compile(r"(?<=\d)\s*(?:hrs?|h)\b"), " heures"),
    (re.compile(rf"(?<=\d)\s*{_DIRHAM}|\b{_DIRHAM}"), " dirham"),
)
_ONE = re.compile(
    r"\bune?(?=\s(?:seule?|jours?|mois|ans?|annees?|semaines?|heures?|fois|tiers|millions?"
    r"|exemplaires?)\b)|(?<=plus d')une?\b|(?<=moins d')une?\b|(?<=moins )une?\b|(?<=plus )une?\b"
)
_WORDS = {"deux": "2", "trois": "3", "zero": "0", "premiere": "1o", "premier": "1o"} | {
    "second": "2o",
    "seconde": "2o",
    "deuxieme": "2o",
    "troisieme": "3o",
}


def plain_figures(text: str) -> str:
    """Write the figures of a text in lower case, without accents, each in one way.

    Dates, numbers of instruments, amounts, rates and articles; "un" is a number before a unit.
    """
    text = write_days(text, _day)
    text = _INSTRUMENT.sub(r" i\1_\2_\3 ", text)
    text = _GROUPED.sub(lambda found: re.sub(r"[ .]", "", found[0]), text)
    text = _PERCENT.sub(" pourcents ", text)
    text = _THOUSANDS.sub(lambda f: f"{_product(f[1], f[2])} ", text)
    text = _MULTIPLIED.sub(lambda f: f"{_product(f[1], f[2].rstrip('s'))} ", text)
    text = alpha2digit(_ONE.sub("1", text), "fr")
    text = _ARTICLE_AFTER.sub(r"article \1", text)
    text = re.sub(r"\barticle premiere?\b", "article 1", _ARTICLE.sub("article ", text))
    text = re.sub(r"\barticle (\d+)(?:er|e|eme)\b", r"article \1", text)
    for unit, written in _UNITS:
        text = unit.sub(written, text)
    text = _ORDINAL.sub(r"\1o", text)
    text = re.sub(r"\b[a-z]+\b", lambda found: _WORDS.get(found[0], found[0]), text)
    return re.sub(r"\d+[.,]\d+", lambda found: _decimal(found[0]), text)


def _day(day: date) -> str:
    return f" j{day:%Y_%m_%d} "


def _product(number: str, times: str) -> str:
    value = float(number.replace(",", ".")) * _TIMES[times]
    return str(round(value)) if value == round(value) else str(value).replace(".", "v")


def _decimal(number: str) -> str:
    """Write "1,0" as 1 and "0,50" as 0v5: a comma would end the clause."""
    whole, decimals = re.split(r"[.,]", number)
    decimals = decimals.rstrip("0")
    return f"{whole}v{decimals}" if decimals else whole
