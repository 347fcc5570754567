"""What the ratings outside of campaigns say: means with intervals, as campaigns give them."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.result_records import Group
from assistant.evaluating.scoring import ScoreTable
from assistant.storage.tables import CRITERIA, AnswerRow, RatingRow


@dataclass(frozen=True, slots=True)
class FreeResults:
    """The ratings outside of campaigns, also those under names that people typed."""

    annotators: int
    all: Group
    by_model: tuple[Group, ...]


def read_free_results(session: Session) -> FreeResults:
    """Describe every rating outside of campaigns."""
    scores = (getattr(RatingRow, name) for name in CRITERIA)
    query = (
        select(RatingRow.annotator, RatingRow.answer_id, AnswerRow.model, *scores)
        .join(AnswerRow, AnswerRow.id == RatingRow.answer_id)
        .order_by(RatingRow.id)
    )
    rows = session.execute(query).all()
    answers = {answer_id: place for place, (_, answer_id, *_) in enumerate(rows)}
    table = ScoreTable(
        [answers[row.answer_id] for row in rows],
        np.array([row[3:] for row in rows], dtype=float).reshape(len(rows), len(CRITERIA)),
        CRITERIA,
    )
    return FreeResults(
        annotators=len({row.annotator for row in rows}),
        all=table.all(),
        by_model=table.by([row.model for row in rows]),
    )
