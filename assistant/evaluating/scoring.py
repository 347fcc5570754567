"""Means, distributions and the worst answers of what was rated."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import HIGHEST, LOWEST
from assistant.evaluating.rated import CampaignRatings, RatedItem, Rating
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
_NO_RATING = NotMeasurable("Il n’y a aucune note.")


def group_of(label: str, ratings: Sequence[Rating], criteria: Sequence[str]) -> Group:
    """Describe some ratings."""
    return Group(
        label=label,
        items=len({rating.item_id for rating in ratings}),
        ratings=len(ratings),
        scores=tuple(_scored(criterion, ratings) for criterion in criteria),
    )


def groups_by(
    gathered: CampaignRatings, ratings: Iterable[Rating], key: Callable[[RatedItem], str]
) -> tuple[Group, ...]:
    """Describe the ratings of items that have something in common, in the order of its name."""
    found: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        found[key(gathered.items[rating.item_id])].append(rating)
    criteria = [criterion.key for criterion in gathered.criteria]
    return tuple(group_of(label, found[label], criteria) for label in sorted(found))


def worst_answers(session: Session, gathered: CampaignRatings) -> tuple[WorstAnswer, ...]:
    """Give the ten answers with the lowest mean over criteria and ratings, the lowest first."""
    means = sorted(
        (fmean(scores), item_id)
        for item_id, ratings in gathered.by_item().items()
        if (scores := [score for rating in ratings for score in rating.scores.values()])
    )[:_WORST]
    ids = [gathered.items[item_id].answer_id for _, item_id in means]
    query = select(AnswerRow).where(AnswerRow.id.in_(ids))
    answers = {row.id: str(row.content["answer"]) for row in session.scalars(query)}
    comments = gathered.by_item()
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


def _scored(criterion: str, ratings: Iterable[Rating]) -> Scored:
    counts: Counter[int] = Counter()
    by_item: dict[int, list[int]] = defaultdict(list)
    for rating in ratings:
        if (score := rating.scores.get(criterion)) is not None:
            counts[score] += 1
            by_item[rating.item_id].append(score)
    levels = range(LOWEST, HIGHEST + 1)
    total = sum(counts.values())
    mean: Measure = _NO_RATING
    if total:
        value = sum(score * count for score, count in counts.items()) / total
        sums = [sum(scores) for scores in by_item.values()]
        mean = Figure(value, ratio_interval(sums, [len(scores) for scores in by_item.values()]))
    return Scored(criterion, mean, tuple(counts[level] for level in levels))
