"""A day as people write it in French, "01/09/2023" or "1er septembre 2023" → a date."""

import re
import unicodedata
from datetime import date

_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout"),
    *("septembre", "octobre", "novembre", "decembre"),
)
_NUMERIC = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(rf"(\d{{1,2}})(?:\s?er)?\s+({'|'.join(_MONTHS)})\s+(\d{{4}})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def read_day(text: str) -> date | None:
    """Read one day, and nothing else; None when no such day exists, or not from 1900 to 2199."""
    folded = unicodedata.normalize("NFKD", " ".join(text.lower().split()))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WRITTEN.fullmatch(plain):
        day, month, year = int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3])
    else:
        return None
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None
