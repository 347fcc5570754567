"""Every rating of a campaign, as rows for other programs; for a rater only what a rater may see."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import Campaign, Preference
from assistant.evaluating.campaign_rows import find, is_blind, read_campaign
from assistant.evaluating.marks import turned
from assistant.evaluating.rated import RatedItem, read_items
from assistant.evaluating.score_rows import read_score_rows
from assistant.spreadsheets import inert
from assistant.storage.account_tables import PersonRow
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    DecisionRow,
    ItemRatingRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow

Row = dict[str, Any]

_MARKS = (
    "preference",
    "sentences",
    "citations",
    "corrected_answer",
    "right_articles",
    "comment",
)
"""Of ratings and of decisions, beside the scores, in the order of the columns."""


class CampaignExport:
    """The ratings of campaigns as files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, campaign_id: int, *, person_id: int | None) -> list[Row]:
        """Give a row for each rating, whatever its state, in the order of the items.

        Scores are 1 to 5, null where a criterion was not rated; `preference` is `first` for
        `answer`, `second` for `other_answer`. `decision` is the reviewer's last one, or null.

        `person_id` is who asks, None for the command line. Who still rates in the campaign is given
        their own ratings, as they gave them, without configurations and decisions.

        Raises:
            InvalidCampaign: there is none of that number.
        """
        with self._database.reading() as session:
            row = find(session, campaign_id)
            campaign = read_campaign(session, row)
            if person_id is not None and is_blind(session, row, person_id):
                return _own_rows(session, campaign, person_id)
            return list(_all_rows(session, campaign))

    def jsonl(self, campaign_id: int, *, person_id: int | None) -> str:
        """Give the rows, one JSON object a line."""
        rows = self.rows(campaign_id, person_id=person_id)
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def csv(self, campaign_id: int, *, person_id: int | None) -> str:
        """Give the rows as CSV (RFC 4180) with a header line; formulas are made inert.

        Texts inside of a column (verdicts, right articles) are JSON; a decision has columns of its
        own, `decision_…`.
        """
        rows = [_flat(row) for row in self.rows(campaign_id, person_id=person_id)]
        columns = list(dict.fromkeys(name for row in rows for name in row)) or ["item_id"]
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(columns)
        writer.writerows([inert(row.get(name)) for name in columns] for row in rows)
        return target.getvalue()


def _all_rows(session: Session, campaign: Campaign) -> Iterable[Row]:
    items = read_items(session, campaign.id)
    decisions = _decisions(session, campaign)
    answers = _answers(session, campaign.id)
    people = {row.id: row.name for row in session.scalars(select(PersonRow))}
    for rating, marks in _ratings(session, campaign):
        item = items[rating.item_id]
        preference = marks["preference"]
        if preference and rating.swapped:
            marks["preference"] = turned(Preference(preference), swapped=True)
        yield {
            **_described(item, answers),
            "configuration": item.configuration,
            "version": item.version,
            "other_answer": answers.get(item.other_answer_id or ""),
            "other_configuration": item.other_configuration,
            "rater_id": rating.person_id,
            "rater": people[rating.person_id],
            **_stated(rating),
            **marks,
            "decision": decisions.get(item.id),
        }


def _own_rows(session: Session, campaign: Campaign, person_id: int) -> list[Row]:
    items = read_items(session, campaign.id)
    answers = _answers(session, campaign.id)
    rows = []
    for rating, marks in _ratings(session, campaign, person_id):
        item = items[rating.item_id]
        other = answers.get(item.other_answer_id or "")
        described = _described(item, answers)
        if rating.swapped and other is not None:
            described["answer"], other = other, described["answer"]
        rows.append({**described, "other_answer": other, **_stated(rating), **marks})
    return rows


def _described(item: RatedItem, answers: Mapping[str, str]) -> Row:
    return {
        "item_id": item.id,
        "question": item.question,
        "question_kind": item.kind,
        "instrument": item.instrument,
        "answer": answers[item.answer_id],
    }


def _stated(rating: SqlRow[Any]) -> Row:
    at = rating.submitted_at
    return {
        "state": rating.state,
        "seconds": round(rating.seconds, 1),
        "submitted_at": at.isoformat(timespec="seconds") if at else None,
    }


def _ratings(
    session: Session, campaign: Campaign, person_id: int | None = None
) -> Iterable[tuple[SqlRow[Any], Row]]:
    """Give each rating with its marks, whose preference is of the order that was shown."""
    of_campaign = CampaignItemRow.campaign_id == campaign.id
    query = (
        select(
            AssignmentRow.item_id,
            AssignmentRow.person_id,
            AssignmentRow.swapped,
            *ItemRatingRow.__table__.columns,  # not the class: 10,000 objects cost a second
        )
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(of_campaign)
        .order_by(CampaignItemRow.position, AssignmentRow.id)
    )
    if person_id is not None:
        query = query.where(AssignmentRow.person_id == person_id)
    keys = [criterion.key for criterion in campaign.plan.criteria]
    scores = read_score_rows(session, of_campaign, keys)
    unrated = [None] * len(keys)
    for row in session.execute(query):
        given = zip(keys, scores.get(row.assignment_id, unrated), strict=True)
        yield row, _marks(row, dict(given), keys)


def _marks(
    row: SqlRow[Any] | DecisionRow, scores: Mapping[str, int | None], criteria: Iterable[str]
) -> Row:
    """Give marks as they are kept; a criterion that is not rated is null."""
    said = {name: getattr(row, name) for name in _MARKS}
    return {**{key: scores.get(key) for key in criteria}, **said}


def _decisions(session: Session, campaign: Campaign) -> dict[int, Row]:
    """Give the last decision of each item that has one."""
    query = (
        select(DecisionRow)
        .join(CampaignItemRow, CampaignItemRow.id == DecisionRow.item_id)
        .where(CampaignItemRow.campaign_id == campaign.id)
        .order_by(DecisionRow.id)
    )
    keys = [criterion.key for criterion in campaign.plan.criteria]
    return {
        row.item_id: {
            "reviewer_id": row.person_id,
            "decided_at": row.decided_at.isoformat(timespec="seconds"),
            **_marks(row, row.scores, keys),
        }
        for row in session.scalars(query)
    }


def _answers(session: Session, campaign_id: int) -> dict[str, str]:
    """Give the texts of the answers; the rest of them, many times as long, stays where it is."""
    query = (
        select(AnswerRow.id, AnswerRow.content["answer"].as_string().label("text"))
        .join(
            CampaignItemRow,
            (CampaignItemRow.answer_id == AnswerRow.id)
            | (CampaignItemRow.other_answer_id == AnswerRow.id),
        )
        .where(CampaignItemRow.campaign_id == campaign_id)
    )
    return {row.id: row.text for row in session.execute(query)}


def _flat(row: Row) -> Row:
    decision = row.get("decision") or {}
    flat = {name: value for name, value in row.items() if name != "decision"}
    flat |= {f"decision_{name}": value for name, value in decision.items()}
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
        for name, value in flat.items()
    }
