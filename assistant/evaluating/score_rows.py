"""The scores of many ratings, read at once: a row for each rating, a column for each criterion."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from assistant.storage.campaign_tables import AssignmentRow, CampaignItemRow, ItemScoreRow

ScoreRow = Sequence[int | None]
"""1 to 5 for each criterion, in their order; None: it was not rated."""


def read_score_rows(
    session: Session, items: ColumnElement[bool], criteria: Sequence[str]
) -> dict[int, ScoreRow]:
    """Give assignment → scores, of the items under a condition, where any criterion was rated.

    The database turns rows into columns: a tenth of the rows to carry, where each criterion is one.
    """
    if not criteria:
        return {}
    of_criterion = (
        func.max(case((ItemScoreRow.criterion == key, ItemScoreRow.score))) for key in criteria
    )
    query = (
        select(ItemScoreRow.assignment_id, *of_criterion)
        .join(AssignmentRow, AssignmentRow.id == ItemScoreRow.assignment_id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(items)
        .group_by(ItemScoreRow.assignment_id)
    )
    return {assignment_id: scores for assignment_id, *scores in session.execute(query)}


def named_scores(criteria: Sequence[str], scores: ScoreRow | None) -> Mapping[str, int]:
    """Give criterion → score; one that was not rated is not there."""
    given = zip(criteria, scores or (), strict=scores is not None)
    return {key: score for key, score in given if score is not None}
