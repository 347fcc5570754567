"""Answers that people found right, or corrected, as a data set for training and tests."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answering.contract import read_regime
from assistant.evaluating.campaign_records import CampaignState, Marks
from assistant.evaluating.item_marks import ItemMarks, marks_of_items
from assistant.evaluating.verdicts import articles_confirmed
from assistant.storage.campaign_tables import CampaignItemRow, CampaignRow
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """A question with the answer that people stand for."""

    id: str
    question: str
    launched: str | None  # ISO date
    within: str | None  # the text chosen for the question
    instruments: tuple[str, ...]  # that governed it
    kind: str
    answer: str
    articles: dict[str, list[str]]  # instrument → the articles that answer
    is_corrected: bool  # a person wrote it; else the assistant's own was found right
    is_decided: bool  # by a reviewer


class ReviewedAnswers:
    """The reviewed answers of the closed campaigns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ReviewedAnswer]:
        """Give them in the order of campaigns and items, the latest of each question alone.

        The same words under another regime, or a date of launch, are another question.

        A reviewer's decision stands in place of the ratings of its item. Without one, raters must
        not have corrected it in different ways, and must all name the same article of each text.
        """
        with self._database.reading() as session:
            found = [one for campaign in _closed(session) for one in _reviewed(session, campaign)]
        return list({(one.question, one.launched, one.instruments): one for one in found}.values())

    def export_jsonl(self) -> str:
        """Give them one JSON object a line, in the form of a question file, with `answer`."""
        return "".join(json.dumps(_row(one), ensure_ascii=False) + "\n" for one in self.all())


def _closed(session: Session) -> Sequence[int]:
    query = (
        select(CampaignRow.id)
        .where(CampaignRow.state == CampaignState.CLOSED)
        .order_by(CampaignRow.closed_at, CampaignRow.id)
    )
    return session.scalars(query).all()


def _reviewed(session: Session, campaign_id: int) -> Iterable[ReviewedAnswer]:
    given = marks_of_items(session, campaign_id)
    query = (
        select(CampaignItemRow, AnswerRow)
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
        .where(CampaignItemRow.campaign_id == campaign_id)
        .where(CampaignItemRow.other_answer_id.is_(None))
        .order_by(CampaignItemRow.position)
    )
    for item, answer in session.execute(query):
        if item.id in given and (one := _review(item, answer, given[item.id])):
            yield one


def _review(item: CampaignItemRow, answer: AnswerRow, given: ItemMarks) -> ReviewedAnswer | None:
    marks = [given.decision] if given.decision else list(given.ratings)
    articles = _agreed(answer, marks)
    corrected = {one.corrected_answer for one in marks if one.corrected_answer}
    if len(corrected) > 1 or not articles:
        return None
    return ReviewedAnswer(
        id=f"{item.campaign_id}-{item.id}",
        question=answer.question,
        launched=answer.content["regime"].get("launched"),
        within=answer.context.get("within"),
        instruments=read_regime(answer.content["regime"]).instruments,
        kind=item.question_kind,
        answer=next(iter(corrected), str(answer.content["answer"])),
        articles=articles,
        is_corrected=bool(corrected),
        is_decided=given.decision is not None,
    )


def _agreed(answer: AnswerRow, marks: Sequence[Marks]) -> dict[str, list[str]]:
    """Give the articles that all confirm, of each text; none where one confirms another."""
    found = [articles_confirmed(answer, one) for one in marks]
    agreed = {}
    for instrument in sorted({instrument for one in found for instrument in one}):
        articles = {one.get(instrument) for one in found}
        if len(articles) == 1 and (article := articles.pop()):
            agreed[instrument] = [article]
    return agreed


def _row(one: ReviewedAnswer) -> dict[str, Any]:
    return {
        "id": one.id,
        "question": one.question,
        **({"launched": one.launched} if one.launched else {}),
        **({"within": one.within} if one.within else {}),
        "kind": one.kind,
        "articles": one.articles,
        "answer": one.answer,
        "corrected": one.is_corrected,
        "decided": one.is_decided,
    }
