"""Every question that leads to an article: reviewed, confirmed by ratings, written by a model.

The reviewed ones come with the assistant (`question_keys`); an article shares them with those that
regulate the same thing in another text (`counterparts`). Questions of answers that annotators
confirmed are added to them; where nobody wrote any, those that a model wrote stand in their place.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records import Article
from assistant.searching.counterparts import shared_questions
from assistant.searching.focus import subject_of
from assistant.searching.languages import identify_language
from assistant.searching.question_identity import can_be_key
from assistant.searching.question_keys import load_question_keys
from assistant.storage.campaign_tables import CampaignQuestionRow
from assistant.storage.conversation_tables import ANSWERED, HumanQuestionRow
from assistant.storage.database import Database
from assistant.storage.tables import ConfirmedQuestionRow, GeneratedQuestionsRow

Keys = Mapping[str, Mapping[str, Sequence[str]]]
"""Article → language ("fr", "en", "ar") → questions."""

LANGUAGES = ("fr", "en", "ar")
"""Those whose stems the index of questions knows."""


class KeyStore:
    """Reads the files and the tables at each call; safe for several people at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keys_of(self, instrument: str, articles: Iterable[Article]) -> Keys:
        """Give the questions of some articles of an instrument; an article may have none."""
        reviewed = load_question_keys(instrument)
        with self._database.reading() as session:
            confirmed = _confirmed(session, instrument)
            return {
                article.number: _by_language(
                    _reviewed(instrument, article.number)
                    or ({} if reviewed else {"fr": _latest(session, article)}),
                    confirmed.get(article.number, ()),
                )
                for article in articles
            }

    def has_generated(self, article: Article, model: str) -> bool:
        """Whether that model was asked for the questions of that text already."""
        with self._database.reading() as session:
            return session.get(GeneratedQuestionsRow, (digest_of(article), model)) is not None

    def keep_generated(self, article: Article, model: str, questions: Sequence[str]) -> None:
        """Keep what a model wrote for an article; nothing, if nothing of it can be used."""
        row = GeneratedQuestionsRow(
            digest=digest_of(article), model=model, questions=list(questions)
        )
        with self._database.session() as session:
            session.merge(row)


def digest_of(article: Article) -> str:
    """Give the SHA-256 of what is read of an article: its heading and its text."""
    return hashlib.sha256(f"{article.heading}\n{article.text}".encode()).hexdigest()


def _reviewed(instrument: str, article: str) -> dict[str, list[str]]:
    """Give the reviewed questions of an article, then those it shares, each once by language."""
    own = load_question_keys(instrument).get(article, {})
    shared = shared_questions(instrument, article) if own else {}
    return {
        language: list(dict.fromkeys((*own.get(language, ()), *shared.get(language, ()))))
        for language in own
    }


def _latest(session: Session, article: Article) -> Sequence[str]:
    """Give the questions that the last model asked wrote for that text."""
    query = (
        select(GeneratedQuestionsRow.questions)
        .where(GeneratedQuestionsRow.digest == digest_of(article))
        .order_by(GeneratedQuestionsRow.generated_at.desc())
    )
    return session.scalars(query).first() or ()


def _confirmed(session: Session, instrument: str) -> dict[str, list[str]]:
    """Give the confirmed questions of each article, oldest first."""
    rows: list[ConfirmedQuestionRow | CampaignQuestionRow] = []
    for table in (ConfirmedQuestionRow, CampaignQuestionRow):
        rows.extend(session.scalars(select(table).where(table.instrument == instrument)))
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.confirmed_at, row.question)):
        found.setdefault(row.article, []).append(row.question)
    for question, article in _answered(session, instrument):
        found.setdefault(article, []).append(question)
    return found


def _answered(session: Session, instrument: str) -> Iterator[tuple[str, str]]:
    """Give the questions that a person answered by an article of an instrument, and the article.

    Of each text only the one cited first.
    """
    query = (
        select(HumanQuestionRow)
        .where(HumanQuestionRow.standing == ANSWERED)
        .order_by(HumanQuestionRow.closed_at)
    )
    for row in session.scalars(query):
        cited = [place["article"] for place in row.places if place["instrument"] == instrument]
        if cited and can_be_key(row.question, among=[*row.instruments, instrument]):
            yield row.question, cited[0]


def _by_language(
    written: Mapping[str, Sequence[str]], confirmed: Sequence[str]
) -> dict[str, list[str]]:
    """Add confirmed questions to those of their language, each once."""
    keys = {language: list(questions) for language, questions in written.items() if questions}
    for question in confirmed:
        subject = " ".join(subject_of(question).split())  # what is asked of the index, too
        language = identify_language(question)
        said = {known.lower() for known in keys.get(language, ())}
        if language in LANGUAGES and subject.lower() not in said:
            keys.setdefault(language, []).append(subject)
    return keys
