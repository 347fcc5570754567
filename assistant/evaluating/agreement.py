"""Whether the raters of a campaign agree: per criterion, per pair of raters, all together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from assistant.evaluating.campaign_records import HIGHEST, Preference
from assistant.evaluating.coefficients import (
    Resamples,
    Scale,
    alpha,
    gwet,
    raw_agreement,
    why_not_measurable,
)
from assistant.evaluating.rated import CampaignRatings, Rating
from assistant.evaluating.resampling import Counts, resample
from assistant.evaluating.result_records import (
    Agreement,
    CampaignAgreement,
    NotMeasurable,
    PairAgreement,
)

PREFERENCE = "preference"
"""Of comparisons, in place of the key of a criterion."""

ALL_CRITERIA = ""

_PREFERENCES = (Preference.FIRST, Preference.TIE, Preference.SECOND)

Unit = Mapping[int, int]
"""Rater → category, from 0, that this rater gave one item under one criterion."""


def agreement_of(gathered: CampaignRatings) -> CampaignAgreement:
    """Say how far the raters of a campaign agree; each two who share an item, without intervals.

    All criteria together takes each criterion of each item for a unit of its own; the interval
    then is narrower than it should be, since the criteria of an item go together.
    """
    by_item = gathered.by_item
    tables = _tables(gathered, by_item)
    raters = sorted({rating.person_id for rating in gathered.ratings})
    pairs = []
    for first, second in combinations(raters, 2):
        shared = {key: _only(units, first, second) for key, units in tables.items()}
        if any(shared.values()):
            measured = tuple(
                measure(key, units, with_intervals=False) for key, units in shared.items()
            )
            pairs.append(PairAgreement(first, second, measured))
    return CampaignAgreement(
        tuple(measure(key, units) for key, units in tables.items()), tuple(pairs)
    )


def measure(criterion: str, units: Sequence[Unit], *, with_intervals: bool = True) -> Agreement:
    """Measure the agreement on the units of one criterion."""
    categories = len(_PREFERENCES) if criterion == PREFERENCE else HIGHEST
    scale = Scale.NOMINAL if criterion == PREFERENCE else Scale.ORDINAL
    counts = _counts(units, categories)
    marginals = _marginals(units, categories)
    paired = counts[counts.sum(axis=1) >= 2]
    reason = why_not_measurable(counts, raters=len(marginals))
    refused = NotMeasurable(reason) if reason else None
    resamples = Resamples(*resample(counts)) if with_intervals and len(paired) > 1 else None
    return Agreement(
        criterion=criterion,
        items=len(paired),
        ratings=int(paired.sum()),
        alpha=refused or alpha(paired, scale, resamples),
        ac2=refused or gwet(counts, scale, resamples),
        raw=refused if refused and not len(paired) else raw_agreement(counts, resamples),
        marginals=marginals,
    )


def _tables(
    gathered: CampaignRatings, by_item: Mapping[int, Sequence[Rating]]
) -> dict[str, list[Unit]]:
    """Give the units of each criterion, of preferences where there are some, and of all."""

    def units(category: Callable[[Rating], int | None]) -> list[Unit]:
        found = ({r.person_id: category(r) for r in by_item.get(i, ())} for i in gathered.items)
        return [unit for one in found if (unit := {p: c for p, c in one.items() if c is not None})]

    tables = {
        criterion.key: units(lambda rating, key=criterion.key: _score(rating, key))  # type: ignore[misc]
        for criterion in gathered.criteria
    }
    if any(item.is_comparison for item in gathered.items.values()):
        preferences = units(_preference)
        if all(item.is_comparison for item in gathered.items.values()):
            return {PREFERENCE: preferences}
        tables[PREFERENCE] = preferences
    scored = [unit for key, found in tables.items() if key != PREFERENCE for unit in found]
    return {**tables, ALL_CRITERIA: scored}


def _score(rating: Rating, criterion: str) -> int | None:
    score = rating.scores.get(criterion)
    return None if score is None else score - 1


def _preference(rating: Rating) -> int | None:
    return _PREFERENCES.index(rating.preference) if rating.preference else None


def _only(units: Iterable[Unit], first: int, second: int) -> list[Unit]:
    """Give the units that both rated, without the others."""
    return [
        {first: unit[first], second: unit[second]}
        for unit in units
        if first in unit and second in unit
    ]


def _counts(units: Sequence[Unit], categories: int) -> Counts:
    """Count how many raters gave each category: a row for each unit."""
    cells = [row * categories + c for row, unit in enumerate(units) for c in unit.values()]
    counted = np.bincount(np.array(cells, dtype=np.int64), minlength=len(units) * categories)
    return counted.reshape(len(units), categories)


def _marginals(units: Iterable[Unit], categories: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for unit in units:
        for person, category in unit.items():
            if person not in found:
                found[person] = [0] * categories
            found[person][category] += 1
    return {person: tuple(counted) for person, counted in sorted(found.items())}
