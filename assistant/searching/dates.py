"""The date on which a procedure was launched, when a question says it.

In French, English or Arabic, in figures of either script, and years in French words.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from assistant.searching.arabic import plain_digits
from assistant.searching.months import MONTH, month_number, years_in_figures

Period = tuple[date, date]
"""First and last day."""

_YEAR = r"20\d\d|(?<!\d)\d\d(?!\d)"
_OF = r"(?:(?:of|de|من|سنة|عام)\s+)?"

# "la loi n° 69-00 du 11 novembre 2003": the date of a text is not that of a procedure.
_TEXT_DATE = re.compile(
    r"(?:loi|dahir|décret|decret|arrêté|arrete|circulaire)s?\b[^.?!]{0,60}?\bd[ue]\s+"
    r"(?:\d{1,2}(?:er)?\s+)?(?:\w+\s+)?(?:19|20)\d\d"
    r"|\b(?:law|decree|dahir|order|circular)s?\b[^.?!]{0,40}?\b(?:of|dated)\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:\w+\s+)?(?:\d{1,2},?\s+)?(?:19|20)\d\d"
    r"|\b(?:ال|لل)?(?:مرسوم|قانون|ظهير|قرار|منشور)\b[^.؟?!]{0,40}?"
    r"(?:بتاريخ|الصادر|المؤرخ|لسنة|سنة|من)\s+(?:\S+\s+){0,3}?(?:19|20)\d\d",
    re.IGNORECASE,
)
# "AO n° 12-45-2022": a number is no date either.
_NUMBERED = re.compile(
    r"(?:n\s?[°º]|\bno\b\.?|\bnum[ée]ro|\br[ée]f[\w.]*|رقم)\s*:?\s*$", re.IGNORECASE
)

_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2(20\d\d|(?<=/)\d\d)(?![\d/])")
_ISO = re.compile(r"(?<![\d-])(20\d\d)-(\d{2})-(\d{2})(?![\d-])")
_AMERICAN = re.compile(
    rf"({MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(20\d\d)\b", re.IGNORECASE
)
_WRITTEN = re.compile(
    rf"(?:(?<!\d)(\d{{1,2}})(?:er|st|nd|rd|th)?\s+{_OF})?({MONTH})\.?,?\s+{_OF}({_YEAR})",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?:\b(premier|1er|deuxi[èe]me|2e|2[èe]me|second|troisi[èe]me|3e|3[èe]me|quatri[èe]me|4e|4[èe]me"
    r"|dernier|first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:trimestre|quarter)"
    r"|\b[QT]([1-4]))\s+(?:(?:de|of|in)\s+)?(?:l['’]ann[ée]e\s+)?(20\d\d)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:\b(?P<start>d[ée]but|early|(?:the\s+)?(?:beginning|start)\s+of)"
    r"|\b(?P<middle>mi|milieu|mid)|\b(?P<end>fin|late|(?:the\s+)?end\s+of)"
    r"|(?P<start_ar>بداية|أوائل|مطلع)|(?P<end_ar>نهاية|أواخر|متم))"
    rf"(?:\s+|-)(?:de\s+)?{_OF}(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(
    r"(?:\b(?:en|de|d['’]|depuis|l['’]an|année|exercice|avant|après|in|of|since|during|year|from"
    r"|before|after)|(?<!\w)(?:سنة|عام|في|منذ|قبل|بعد))\s*(20\d\d)\b",
    re.IGNORECASE,
)
_ORDINALS = ("premier 1er first 1st", "deuxieme 2e 2eme second 2nd", "troisieme 3e 3eme third 3rd")

# A date is the launch's only where what stands right before it says so: "AO lancé le", "marché
# négocié de 2017". An attestation, an offer or a conviction has dates too.
_LAUNCHED = re.compile(
    r"(?:\blanc|\bpubli[ée]|\bparu|\bengag[ée]|\bpass[ée]|\binitié|\blaunch|\bpublish|\badverti[sz]"
    r"|\bissued|\binitiated|(?:أ|ا|إ)طل[اق]|أعلن|معلن|نشر|(?:أ|ا)برم|مبرم)[^,;.?!،؛؟]{0,40}$",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:procédures?|procedures?|marchés?|marches?|avis|consultations?|concours|AOO?R?"
    r"|appels? d.offres|BC|bons? de commande|tenders?|contracts?|notices?|purchase orders?"
    r"|calls? for (?:tenders?|bids))(?:\s+[^\W\d]+){0,2}\s*$|\b(?:depuis|since)\s+(?:le\s+)?$"
    r"|(?:صفق(?:ة|ات)|طلب(?:ات)? (?:ال)?عروض|سند(?:ات)? (?:ال)?طلب|مسطرة|استشارة)"
    r"(?:\s+[^\W\d]+){0,2}\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:lendemain d[ue]|après(?: l[ea])?|postérieur\w* au|\bafter|بعد)\s*$", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:veille d[ue]|avant(?: l[ea])?|antérieur\w* au|\bbefore|\bprior to|قبل)\s*$", re.IGNORECASE
)
_SIDE = re.compile(r"(?:avant|après|before|after|قبل|بعد)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date that a question gives."""

    before: str  # the text before it
    written: str
    period: Period | None  # None: no calendar has it


def launch_period(question: str) -> Period | None:
    """Give the first and last day the launch can have, or None when the question gives none.

    "le 31/08/2023" gives one day, "en mars 2022" a month, "fin 2022" the last three months, "en
    2017" a year. Of several dates, the one that a launch or a publication comes with is taken,
    else the first.
    """
    dated = list(_dates(question))
    for tells in (_LAUNCHED, _PROCEDURE):
        for found in dated:
            of_a_text = tells is _PROCEDURE and _SIDE.match(
                found.written
            )  # "seuil des BC avant 2023"
            if found.period and not of_a_text and tells.search(found.before):
                return _shifted(found.before, found.period)
    return None


def impossible_dates(question: str) -> list[str]:
    """Give the dates of a question that no calendar has, as they are written: "31/02/2022"."""
    return [found.written for found in _dates(question) if found.period is None]


def without_dates(question: str) -> str:
    """Leave out the dates that `launch_period` reads: they choose the text, and say no more."""
    question = _plain(question)
    for pattern, _ in _PATTERNS:
        question = pattern.sub(" ", question)
    return question


def _dates(question: str) -> Iterator[_Dated]:
    """Find the dates; what one way of writing has found is not read again in another."""
    text = _TEXT_DATE.sub(" ", _plain(question))
    left = text
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(left):
            side = _SIDE.match(found[0])  # "avant 2023": the word before the year tells the day
            before = text[: found.start() + (side.end() if side else 0)]
            if not _NUMBERED.search(before):
                yield _Dated(before, found[0].strip(), read(found))
        left = pattern.sub(lambda found: "\x00" * len(found[0]), left)


def _plain(question: str) -> str:
    return years_in_figures(plain_digits(question))


def write_days(question: str, write: Callable[[date], str]) -> str:
    """Write each date that has its day in one way: "31/08/2023" and "31 août 2023" are the same."""
    for pattern, read in _PATTERNS:
        question = pattern.sub(partial(_written_day, read=read, write=write), question)
    return question


def _written_day(
    found: re.Match[str],
    *,
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


def _day(year: str, month: str | int, day: str) -> Period | None:
    try:
        found = date(_full_year(year), int(month), int(day))
    except ValueError:
        return None
    return found, found


def _written(found: re.Match[str]) -> Period | None:
    day, name, year = found.groups()
    month = month_number(name)
    return _day(year, month, day) if day else _months(_full_year(year), month, month)


def _part(found: re.Match[str]) -> Period:
    """Read "début 2024" as its first three months, "mi-2023" as June and July."""
    year = int(found["year"])
    if found["start"] or found["start_ar"]:
        return _months(year, 1, 3)
    return _months(year, 6, 7) if found["middle"] else _months(year, 10, 12)


def _quarter(found: re.Match[str]) -> Period:
    said = (found[1] or "").lower().replace("è", "e")
    numbers = (n for n, names in enumerate(_ORDINALS, 1) if said in names.split())
    number = int(found[2]) if found[2] else next(numbers, 4)
    return _months(int(found[3]), 3 * number - 2, 3 * number)


def _months(year: int, first: int, last: int) -> Period:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (_ISO, lambda f: _day(f[1], f[2], f[3])),
    (_NUMERIC, lambda f: _day(f[4], f[3], f[1])),
    (_AMERICAN, lambda f: _day(f[3], month_number(f[1]), f[2])),
    (_WRITTEN, _written),
    (_QUARTER, _quarter),
    (_PART, _part),
    (_YEAR_ALONE, lambda f: _months(int(f[1]), 1, 12)),
)
