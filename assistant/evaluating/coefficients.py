"""How far ratings agree beyond chance: alpha (Krippendorff), AC1 and AC2 (Gwet), and plainly.

Ratings come as counts: a row for each item, a column for each category, how many raters gave it.
The interval of each figure is that of a bootstrap over the items (see `resampling`).

Both are counted by their authors' formulas, for all resamples at once: Krippendorff, "Computing
Krippendorff's alpha-reliability", 2011; Gwet, "Handbook of inter-rater reliability", 4th edition,
2014, chapters 2 to 5. The tests hold alpha to the package `krippendorff`, which is GPL-3 and so
only a reference here; decision 20 says why the package `irrCAC` is not used.
"""

from enum import Enum
from typing import NamedTuple

import numpy as np

from assistant.evaluating.resampling import Counts, Floats, interval_of
from assistant.evaluating.result_records import Figure, Measure, NotMeasurable

ALL_THE_SAME = "Toutes les notes sont les mêmes : rien ne distingue l’accord du hasard."


class Scale(Enum):
    """What is known of the order of categories."""

    ORDINAL = "ordinal"
    NOMINAL = "nominal"


def why_not_measurable(counts: Counts, *, raters: int) -> str | None:
    """Say why there can be no coefficient, in French; None when there can."""
    paired = counts[counts.sum(axis=1) >= 2]
    if not counts.sum():
        return "Il n’y a aucune note."
    if raters < 2:
        return "Une seule personne a noté."
    if not len(paired):
        return "Aucune réponse n’a été notée par deux personnes."
    if (paired.sum(axis=0) > 0).sum() < 2:
        return ALL_THE_SAME
    return None


class Resamples(NamedTuple):
    """The distinct rows of some items, and how often each resample of the items has each."""

    rows: Counts
    weights: Floats


def alpha(counts: Counts, scale: Scale, resamples: Resamples | None = None) -> Measure:
    """Give Krippendorff's alpha: 1 for perfect agreement, 0 for that of chance.

    Without resamples it has no interval.
    """
    [value] = resampled_alpha(counts, np.ones((1, len(counts))), scale)
    return _figure(value, resamples and resampled_alpha(*resamples, scale))


def gwet(counts: Counts, scale: Scale, resamples: Resamples | None = None) -> Measure:
    """Give Gwet's AC2 with ordinal weights, or his AC1 where categories have no order."""
    [value] = resampled_gwet(counts, np.ones((1, len(counts))), scale)
    return _figure(value, resamples and resampled_gwet(*resamples, scale))


def raw_agreement(counts: Counts, resamples: Resamples | None = None) -> Measure:
    """Give the share of pairs of ratings of an item that are the same, averaged over items.

    At least one item was rated by two.
    """
    same = np.eye(counts.shape[1])
    [value] = _pairwise(counts, np.ones((1, len(counts))), same)
    return _figure(value, resamples and _pairwise(*resamples, same))


def ordinal_weights(categories: int) -> Floats:
    """Give Gwet's ordinal weights (2014, section 3.5): 1 on the diagonal, 0 at the far ends."""
    places = np.arange(categories)
    apart = np.abs(places[:, None] - places[None, :])
    pairs = apart * (apart + 1) / 2  # of categories from the one to the other
    return np.asarray(1 - pairs / pairs.max())


def resampled_alpha(rows: Counts, weights: Floats, scale: Scale) -> Floats:
    """Give alpha of each resample; NaN: not measurable.

    `weights`, resamples × rows, says how often a resample has each row.
    """
    each = rows.sum(axis=1)
    rows, weights, each = rows[each >= 2], weights[:, each >= 2], each[each >= 2]
    pairs = rows[:, :, None] * rows[:, None, :] - rows[:, :, None] * np.eye(rows.shape[1])
    seen = np.tensordot(weights, pairs / (each - 1)[:, None, None], axes=1)
    marginals = seen.sum(axis=2)
    distance = _alpha_distances(marginals, scale)
    total = marginals.sum(axis=1)
    expected = marginals[:, :, None] * marginals[:, None, :] * distance
    with np.errstate(divide="ignore", invalid="ignore"):
        by_chance = expected.sum(axis=(1, 2)) / (total - 1)
        return np.asarray(
            np.where(by_chance > 0, 1 - (seen * distance).sum(axis=(1, 2)) / by_chance, np.nan)
        )


def resampled_gwet(rows: Counts, weights: Floats, scale: Scale) -> Floats:
    """Give AC1 or AC2 of each resample. NaN: all its ratings are the same."""
    categories = rows.shape[1]
    close = ordinal_weights(categories) if scale is Scale.ORDINAL else np.eye(categories)
    agreed = _pairwise(rows, weights, close)
    each = np.maximum(rows.sum(axis=1), 1)
    rated = weights @ (rows.sum(axis=1) > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = (weights @ (rows / each[:, None])) / rated[:, None]
    chance = close.sum() / (categories * (categories - 1)) * (shares * (1 - shares)).sum(axis=1)
    return np.asarray(np.where(shares.max(axis=1) < 1, (agreed - chance) / (1 - chance), np.nan))


def _pairwise(rows: Counts, weights: Floats, close: Floats) -> Floats:
    """Give the mean closeness of two ratings of an item, over the items that two rated."""
    each = rows.sum(axis=1)
    rows, weights, each = rows[each >= 2], weights[:, each >= 2], each[each >= 2]
    near = (rows * (rows @ close - 1)).sum(axis=1) / (each * (each - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((weights @ near) / weights.sum(axis=1))


def _alpha_distances(marginals: Floats, scale: Scale) -> Floats:
    """Give the squared distance of each two categories, in each resample (Krippendorff 2011, E)."""
    categories = marginals.shape[1]
    if scale is Scale.NOMINAL:
        return np.broadcast_to(1 - np.eye(categories), (len(marginals), categories, categories))
    below = np.cumsum(marginals, axis=1) - marginals / 2
    return np.asarray((below[:, :, None] - below[:, None, :]) ** 2)


def _figure(value: float, drawn: Floats | None) -> Measure:
    if not np.isfinite(value):
        return NotMeasurable(ALL_THE_SAME)
    return Figure(float(value), None if drawn is None else interval_of(drawn))
