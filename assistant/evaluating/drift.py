"""Whether a rater moves away from the others as a campaign goes on."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.evaluating.intervals import mean_interval
from assistant.evaluating.rated import CampaignRatings, Rating
from assistant.evaluating.resampling import Floats
from assistant.evaluating.result_records import DriftPoint, Figure

_STRETCH = 10  # shared items of a point, at least: of fewer, one answer makes it
_POINTS = 12  # of a rater, at most
_RESAMPLES = 400

Rows = npt.NDArray[np.int64]


def drift_of(gathered: CampaignRatings) -> list[DriftPoint]:
    """Compare each rater with the others on the items that they share, in the order of rating.

    The distance on an item is the rater's mean score less the mean of the others', over the
    criteria that both rated. A rater has twelve points at most, each of ten items at least, unless
    there are fewer.
    """
    distances = _distances(gathered)
    people = np.array([rating.person_id for rating in gathered.ratings], dtype=np.int64)
    points = []
    for person in np.unique(people):
        shared = np.flatnonzero((people == person) & np.isfinite(distances))
        for rows in _stretches(shared):
            stretch = [gathered.ratings[row] for row in rows]
            points.append(_point(stretch, distances[rows]))
    return points


def _distances(gathered: CampaignRatings) -> Floats:
    """Give the distance of each rating from the others of its item; NaN where there are none."""
    rated = np.isfinite(gathered.scores)
    given = np.where(rated, gathered.scores, 0)
    items, places = np.unique([r.item_id for r in gathered.ratings], return_inverse=True)
    sums = np.zeros((len(items), given.shape[1]))
    counts = np.zeros_like(sums)
    np.add.at(sums, places, given)
    np.add.at(counts, places, rated)
    others = counts[places] - rated
    both = rated & (others > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = given - (sums[places] - given) / others
        return np.asarray(np.where(both, apart, 0).sum(axis=1) / both.sum(axis=1))


def _stretches(rows: Rows) -> list[Rows]:
    if not len(rows):
        return []
    points = min(max(len(rows) // _STRETCH, 1), _POINTS)
    bounds = [len(rows) * point // points for point in range(points + 1)]
    return [rows[start:end] for start, end in pairwise(bounds)]


def _point(stretch: Sequence[Rating], distances: Floats) -> DriftPoint:
    return DriftPoint(
        person_id=stretch[0].person_id,
        first_day=stretch[0].submitted_at.date(),
        last_day=stretch[-1].submitted_at.date(),
        items=len(stretch),
        distance=Figure(float(distances.mean()), mean_interval(distances, resamples=_RESAMPLES)),
    )
