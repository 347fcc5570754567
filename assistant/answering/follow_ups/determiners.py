"""French determiners before a noun: read in one question, written in another."""

import re
from dataclasses import dataclass
from enum import Enum, auto

BEFORE = (
    r"(?:(?P<det>de la|de l'|d'une|d'un|à la|à l'|à une|à un|a la|a l'|a une|a un|aux|au|du|des|les"
    r"|le|la|l'|une|un|de|d')\s*)?"
)
"""What may stand before a noun, as `flat` writes it."""


class Kind(Enum):
    """How a noun is determined."""

    DEFINITE = auto()
    INDEFINITE = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Determiner:
    """A preposition ("de", "à" or none) and an article, which French writes as one word."""

    preposition: str
    kind: Kind
    gender: str  # "m", "f", "p" (plural), or "": the word does not tell


def read_determiner(word: str | None) -> Determiner:
    """Read what stands before a noun, as `flat` writes it; None: nothing."""
    plain = (word or "").replace("à", "a")
    preposition = "de" if plain.startswith("d") else "à" if plain.startswith("a") else ""
    article = re.sub(r"^(?:de |d'|a )", "", plain)
    gender = {"la": "f", "une": "f", "les": "p", "des": "p", "aux": "p"}.get(article, "")
    if article in ("le", "un", "du", "au"):
        gender = "m"
    if article in ("un", "une"):
        return Determiner(preposition, Kind.INDEFINITE, gender)
    if article in ("", "de", "d'"):
        return Determiner(preposition, Kind.NONE, "")
    return Determiner(preposition, Kind.DEFINITE, gender)


def write_determiner(determiner: Determiner, noun: str) -> str | None:
    """Write it before a noun (flat), with the space that follows; None where it cannot be told."""
    vowel = re.match(r"[aeiouyàh]", noun) is not None
    article = _article(determiner, vowel=vowel)
    if article is None:
        return None
    joined = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux", "de des": "de"}
    both = f"{determiner.preposition} {article}".strip()
    both = joined.get(both, both)
    if re.match(r"de une?\b", both) or (both == "de" and vowel):
        both = f"d’{both[3:]}".strip()
    return both if both.endswith("’") or not both else f"{both} "


def _article(determiner: Determiner, *, vowel: bool) -> str | None:
    if determiner.kind is Kind.NONE:
        return ""
    if determiner.kind is Kind.INDEFINITE:
        return {"m": "un", "f": "une", "p": "des"}.get(determiner.gender)
    if vowel and determiner.gender != "p":
        return "l’"
    return {"m": "le", "f": "la", "p": "les"}.get(determiner.gender)
