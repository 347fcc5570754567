"""Means, distributions and the worst answers of what was rated."""

from collections.abc import Iterable, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import HIGHEST, LOWEST
from assistant.evaluating.rated import CampaignRatings, Rating, Scores
from assistant.evaluating.resampling import ratio_interval
from assistant.evaluating.result_records import (
    Figure,
    Group,
    Measure,
    NotMeasurable,
    Scored,
    WorstAnswer,
)
from assistant.storage.tables import AnswerRow

_WORST = 10

Rows = npt.NDArray[np.int64]


class ScoreTable:
    """The scores of some ratings, a row for each; a group is some of its rows."""

    def __init__(self, items: Sequence[int], scores: Scores, criteria: Sequence[str]) -> None:
        """Take the item of each rating, and its score of each criterion."""
        self._criteria = criteria
        self._items = np.array(items, dtype=np.int64)
        self._scores = scores

    def all(self) -> Group:
        """Describe every rating."""
        return self._group("", np.arange(len(self._items)))

    def by(self, labels: Sequence[str]) -> tuple[Group, ...]:
        """Describe the ratings of each label, in their order; `labels` has one for each rating."""
        given = np.array(labels, dtype=object)
        return tuple(
            self._group(label, np.flatnonzero(given == label)) for label in sorted(set(labels))
        )

    def _group(self, label: str, rows: Rows) -> Group:
        items, places = np.unique(self._items[rows], return_inverse=True)
        scores = zip(self._criteria, self._scores[rows].T, strict=True)
        return Group(
            label=label,
            items=len(items),
            ratings=len(rows),
            scores=tuple(_scored(key, column, places) for key, column in scores),
        )


def worst_answers(session: Session, gathered: CampaignRatings) -> tuple[WorstAnswer, ...]:
    """Give the ten answers with the lowest mean over criteria and ratings, the lowest first."""
    lowest = _lowest(gathered)
    ids = [gathered.items[item_id].answer_id for item_id, _ in lowest]
    query = select(AnswerRow.id, AnswerRow.content["answer"].as_string().label("text"))
    answers = {row.id: row.text for row in session.execute(query.where(AnswerRow.id.in_(ids)))}
    return tuple(
        WorstAnswer(
            item_id=item_id,
            question=gathered.items[item_id].question,
            answer=answers[gathered.items[item_id].answer_id],
            configuration=gathered.items[item_id].configuration,
            mean=mean,
            comments=tuple(r.comment for r in gathered.by_item[item_id] if r.comment),
        )
        for item_id, mean in lowest
    )


def _lowest(gathered: CampaignRatings) -> list[tuple[int, float]]:
    """Give the items with the lowest means, and these; of equal means the first items."""
    rated = [rating.item_id for rating in gathered.ratings]
    items, places = np.unique(np.array(rated, dtype=np.int64), return_inverse=True)
    counts = np.bincount(places, weights=np.isfinite(gathered.scores).sum(axis=1))
    sums = np.bincount(places, weights=np.nansum(gathered.scores, axis=1))
    items, means = items[counts > 0], sums[counts > 0] / counts[counts > 0]
    order = np.argsort(means, kind="stable")[:_WORST]
    return [(int(items[place]), float(means[place])) for place in order]


def median_seconds(ratings: Iterable[Rating]) -> Measure:
    """Give the median of the seconds spent on a rating."""
    spent = [rating.seconds for rating in ratings if rating.seconds]
    return Figure(median(spent)) if spent else NotMeasurable("Aucune durée n’a été relevée.")


def _scored(criterion: str, scores: npt.NDArray[np.float64], items: Rows) -> Scored:
    rated = np.isfinite(scores)
    given, items = scores[rated].astype(np.int64), items[rated]
    counts = np.bincount(given, minlength=HIGHEST + 1)[LOWEST:]
    mean: Measure = NotMeasurable("Il n’y a aucune note.")
    if len(given):
        sums, of_item = np.bincount(items, weights=given).astype(np.int64), np.bincount(items)
        interval = ratio_interval(sums[of_item > 0], of_item[of_item > 0])
        mean = Figure(float(given.mean()), interval)
    return Scored(criterion, mean, tuple(map(int, counts)))
