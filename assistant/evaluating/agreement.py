"""Whether the raters of a campaign agree: per criterion, per pair of raters, all together."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.evaluating.campaign_records import HIGHEST, LOWEST, Preference
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

NONE = -1
"""In place of a category, where a rater gave none."""

Categories = npt.NDArray[np.int64]
"""From 0, or `NONE`."""


class Grid(NamedTuple):
    """What each rater gave each unit: an item under one criterion."""

    raters: Sequence[int]
    given: Categories  # units × raters


def agreement_of(gathered: CampaignRatings) -> CampaignAgreement:
    """Say how far the raters of a campaign agree; each two who share an item, without intervals.

    All criteria together takes each criterion of each item for a unit of its own; the interval
    then is narrower than it should be, since the criteria of an item go together.
    """
    grids = _grids(gathered)
    raters = next(iter(grids.values())).raters
    pairs = []
    for places in combinations(range(len(raters)), 2):
        shared = {key: _only(grid, places) for key, grid in grids.items()}
        if any(len(grid.given) for grid in shared.values()):
            measured = tuple(
                measure(key, grid, with_intervals=False) for key, grid in shared.items()
            )
            first, second = (raters[place] for place in places)
            pairs.append(PairAgreement(first, second, measured))
    return CampaignAgreement(tuple(measure(key, grid) for key, grid in grids.items()), tuple(pairs))


def measure(criterion: str, grid: Grid, *, with_intervals: bool = True) -> Agreement:
    """Measure the agreement on the units of one criterion."""
    categories = len(_PREFERENCES) if criterion == PREFERENCE else HIGHEST
    scale = Scale.NOMINAL if criterion == PREFERENCE else Scale.ORDINAL
    counts = _counts(grid.given, categories)
    marginals = _marginals(grid, categories)
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


def _grids(gathered: CampaignRatings) -> dict[str, Grid]:
    """Give the grid of each criterion, of preferences where there are some, and of all."""
    raters, columns = np.unique([r.person_id for r in gathered.ratings], return_inverse=True)
    items, rows = np.unique([r.item_id for r in gathered.ratings], return_inverse=True)

    def grid(categories: Categories) -> Grid:
        given = np.full((len(items), len(raters)), NONE)
        given[rows, columns] = categories
        return Grid(raters.tolist(), given[(given != NONE).any(axis=1)])

    scores = np.where(np.isfinite(gathered.scores), gathered.scores - LOWEST, NONE).astype(int)
    grids = {c.key: grid(scores[:, place]) for place, c in enumerate(gathered.criteria)}
    together = np.concatenate([one.given for one in grids.values()])
    compared = [item.is_comparison for item in gathered.items.values()]
    if any(compared):
        preferences = grid(np.array([_preference(rating) for rating in gathered.ratings]))
        if all(compared):
            return {PREFERENCE: preferences}
        grids[PREFERENCE] = preferences
    return {**grids, ALL_CRITERIA: Grid(raters.tolist(), together)}


def _preference(rating: Rating) -> int:
    return _PREFERENCES.index(rating.preference) if rating.preference else NONE


def _only(grid: Grid, places: tuple[int, int]) -> Grid:
    """Give the units that both rated, without the others."""
    both = grid.given[:, places]
    return Grid([grid.raters[place] for place in places], both[(both != NONE).all(axis=1)])


def _counts(given: Categories, categories: int) -> Counts:
    """Count how many raters gave each category: a row for each unit."""
    return np.stack([(given == one).sum(axis=1) for one in range(categories)], axis=1)


def _marginals(grid: Grid, categories: int) -> Mapping[int, tuple[int, ...]]:
    """Give rater → how often each category; who gave none is left out."""
    counted = _counts(grid.given.T, categories)
    return {
        rater: tuple(counts.tolist())
        for rater, counts in zip(grid.raters, counted, strict=True)
        if counts.any()
    }
