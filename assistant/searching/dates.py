"""The date on which a procedure was launched, when a question says it."""

import re
from calendar import monthrange
from datetime import date, timedelta

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
_PROCEDURE = re.compile(
    r"lanc|publi|paru|pass[ée]|sign|engag|procédure|procedure|marché|marche|avis|consultation"
    r"|concours|\bAOO?R?\b|appel d.offres|\bBC\b|bons? de commande",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)\b")
_ISO = re.compile(r"\b(20\d\d)-(\d{2})-(\d{2})\b")
_WRITTEN = re.compile(rf"(?:(\d{{1,2}})(?:er)?\s+)?\b({_MONTH})\.?\s+({_YEAR})", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\b(?:en|de|d'|depuis|l'an|année|exercice)\s*(20\d\d)\b", re.IGNORECASE)
_DAY_AFTER = re.compile(r"lendemain d[ue]\s*(?:l[ea'])?\s*$", re.IGNORECASE)


def launch_period(question: str) -> tuple[date, date] | None:
    """Give the first and last day the launch can have, or None when the question gives none.

    "le 31/08/2023" gives one day, "en mars 2022" a month, "en 2017" a year.
    """
    text = _TEXT_DATE.sub(" ", question)
    if not _PROCEDURE.search(text):
        return None
    for pattern, read in (
        (_ISO, lambda f: _day(f[1], f[2], f[3])),
        (_NUMERIC, lambda f: _day(f[3], f[2], f[1])),
        (_WRITTEN, _written),
        (_YEAR_ALONE, lambda f: (date(int(f[1]), 1, 1), date(int(f[1]), 12, 31))),
    ):
        found = pattern.search(text)
        period = read(found) if found else None
        if found and period:
            later = timedelta(days=1 if _DAY_AFTER.search(text[: found.start()]) else 0)
            return period[0] + later, period[1] + later
    return None


def _day(year: str, month: str, day: str) -> tuple[date, date] | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found, found


def _written(found: re.Match[str]) -> tuple[date, date] | None:
    day, name, year = found.groups()
    key = _fold(name)[:4]
    month = next((i for i, m in enumerate(_MONTHS, 1) if _fold(m).startswith(key)), None)
    number = int(year) if len(year) == 4 else 2000 + int(year)
    if month is None:
        return None
    if day:
        return _day(str(number), str(month), day)
    return date(number, month, 1), date(number, month, monthrange(number, month)[1])


def _fold(text: str) -> str:
    return text.lower().translate(str.maketrans("éèûâ", "eeua"))
