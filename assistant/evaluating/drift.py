"""Whether a rater moves away from the others as a campaign goes on."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assistant.evaluating.intervals import Interval
from assistant.evaluating.rated import CampaignRatings, Rating
from assistant.evaluating.resampling import interval_of, resample
from assistant.evaluating.result_records import DriftPoint, Figure

_STRETCH = 10  # shared items of a point, at least: of fewer, one answer makes it
_POINTS = 12  # of a rater, at most
_RESAMPLES = 400


def drift_of(gathered: CampaignRatings) -> list[DriftPoint]:
    """Compare each rater with the others on the items that they share, in the order of rating.

    The distance on an item is the rater's mean score less the mean of the others', over the
    criteria that both rated. A rater has twelve points at most, each of ten items at least, unless
    there are fewer.
    """
    distances: dict[int, list[tuple[Rating, float]]] = defaultdict(list)
    shared = gathered.by_item
    for rating in gathered.ratings:
        others = [r for r in shared[rating.item_id] if r.person_id != rating.person_id]
        if (distance := _distance(rating, others)) is not None:
            distances[rating.person_id].append((rating, distance))
    return [
        _point(person, stretch)
        for person, found in sorted(distances.items())
        for stretch in _stretches(found)
    ]


def _distance(rating: Rating, others: Sequence[Rating]) -> float | None:
    found = []
    for criterion, score in rating.scores.items():
        given = [o.scores[criterion] for o in others if criterion in o.scores]
        if given:
            found.append(score - sum(given) / len(given))
    return sum(found) / len(found) if found else None


def _stretches(
    found: Sequence[tuple[Rating, float]],
) -> list[Sequence[tuple[Rating, float]]]:
    points = min(max(len(found) // _STRETCH, 1), _POINTS)
    bounds = [len(found) * point // points for point in range(points + 1)]
    return [found[start:end] for start, end in pairwise(bounds)]


def _point(person: int, stretch: Sequence[tuple[Rating, float]]) -> DriftPoint:
    values = [distance for _, distance in stretch]
    return DriftPoint(
        person_id=person,
        first_day=stretch[0][0].submitted_at.date(),
        last_day=stretch[-1][0].submitted_at.date(),
        items=len(values),
        distance=Figure(sum(values) / len(values), _interval(values)),
    )


def _interval(values: Sequence[float]) -> Interval | None:
    if len(values) < 2:
        return None
    rows, weights = resample(np.array(values)[:, None], resamples=_RESAMPLES)
    return interval_of((weights @ rows)[:, 0] / len(values))
