"""Means, distributions and the worst answers of what was rated."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, median

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import HIGHEST, LOWEST
from assistant.evaluating.rated import CampaignRatings, Rating
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
_UNRATED = 0  # in the tables of this file alone: no score is 0

Rows = npt.NDArray[np.int64]


class ScoreTable:
    """The scores of some ratings, a row for each; a group is some of its rows."""

    def __init__(self, ratings: Sequence[Rating], criteria: Sequence[str]) -> None:
        self._criteria = criteria
        self._items = np.array([rating.item_id for rating in ratings], dtype=np.int64)
        self._scores = np.array(
            [[rating.scores.get(key, _UNRATED) for key in criteria] for rating in ratings],
            dtype=np.int64,
        ).reshape(len(ratings), len(criteria))

    def all(self) -> Group:
        """Describe every rating."""
        return self._group("", np.arange(len(self._items)))

    def by(self, labels: Sequence[str]) -> tuple[Group, ...]:
        """Describe the ratings of each label, in their order; `labels` has one for each rating."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, label in enumerate(labels):
            rows[label].append(row)
        return tuple(self._group(label, np.array(rows[label])) for label in sorted(rows))

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
    means = sorted(
        (fmean(scores), item_id)
        for item_id, ratings in gathered.by_item.items()
        if (scores := [score for rating in ratings for score in rating.scores.values()])
    )[:_WORST]
    ids = [gathered.items[item_id].answer_id for _, item_id in means]
    query = select(AnswerRow).where(AnswerRow.id.in_(ids))
    answers = {row.id: str(row.content["answer"]) for row in session.scalars(query)}
    comments = gathered.by_item
    return tuple(
        WorstAnswer(
            item_id=item_id,
            question=gathered.items[item_id].question,
            answer=answers[gathered.items[item_id].answer_id],
            configuration=gathered.items[item_id].configuration,
            mean=mean,
            comments=tuple(r.comment for r in comments[item_id] if r.comment),
        )
        for mean, item_id in means
    )


def median_seconds(ratings: Iterable[Rating]) -> Measure:
    """Give the median of the seconds spent on a rating."""
    spent = [rating.seconds for rating in ratings if rating.seconds]
    return Figure(median(spent)) if spent else NotMeasurable("Aucune durée n’a été relevée.")


def _scored(criterion: str, scores: Rows, items: Rows) -> Scored:
    rated = scores != _UNRATED
    scores, items = scores[rated], items[rated]
    counts = np.bincount(scores, minlength=HIGHEST + 1)[LOWEST:]
    mean: Measure = NotMeasurable("Il n’y a aucune note.")
    if len(scores):
        sums, of_item = np.bincount(items, weights=scores), np.bincount(items)
        interval = ratio_interval(sums[of_item > 0], of_item[of_item > 0])
        mean = Figure(float(scores.mean()), interval)
    return Scored(criterion, mean, tuple(map(int, counts)))
