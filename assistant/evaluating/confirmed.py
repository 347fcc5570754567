"""Ratings → the questions that are confirmed to lead to an article, which search then uses.

A rating confirms when it finds the sources exact (5 of 5) and the answer to the point (4 or 5).
The article confirmed is the one that the answer cites first of each text. Ratings of one question
under one text must all confirm the same article: one that does not is a disagreement, and the
question leads nowhere.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answer_records import Outcome
from assistant.searching.expressions import fold
from assistant.searching.lookup import article_asked
from assistant.storage.tables import AnswerRow, ConfirmedQuestionRow, RatingRow

_EXACT, _TO_THE_POINT = 5, 4
_LONGEST = 300  # characters: a longer question tells a case, and leads to its words

Changed = Mapping[str, set[str]]
"""Instrument → its articles whose questions are no longer what they were."""


def review_question(session: Session, question: str) -> Changed:
    """Decide anew what a question leads to, from all of its ratings.

    Gives the articles that gained or lost it.
    """
    identity = _identity(question)
    session.flush()
    query = select(ConfirmedQuestionRow).where(ConfirmedQuestionRow.identity == identity)
    before = {(row.rating_id, row.instrument): row for row in session.scalars(query)}
    after = {(row.rating_id, row.instrument): row for row in _agreed(session, identity)}
    articles_before = {(row.instrument, row.article) for row in before.values()}
    articles_after = {(row.instrument, row.article) for row in after.values()}
    for row in before.values():
        session.delete(row)
    session.flush()
    session.add_all(after.values())
    changed: dict[str, set[str]] = defaultdict(set)
    for instrument, article in articles_before ^ articles_after:
        changed[instrument].add(article)
    return changed


def _agreed(session: Session, identity: str) -> Iterable[ConfirmedQuestionRow]:
    """Give a row for each rating of the question, where they confirm one article of a text."""
    by_instrument: dict[str, list[tuple[RatingRow, AnswerRow, str | None]]] = defaultdict(list)
    for rating, answer in _ratings_of(session, identity):
        for instrument, article in _verdicts(rating, answer).items():
            by_instrument[instrument].append((rating, answer, article))
    for instrument, rated in by_instrument.items():
        articles = {article for _, _, article in rated}
        if len(articles) != 1:
            continue
        for rating, answer, article in rated:
            if article is not None:
                yield ConfirmedQuestionRow(
                    rating_id=rating.id,
                    instrument=instrument,
                    article=article,
                    question=answer.question,
                    identity=identity,
                    confirmed_at=rating.rated_at,
                )


def _ratings_of(session: Session, identity: str) -> Iterable[tuple[RatingRow, AnswerRow]]:
    asked = session.execute(select(AnswerRow.id, AnswerRow.question).where(AnswerRow.ratings.any()))
    same = [answer_id for answer_id, question in asked if _identity(question) == identity]
    query = (
        select(RatingRow, AnswerRow)
        .join(RatingRow.answer)
        .where(AnswerRow.id.in_(same))
        .order_by(RatingRow.id)
    )
    return [(rating, answer) for rating, answer in session.execute(query)]


def _verdicts(rating: RatingRow, answer: AnswerRow) -> dict[str, str | None]:
    """Give the article that a rating confirms of each text the answer is about; None: no article.

    A question that names its article by number teaches nothing: it confirms none.
    """
    named = answer.content["regime"]["instrument"]
    instruments = named if isinstance(named, list) else [named] if named else []
    cited: dict[str, str] = {}
    for citation in answer.content["citations"]:
        cited.setdefault(citation["instrument"], citation["article"])
    confirms = (
        answer.outcome == Outcome.ANSWERED
        and rating.exactitude_sources >= _EXACT
        and rating.pertinence >= _TO_THE_POINT
        and len(answer.question) <= _LONGEST
        and article_asked(answer.question, among=instruments) is None
    )
    return {i: cited.get(i) if confirms else None for i in {*instruments, *cited}}


def _identity(question: str) -> str:
    """Name a question by its words, whatever its case, accents and punctuation."""
    words = re.findall(r"\w+", fold(question))
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
