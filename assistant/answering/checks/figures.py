"""Whether the amounts, shares, delays, dates and counts of a sentence are those of its source."""

from collections.abc import Iterator

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.quantities import Day, Quantity, read_days, read_quantities
from assistant.answering.checks.sources import Clause, Source

_LARGE = 1000  # a number from which it is no count but an amount
_ELSEWHERE = 0.7
"""Share of the overlap of the closest clause with such a figure: below, it is of something else."""


def check_figures(said: Clause, source: Source) -> Iterator[Finding]:
    """Find the figures that the source has not, has with another unit, or has of something else."""
    given = read_quantities(source.text)
    dates = [day for day, _ in (*read_days(source.text), *read_days(source.names))]
    years = {day.year for day in dates}
    for quantity in read_quantities(said.text):
        if not quantity.tells or quantity.bare in years:  # "le décret de 2023"
            continue
        if quantity.again not in (None, quantity.bare):
            message = f"Le nombre « {quantity.shown} » n’est pas le même en lettres et en chiffres."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)
        elif not any(_agree(quantity, one) for one in given):
            message = f"Le nombre « {quantity.shown} » ne figure pas dans la source citée."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)
        elif _is_elsewhere(quantity, said, source):
            message = f"Dans la source citée, le nombre « {quantity.shown} » porte sur autre chose."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)
    for day, shown in read_days(said.text):
        if not any(_agree_days(day, one) for one in dates):
            message = f"La date « {shown} » ne figure pas dans la source citée."
            yield Finding(FindingKind.FIGURE_NOT_IN_SOURCE, message, serious=True)


def _agree(claimed: Quantity, given: Quantity) -> bool:
    """Whether they are equal, with the same unit where both have one."""
    if claimed.day_kind and claimed.day_kind != given.day_kind:
        return False
    if claimed.unit and given.unit:
        return claimed.unit == given.unit and claimed.value == given.value
    if claimed.noun and given.unit and claimed.bare < _LARGE:
        return False  # "vingt et un journaux" is not in "vingt et un jours"
    return claimed.bare == given.bare


def _agree_days(claimed: Day, given: Day) -> bool:
    return all(one is None or one == other for one, other in zip(claimed, given, strict=True))


def _is_elsewhere(quantity: Quantity, said: Clause, source: Source) -> bool:
    """Whether the source gives another figure of this kind where it speaks of the same thing."""
    alike = [
        (source.overlap(said, clause), _agree(quantity, one))
        for clause in source.clauses
        for one in read_quantities(clause.text)
        if (one.unit == quantity.unit if quantity.unit else one.noun == quantity.noun)
    ]
    best = max((overlap for overlap, _ in alike), default=0.0)
    held = max((overlap for overlap, agrees in alike if agrees), default=0.0)
    return held < _ELSEWHERE * best
