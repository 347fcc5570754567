"""Every question whose article people confirmed, asked again: which answers changed, and how.

A confirmed question is also a search key that leads to its article: what is lost here is lost in
spite of that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answering.answering import Answering
from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json
from assistant.errors import AssistantError
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    CampaignQuestionRow,
    DecisionRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, ConfirmedQuestionRow, RatingRow


class Change(StrEnum):
    """What became of an answer."""

    SAME = "same"
    TEXT = "text"  # other words, the same articles
    ARTICLES = "articles"  # the confirmed article, beside others than before
    GAINED = "gained"  # the confirmed article is cited first now, and was not
    LOST = "lost"  # it was, and no longer is
    MISSING = "missing"  # it was not, and still is not


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question, what people confirmed, and the answer that they saw."""

    question: str
    instrument: str
    article: str
    before: Mapping[str, Any]  # an answer, as the command line gives it
    within: str | None = None  # the text chosen for the question


def run_regression(answering: Answering, database: Database) -> dict[str, Any]:
    """Ask every confirmed question anew; nothing is kept, and nothing comes from the cache.

    Gives `n`, how many there are of each `Change`, and under `answers` those that changed.
    """
    with database.reading() as session:
        confirmed = confirmed_answers(session)
    rows = [_compare(answering, one) for one in confirmed]
    counted = Counter(row["change"] for row in rows)
    return {
        "n": len(rows),
        "changes": {change.value: counted[change.value] for change in Change},
        "answers": [row for row in rows if row["change"] != Change.SAME],
    }


def confirmed_answers(session: Session) -> list[Confirmed]:
    """Give the confirmed questions, by question and text, each with the last answer rated."""
    quick = (
        select(ConfirmedQuestionRow, AnswerRow)
        .join(RatingRow, RatingRow.id == ConfirmedQuestionRow.rating_id)
        .join(AnswerRow, AnswerRow.id == RatingRow.answer_id)
    )
    rated = (
        select(CampaignQuestionRow, AnswerRow)
        .join(AssignmentRow, AssignmentRow.id == CampaignQuestionRow.assignment_id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
    )
    decided = (
        select(CampaignQuestionRow, AnswerRow)
        .join(DecisionRow, DecisionRow.id == CampaignQuestionRow.decision_id)
        .join(CampaignItemRow, CampaignItemRow.id == DecisionRow.item_id)
        .join(AnswerRow, AnswerRow.id == CampaignItemRow.answer_id)
    )
    rows = [row for query in (quick, rated, decided) for row in session.execute(query)]
    rows.sort(key=lambda row: row[0].confirmed_at)
    found = {
        (key.identity, key.instrument): Confirmed(
            answer.question, key.instrument, key.article, answer.content, _within(answer)
        )
        for key, answer in rows
    }
    return sorted(found.values(), key=lambda one: (one.question, one.instrument))


def _within(answer: AnswerRow) -> str | None:
    """Give the text that was chosen; answers of before it was kept say which one was searched."""
    if "within" in answer.context:
        chosen: str | None = answer.context["within"]
        return chosen
    regime = answer.content["regime"]
    named = regime["instrument"]
    return named if isinstance(named, str) and not regime.get("launched") else None


def _compare(answering: Answering, one: Confirmed) -> dict[str, Any]:
    row = {"question": one.question, "instrument": one.instrument, "article": one.article}
    launched = one.before["regime"].get("launched")
    try:
        answer = answering.ask(
            one.question,
            within=one.within,
            launched=date.fromisoformat(launched) if launched else None,
            cache=CacheUse.NONE,
            keep=False,
        )
    except AssistantError as error:
        return {**row, "change": Change.LOST.value, "error": str(error)}
    after = answer_json(answer)
    return {
        **row,
        "change": _change(one, after).value,
        "before": _said(one.before),
        "after": _said(after),
    }


def _change(one: Confirmed, after: Mapping[str, Any]) -> Change:
    was, is_ = (_first(content, one.instrument) == one.article for content in (one.before, after))
    if was != is_:
        return Change.GAINED if is_ else Change.LOST
    if not is_:
        return Change.MISSING
    if _cited(one.before["citations"]) != _cited(after["citations"]):
        return Change.ARTICLES
    return Change.SAME if one.before["answer"] == after["answer"] else Change.TEXT


def _first(content: Mapping[str, Any], instrument: str) -> str | None:
    cited = (c["article"] for c in content["citations"] if c["instrument"] == instrument)
    return next(cited, None)


def _cited(citations: Iterable[Mapping[str, Any]]) -> Sequence[tuple[str, str]]:
    return sorted({(one["instrument"], one["article"]) for one in citations})


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "answer": content["answer"],
        "articles": [list(place) for place in _cited(content["citations"])],
    }
