"""A question, and the decree that governs it on a day set by hand."""

from datetime import date

from assistant.records import Regime, Status
from assistant.searching.regime import find_regime

TODAY = date(2026, 11, 20)
OLDEST, OLD, NEW = "2-06-388", "2-12-349", "2-22-431"
IN_FORCE, TRANSITIONAL, REPEALED = Status.IN_FORCE, Status.TRANSITIONAL, Status.REPEALED


def regime(
    question: str,
    *,
    launched: date | None = None,
    within: str | None = None,
    indexed: tuple[str, ...] = (OLD, NEW),
    today: date = TODAY,
) -> Regime:
    return find_regime(question, indexed=indexed, today=today, within=within, launched=launched)
