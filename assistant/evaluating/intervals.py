"""How far a mean over questions could be from the one that other questions would give."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_RESAMPLES = 10_000
_BATCH = 500  # resamples held in memory at once
_SEED = 20261120  # the same questions give the same interval


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def mean_interval(
    values: Sequence[float] | npt.NDArray[np.float64], *, resamples: int = _RESAMPLES
) -> Interval | None:
    """Give the 95 % percentile bootstrap interval of a mean over questions; None below two.

    Efron, "Bootstrap methods: another look at the jackknife", 1979. When every question has the
    same value it is that value alone: resampling cannot show what was never seen.
    """
    from scipy.stats import bootstrap  # a second, that not every start-up needs

    if len(values) < 2:
        return None
    found = bootstrap(
        (np.asarray(values),),
        np.mean,
        n_resamples=resamples,
        batch=_BATCH,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Interval(float(found.low), float(found.high))
