"""What each rating says about the article that a question leads to.

A rating confirms when it finds the sources exact (5 of 5) and the answer to the point (4 or 5).
The article confirmed is the one that the answer cites first of each text. In a campaign a rater may
name the right articles: then these are confirmed, whatever the answer cites; and a reviewer's
decision stands in place of the ratings of its item.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answer_records import Outcome
from assistant.evaluating.campaign_records import (
    HIGHEST,
    CitationVerdict,
    Marks,
    RatingState,
    SentenceVerdict,
)
from assistant.evaluating.marks import read_marks, read_scores
from assistant.searching.question_identity import can_be_key
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    DecisionRow,
    ItemRatingRow,
)
from assistant.storage.tables import AnswerRow, RatingRow

_EXACT, _TO_THE_POINT = 5, 4


class Answered(Protocol):
    """What of a kept answer says which article its question leads to."""

    @property
    def question(self) -> str:
        """As it was asked."""

    @property
    def outcome(self) -> str:
        """See `Outcome`."""

    @property
    def content(self) -> dict[str, Any]:
        """As the command line prints it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rating, or decision, says of the question of an answer."""

    question: str
    articles: Mapping[str, str | None]  # instrument → the article it leads to; None: to none
    given_at: datetime
    rating_id: int | None = None  # where it comes from: one of the three
    assignment_id: int | None = None
    decision_id: int | None = None


def quick_verdicts(session: Session, answers: Collection[str]) -> Iterable[Verdict]:
    """Give what the ratings outside of campaigns say of some answers."""
    query = (
        select(RatingRow, AnswerRow)
        .join(RatingRow.answer)
        .where(AnswerRow.id.in_(answers))
        .order_by(RatingRow.id)
    )
    for rating, answer in session.execute(query):
        confirms = rating.exactitude_sources >= _EXACT and rating.pertinence >= _TO_THE_POINT
        yield Verdict(
            answer.question,
            _articles(answer, confirms=confirms),
            rating.rated_at,
            rating_id=rating.id,
        )


def campaign_verdicts(session: Session, items: Collection[int]) -> Iterable[Verdict]:
    """Give what the submitted ratings of some items say, or the decision in their place."""
    query = (
        select(CampaignItemRow, AnswerRow)
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
        .where(CampaignItemRow.id.in_(items), CampaignItemRow.other_answer_id.is_(None))
        .order_by(CampaignItemRow.id)
    )
    for item, answer in session.execute(query):
        decision = session.scalars(
            select(DecisionRow)
            .where(DecisionRow.item_id == item.id)
            .order_by(DecisionRow.id.desc())
            .limit(1)
        ).first()
        if decision:
            marks = read_marks(decision, decision.scores)
            found = articles_confirmed(answer, marks)
            yield Verdict(answer.question, found, decision.decided_at, decision_id=decision.id)
        else:
            yield from _rated(session, item, answer)


def articles_confirmed(answer: Answered, marks: Marks) -> dict[str, str | None]:
    """Give the article that marks confirm of each text the answer is about; None: no article."""
    if marks.right_articles and can_be_key(answer.question, among=_instruments(answer)):
        named: dict[str, str | None] = {}
        for article in marks.right_articles:
            named.setdefault(article.instrument, article.number)
        return _articles(answer, confirms=False) | named
    return _articles(answer, confirms=_confirms(answer, marks))


def _rated(session: Session, item: CampaignItemRow, answer: AnswerRow) -> Iterable[Verdict]:
    query = (
        select(ItemRatingRow)
        .join(AssignmentRow, AssignmentRow.id == ItemRatingRow.assignment_id)
        .where(AssignmentRow.item_id == item.id, ItemRatingRow.state == RatingState.SUBMITTED)
        .order_by(ItemRatingRow.assignment_id)
    )
    for rating in session.scalars(query):
        marks = read_marks(rating, read_scores(session, rating.assignment_id))
        yield Verdict(
            answer.question,
            articles_confirmed(answer, marks),
            rating.submitted_at or rating.saved_at,
            assignment_id=rating.assignment_id,
        )


def _confirms(answer: Answered, marks: Marks) -> bool:
    """Whether the sources are exact and the answer to the point, by what the campaign asks for."""
    exact = marks.scores.get("fidelite_sources")
    to_the_point = marks.scores.get("pertinence", HIGHEST)  # not asked for: nothing against it
    if SentenceVerdict.WRONG in marks.sentences.values():
        return False
    if CitationVerdict.BESIDE in marks.citations.values():
        return False
    if exact is None:  # not asked for: then each first citation is to be found right
        labels = _first_labels(answer)
        right = [marks.citations.get(label) is CitationVerdict.RIGHT for label in labels]
        return bool(right) and all(right) and to_the_point >= _TO_THE_POINT
    return exact >= _EXACT and to_the_point >= _TO_THE_POINT


def _first_labels(answer: Answered) -> list[str]:
    first: dict[str, str] = {}
    for citation in answer.content["citations"]:
        first.setdefault(citation["instrument"], str(citation.get("label")))
    return list(first.values())


def _articles(answer: Answered, *, confirms: bool) -> dict[str, str | None]:
    cited: dict[str, str] = {}
    for citation in answer.content["citations"]:
        cited.setdefault(citation["instrument"], citation["article"])
    is_key = can_be_key(answer.question, among=_instruments(answer))
    confirms = confirms and answer.outcome == Outcome.ANSWERED and is_key
    return {i: cited.get(i) if confirms else None for i in {*_instruments(answer), *cited}}


def _instruments(answer: Answered) -> list[str]:
    named: Any = answer.content["regime"]["instrument"]
    return list(named) if isinstance(named, list) else [named] if named else []
