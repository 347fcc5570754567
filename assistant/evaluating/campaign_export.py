"""Every rating of a campaign, as rows for other programs; for a rater only what a rater may see."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.campaign_records import Campaign, Preference
from assistant.evaluating.campaign_rows import find, is_blind, read_campaign
from assistant.evaluating.marks import marks_json, read_marks, turned
from assistant.evaluating.rated import RatedItem, read_items
from assistant.spreadsheets import inert
from assistant.storage.account_tables import PersonRow
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    DecisionRow,
    ItemRatingRow,
    ItemScoreRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow

Row = dict[str, Any]


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
        columns = list(dict.fromkeys(name for row in rows for name in row))
        target = io.StringIO()
        writer = csv.DictWriter(target, columns or ["item_id"])
        writer.writeheader()
        writer.writerows({name: inert(value) for name, value in row.items()} for row in rows)
        return target.getvalue()


def _all_rows(session: Session, campaign: Campaign) -> Iterable[Row]:
    items = read_items(session, campaign.id)
    decisions = _decisions(session, campaign)
    answers = _answers(session, campaign.id)
    people = {row.id: row.name for row in session.scalars(select(PersonRow))}
    for assignment, rating, marks in _ratings(session, campaign):
        item = items[assignment.item_id]
        preference = marks["preference"]
        if preference and assignment.swapped:
            marks["preference"] = turned(Preference(preference), swapped=True)
        yield {
            **_described(item, answers),
            "configuration": item.configuration,
            "version": item.version,
            "other_answer": answers.get(item.other_answer_id or ""),
            "other_configuration": item.other_configuration,
            "rater_id": assignment.person_id,
            "rater": people[assignment.person_id],
            **_stated(rating),
            **marks,
            "decision": decisions.get(item.id),
        }


def _own_rows(session: Session, campaign: Campaign, person_id: int) -> list[Row]:
    items = read_items(session, campaign.id)
    answers = _answers(session, campaign.id)
    rows = []
    for assignment, rating, marks in _ratings(session, campaign, person_id):
        item = items[assignment.item_id]
        other = answers.get(item.other_answer_id or "")
        described = _described(item, answers)
        if assignment.swapped and other is not None:
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


def _stated(rating: ItemRatingRow) -> Row:
    at = rating.submitted_at
    return {
        "state": rating.state,
        "seconds": round(rating.seconds, 1),
        "submitted_at": at.isoformat(timespec="seconds") if at else None,
    }


def _ratings(
    session: Session, campaign: Campaign, person_id: int | None = None
) -> Iterable[tuple[AssignmentRow, ItemRatingRow, Row]]:
    of_campaign = CampaignItemRow.campaign_id == campaign.id
    scores: dict[int, dict[str, int]] = {}
    scored = (
        select(ItemScoreRow)
        .join(AssignmentRow, AssignmentRow.id == ItemScoreRow.assignment_id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(of_campaign)
    )
    for score in session.scalars(scored):
        scores.setdefault(score.assignment_id, {})[score.criterion] = score.score
    query = (
        select(AssignmentRow, ItemRatingRow)
        .join(ItemRatingRow, ItemRatingRow.assignment_id == AssignmentRow.id)
        .join(CampaignItemRow, CampaignItemRow.id == AssignmentRow.item_id)
        .where(of_campaign)
        .order_by(CampaignItemRow.position, AssignmentRow.id)
    )
    if person_id is not None:
        query = query.where(AssignmentRow.person_id == person_id)
    keys = [criterion.key for criterion in campaign.plan.criteria]
    for assignment, rating in session.execute(query):
        marks = read_marks(rating, scores.get(assignment.id, {}))
        yield assignment, rating, marks_json(marks, keys)


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
            **marks_json(read_marks(row, row.scores), keys),
        }
        for row in session.scalars(query)
    }


def _answers(session: Session, campaign_id: int) -> dict[str, str]:
    query = (
        select(AnswerRow)
        .join(
            CampaignItemRow,
            (CampaignItemRow.answer_id == AnswerRow.id)
            | (CampaignItemRow.other_answer_id == AnswerRow.id),
        )
        .where(CampaignItemRow.campaign_id == campaign_id)
    )
    return {row.id: str(row.content["answer"]) for row in session.scalars(query)}


def _flat(row: Row) -> Row:
    decision = row.get("decision") or {}
    flat = {name: value for name, value in row.items() if name != "decision"}
    flat |= {f"decision_{name}": value for name, value in decision.items()}
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
        for name, value in flat.items()
    }
