"""Ratings → the questions that are confirmed to lead to an article, which search then uses.

What a rating confirms is said in `verdicts`. Ratings of one question under one text, in campaigns
or outside of them, must all confirm the same article: one that does not is a disagreement, and the
question leads nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.evaluating.verdicts import Verdict, campaign_verdicts, quick_verdicts
from assistant.searching.question_identity import identity_of
from assistant.storage.campaign_tables import CampaignItemRow, CampaignQuestionRow
from assistant.storage.tables import AnswerRow, ConfirmedQuestionRow

Changed = Mapping[str, set[str]]
"""Instrument → its articles whose questions are no longer what they were."""

_Row = ConfirmedQuestionRow | CampaignQuestionRow


def review_question(session: Session, question: str) -> Changed:
    """Decide anew what a question leads to, from all of its ratings.

    Gives the articles that gained or lost it.
    """
    identity = identity_of(question)
    session.flush()
    before: list[_Row] = []
    for table in (ConfirmedQuestionRow, CampaignQuestionRow):
        before.extend(session.scalars(select(table).where(table.identity == identity)))
    after = list(_agreed(session, identity))
    articles_before = {(row.instrument, row.article) for row in before}
    articles_after = {(row.instrument, row.article) for row in after}
    for row in before:
        session.delete(row)
    session.flush()
    session.add_all(after)
    changed: dict[str, set[str]] = defaultdict(set)
    for instrument, article in articles_before ^ articles_after:
        changed[instrument].add(article)
    return changed


def _agreed(session: Session, identity: str) -> Iterable[_Row]:
    """Give a row for each rating of the question, where they confirm one article of a text."""
    by_instrument: dict[str, list[tuple[Verdict, str | None]]] = defaultdict(list)
    for verdict in _verdicts_on(session, identity):
        for instrument, article in verdict.articles.items():
            by_instrument[instrument].append((verdict, article))
    for instrument, given in by_instrument.items():
        if len({article for _, article in given}) != 1:
            continue
        for verdict, article in given:
            if article is not None:
                yield _row(verdict, instrument, article, identity)


def _row(verdict: Verdict, instrument: str, article: str, identity: str) -> _Row:
    said = {
        "instrument": instrument,
        "article": article,
        "question": verdict.question,
        "identity": identity,
        "confirmed_at": verdict.given_at,
    }
    if verdict.rating_id is not None:
        return ConfirmedQuestionRow(rating_id=verdict.rating_id, **said)
    return CampaignQuestionRow(
        assignment_id=verdict.assignment_id, decision_id=verdict.decision_id, **said
    )


def _verdicts_on(session: Session, identity: str) -> list[Verdict]:
    asked = session.execute(select(AnswerRow.id, AnswerRow.question).where(AnswerRow.ratings.any()))
    answers = [answer_id for answer_id, question in asked if identity_of(question) == identity]
    items = session.scalars(
        select(CampaignItemRow.id).where(CampaignItemRow.question_identity == identity)
    ).all()
    return [*quick_verdicts(session, answers), *campaign_verdicts(session, items)]
