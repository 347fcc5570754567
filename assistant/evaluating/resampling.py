"""Bootstrap over items whose rows are few and often the same.

Items with the same row are the same to every figure, so that what is drawn is how often each
distinct row comes: a multinomial draw, with the distribution of drawing items one by one. 10,000
items cost no more than their few dozen distinct rows.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.evaluating.intervals import Interval

Counts = npt.NDArray[np.int64]
"""Items × categories: how many raters gave each."""

Floats = npt.NDArray[np.float64]

RESAMPLES = 1_000
_SEED = 20261127  # the same ratings give the same interval
_FEWEST_SHARE = 0.5  # of the resamples that must be measurable for an interval to be said


def resample(
    rows: npt.NDArray[Any], *, resamples: int = RESAMPLES
) -> tuple[npt.NDArray[Any], Floats]:
    """Give the distinct rows, and how often each resample of the items has each of them.

    `rows` has a row, or a number, for each item.
    """
    distinct, often = _distinct(rows)
    generator = np.random.default_rng(_SEED)
    drawn = generator.multinomial(len(rows), often / len(rows), resamples)
    return distinct, drawn.astype(float)


def _distinct(rows: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Counts]:
    """Give the distinct rows in their order, and how often each comes."""
    if rows.ndim == 1:
        return np.unique(rows, return_counts=True)
    sizes = tuple(map(int, rows.max(axis=0) + 1))
    if rows.dtype.kind != "i" or math.prod(sizes) > np.iinfo(np.int64).max:
        return np.unique(rows, axis=0, return_counts=True)
    # Counts: each row is one number, which sort in a tenth of the time of rows.
    numbers, often = np.unique(np.ravel_multi_index(tuple(rows.T), sizes), return_counts=True)
    return np.stack(np.unravel_index(numbers, sizes), axis=1), often


def interval_of(found: Floats) -> Interval | None:
    """Give the 95 % percentile interval; None where half of the resamples gave no figure (NaN)."""
    measured = found[np.isfinite(found)]
    if len(measured) < _FEWEST_SHARE * len(found):
        return None
    low, high = np.percentile(measured, [2.5, 97.5])
    return Interval(float(low), float(high))


def ratio_interval(sums: Counts, counts: Counts) -> Interval | None:
    """Give the interval of `sum(sums) / sum(counts)`, a pair for each item; None below two items.

    It is that of a mean over ratings, where the ratings of an item go together.
    """
    if len(sums) < 2:
        return None
    rows, weights = resample(np.stack([sums, counts], axis=1))
    totals = weights @ rows
    return interval_of(totals[:, 0] / totals[:, 1])
