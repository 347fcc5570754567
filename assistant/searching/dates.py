"""The date on which a procedure was launched, when a question says it."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day."""

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
_MONTH = (
    r"janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t"
    r"|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?"
)
_YEAR = r"20\d\d|(?<!\d)\d\d(?!\d)"

# "la loi n° 69-00 du 11 novembre 2003": the date of a text is not that of a procedure.
_TEXT_DATE = re.compile(
    r"(?:loi|dahir|décret|decret|arrêté|arrete|circulaire)s?\b[^.?!]{0,60}?\bd[ue]\s+"
    r"(?:\d{1,2}(?:er)?\s+)?(?:\w+\s+)?(?:19|20)\d\d",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2(20\d\d|(?<=/)\d\d)(?![\d/])")
_ISO = re.compile(r"\b(20\d\d)-(\d{2})-(\d{2})\b")
_WRITTEN = re.compile(rf"(?:(\d{{1,2}})(?:er)?\s+)?\b({_MONTH})\.?\s+({_YEAR})", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\b(?:en|de|d'|depuis|l'an|année|exercice)\s*(20\d\d)\b", re.IGNORECASE)

# A date is the launch's only where what stands right before it says so: "AO lancé le", "marché
# négocié de 2017". An attestation, an offer or a conviction has dates too.
_LAUNCHED = re.compile(
    r"(?:\blanc|\bpubli[ée]|\bparu|\bengag[ée]|\bpass[ée]|\binitié)[^,;.?!]{0,40}$", re.IGNORECASE
)
_PROCEDURE = re.compile(
    r"\b(?:procédures?|procedures?|marchés?|marches?|avis|consultations?|concours|AOO?R?"
    r"|appels? d.offres|BC|bons? de commande)(?:\s+[^\W\d]+){0,2}\s*$|\bdepuis\s+(?:le\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:lendemain d[ue]|après(?: l[ea])?|postérieur\w* au)\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"(?:veille d[ue]|avant(?: l[ea])?|antérieur\w* au)\s*$", re.IGNORECASE)


def launch_period(question: str) -> Period | None:
    """Give the first and last day the launch can have, or None when the question gives none.

    "le 31/08/2023" gives one day, "en mars 2022" a month, "en 2017" a year. Of several dates, the
    one that a launch or a publication comes with is taken, else the first.
    """
    text = _TEXT_DATE.sub(" ", question)
    dated = [
        (text[: found.start()], period)
        for pattern, read in _PATTERNS
        for found in pattern.finditer(text)
        if (period := read(found))
    ]
    for tells in (_LAUNCHED, _PROCEDURE):
        for before, period in dated:
            if tells.search(before):
                return _shifted(before, period)
    return None


def without_dates(question: str) -> str:
    """Leave out the dates that `launch_period` reads: they choose the text, and say no more."""
    for pattern, _ in _PATTERNS:
        question = pattern.sub(" ", question)
    return question


def write_days(question: str, write: Callable[[date], str]) -> str:
    """Write each date that has its day in one way: "31/08/2023" and "31 août 2023" are the same."""
    for pattern, read in _PATTERNS:
        question = pattern.sub(lambda found, read=read: _written_day(found, read, write), question)
    return question


def _written_day(
    found: re.Match[str],
    read: Callable[[re.Match[str]], Period | None],
    write: Callable[[date], str],
) -> str:
    period = read(found)
    return write(period[0]) if period and period[0] == period[1] else found[0]


def _shifted(before: str, period: Period) -> Period:
    """Follow what stands before a date: its eve ("avant le"), or the day after."""
    one = timedelta(days=1)
    if _AFTER.search(before):
        return period[1] + one, period[1] + one
    if _BEFORE.search(before):
        return period[0] - one, period[0] - one
    return period


def _day(year: str, month: str, day: str) -> Period | None:
    try:
        found = date(_full_year(year), int(month), int(day))
    except ValueError:
        return None
    return found, found


def _written(found: re.Match[str]) -> Period | None:
    day, name, year = found.groups()
    key = _fold(name)[:4]
    month = next((i for i, m in enumerate(_MONTHS, 1) if _fold(m).startswith(key)), None)
    if month is None:
        return None
    if day:
        return _day(year, str(month), day)
    number = _full_year(year)
    return date(number, month, 1), date(number, month, monthrange(number, month)[1])


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _fold(text: str) -> str:
    return text.lower().translate(str.maketrans("éèûâ", "eeua"))


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (_ISO, lambda f: _day(f[1], f[2], f[3])),
    (_NUMERIC, lambda f: _day(f[4], f[3], f[1])),
    (_WRITTEN, _written),
    (_YEAR_ALONE, lambda f: (date(int(f[1]), 1, 1), date(int(f[1]), 12, 31))),
)
