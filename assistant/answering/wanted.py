"""What a quotation that answers a question should hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Weights = Mapping[int, float]
"""Stem → how much a word counts."""

_ASKS_LIST = re.compile(
    r"\bquel(?:le)?s\b|\blistes?\b|\bénum[èé]r|\bqu['’](?:y a-t-il|indique)"
    r"|\bqui (?:compose|siège|fait partie|sont les membres)|\bcomposition\b"
    r"|\bde (?:quoi|qui) (?:se compose|est composée?|sont composée?s)"
    r"|\bque (?:doit|doivent|contien|compren|comport|met|faut-il (?:mettre|joindre|fournir))",
    re.IGNORECASE,
)

_NUMBER_WORD = (
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante"
    r"|cinquante|soixante|quatre.vingts?|cent|mille|millions?"
)
AMOUNT = r"\d\)?\s+(?:de\s+)?(?:dirhams|DH)\b"
_DURATION = (  # "vingt et un jours" ends in "un"
    rf"(?:\d|\b(?:une?|{_NUMBER_WORD}))\)?\s+(?:jours?|mois|ans?|années?|heures?)\b"
    r"|\b\w+ième\s+(?:jour|mois)\b"
)
RATE = r"\d\s*%|\bpour cent\b|\bpour mille\b"
_COUNT = rf"\(\d|\b\d+\b|\b(?:{_NUMBER_WORD})\b"
_QUANTITIES = (
    (r"\bmontants?\b|\bplafonds?\b|\bprix\b|\bsommes?\b|\bbudget\b|\bseuils?\b", AMOUNT),
    (r"\bamounts?\b|\bthresholds?\b|\bceilings?\b|مبلغ|سقف|عتبة", AMOUNT),
    (
        r"\btaux\b|\bpourcentages?\b|\bproportion\b|\bpart max|\brates?\b|\bpercent|نسبة"
        r"|\b(?:totalité|intégralité|moitié)\b",
        RATE,
    ),
    (r"\bd[ée]lais?\b|\bdur[ée]es?\b|\bjours?\b|\bjrs?\b|\btemps\b|\bdate\b", _DURATION),
    (r"(?:^|[.,;:?!(]\s*|\b(?:et|ou|de|depuis|pour|jusqu.\s*[àa])\s+)quand\b", _DURATION),
    (r"\bhow (?:long|soon)\b|\bdays?\b|\bdeadlines?\b|\bperiods?\b|مدة|أجل\b|آجال|يوما", _DURATION),
    (
        r"\bcombien\b|\bcb\b|\bmax(?:i|\b)|\bmin(?:i|\b)|\bnombre\b|\bhow many\b|\bnumber\b"
        r"|\bكم\b|عدد",
        _COUNT,
    ),
)
"""What a question asks for → what a text gives; the first that fits decides."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quotation should hold."""

    weights: Weights
    quantity: re.Pattern[str] | None = None  # how the quantity asked for is written
    enumeration: bool = False  # whether a list is asked for


def wanted_by(question: str, weights: Weights) -> Wanted:
    """Tell what a quotation that answers a question should hold."""
    quantity = quantity_asked(question)
    asks_list = quantity is None and _ASKS_LIST.search(question) is not None
    return Wanted(weights, quantity, asks_list)


def quantity_asked(question: str) -> re.Pattern[str] | None:
    """Tell how the quantity that a question asks for is written; None if it asks for none."""
    for asks, gives in _QUANTITIES:
        if re.search(asks, question, re.IGNORECASE):
            return re.compile(gives, re.IGNORECASE)
    return None
