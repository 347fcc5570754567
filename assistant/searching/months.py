"""How months, days and years are written in French, English and Arabic."""

import re

_NAMES = (
    ("janv(?:ier)?|jan(?:uary)?", "يناير|جانفي"),
    ("f[ée]vr?(?:ier)?|feb(?:ruary)?", "فبراير"),
    ("mars|mar(?:ch)?", "مارس"),
    ("avr(?:il)?|apr(?:il)?", "[أا]بريل"),
    ("mai|may", "ماي(?:و)?"),
    ("juin|june?", "يوني[وه]"),
    ("juil(?:let)?|july?", "يوليوز?"),
    ("ao[uû]t|aug(?:ust)?", "غشت|[أا]غسطس"),
    ("sept(?:embre|ember)?|sep", "شتنبر|سبتمبر"),
    ("oct(?:obre|ober)?", "[أا]كتوبر"),
    ("nov(?:embre|ember)?", "نونبر|نوفمبر"),
    ("d[ée]c(?:embre|ember)?", "دجنبر|ديسمبر"),
)
_MONTHS = tuple(re.compile("|".join(names), re.IGNORECASE) for names in _NAMES)

MONTH = rf"(?<!\w)(?:{'|'.join('|'.join(names) for names in _NAMES)})(?!\w)"
"""A month, as a regular expression without groups."""

_UNITS = "un deux trois quatre cinq six sept huit neuf".split()  # noqa: SIM905
_TEENS = "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()  # noqa: SIM905
_IN_WORDS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    "vingt": 20,
    "vingt-et-un": 21,
    **{f"vingt-{word}": number for number, word in enumerate(_UNITS[1:], 22)},
    "trente": 30,
}
_YEAR_IN_WORDS = re.compile(
    r"\bdeux[\s-]mille(?:[\s-]("
    + "|".join(w.replace("-", r"[\s-]") for w in sorted(_IN_WORDS, key=len, reverse=True))
    + r"))\b(?!\s+(?:dirhams|DH|jours|mois|francs))",
    re.IGNORECASE,
)


def month_number(name: str) -> int:
    """Give the number of a month, from 1, that `MONTH` has found."""
    return next(n for n, month in enumerate(_MONTHS, 1) if month.fullmatch(name))


def years_in_figures(text: str) -> str:
    """Write "deux mille vingt-deux" as 2022, up to 2030; amounts stay as they are."""
    return _YEAR_IN_WORDS.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    return str(2000 + _IN_WORDS["-".join(re.split(r"[\s-]+", found[1].lower()))])
