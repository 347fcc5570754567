"""Shares and percentiles, None where there is nothing to count."""

import statistics
from collections.abc import Sequence


def share(flags: Sequence[bool]) -> float | None:
    """Give the share of true flags, from 0 to 1."""
    return round(sum(flags) / len(flags), 4) if flags else None


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Give a percentile, from 1 to 99, of values in any order, in their unit."""
    if len(values) < 2:
        return round(values[0], 4) if values else None
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 4)
