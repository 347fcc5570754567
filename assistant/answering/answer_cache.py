"""Answers that are given again to who asks the same, as long as nothing they rest on has changed.

The search is always made: it is quick, and tells the regime. What is saved is the writing.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from assistant import __version__
from assistant.answer_records import Answer
from assistant.answering.contract import read_answer
from assistant.answering.prompts import PROMPT_VERSION
from assistant.answering.question_form import QuestionForm, read_form
from assistant.searching.lexicon import Lexicon
from assistant.searching.results import SearchResult
from assistant.storage.corpus import corpus_version
from assistant.storage.database import Database
from assistant.storage.tables import CachedAnswerRow

MOST_KEPT = 2_000
"""Answers; the oldest go first. Each points at an answer that is kept anyway."""


@dataclass(frozen=True, slots=True)
class CachePlace:
    """Where the answer to a question stands, for one state of everything it rests on."""

    key: str
    form: QuestionForm
    corpus_version: int


class AnswerCache:
    """The answers that can be given again; safe for several people at once."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        *,
        contact: str,
        most: int = MOST_KEPT,
    ) -> None:
        """Keep at most `most` answers; `contact` is whom refusals name."""
        self._database = database
        self._lexicon = lexicon
        self._contact = contact
        self._most = most

    def corpus_version(self) -> int:
        """Give the version of what is searched: to be read before a search, not after it."""
        with self._database.reading() as session:
            return corpus_version(session)

    def place(self, result: SearchResult, model: str, version: int) -> CachePlace:
        """Tell where the answer of `model` to a question stands.

        Everything that makes an answer is in the key; the first article found is there too, so
        that a form that says too little still joins no questions about different articles.
        """
        form = read_form(result.question, self._lexicon())
        regime, first = result.regime, result.hits[0] if result.hits else None
        rests_on = [
            form.text,
            [*regime.instruments, regime.status if regime.instruments else regime.basis],
            sorted(document.id for document in result.searched),
            first and [first.document.id, first.article.number],
            [version, model, PROMPT_VERSION, __version__, self._contact],
        ]
        key = hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()
        return CachePlace(key, form, version)

    def find(self, place: CachePlace) -> Answer | None:
        """Give the answer that stands there, if any."""
        with self._database.reading() as session:
            row = next(iter(_rows(session, place)), None)
            if row is None:
                return None
            written_at = row.answer.asked_at.isoformat(timespec="seconds")
            return replace(read_answer(row.answer.content), id=row.answer_id, written_at=written_at)

    def keep(self, place: CachePlace, answer: Answer) -> None:
        """Put a kept answer there, in the place of the one that stands there.

        Nothing is done when what is searched has changed since: the answer is of yesterday.
        """
        assert answer.id is not None
        stressed = None if place.form.stressed is None else sorted(place.form.stressed)
        with self._database.session() as session:
            if corpus_version(session) != place.corpus_version:
                return
            for row in _rows(session, place):
                session.delete(row)
            session.add(CachedAnswerRow(key=place.key, stressed=stressed, answer_id=answer.id))
            session.flush()
            kept = select(CachedAnswerRow.id).order_by(CachedAnswerRow.id.desc())
            oldest = session.scalars(kept.offset(self._most - 1).limit(1)).first()
            if oldest is not None:
                session.execute(delete(CachedAnswerRow).where(CachedAnswerRow.id < oldest))


def _rows(session: Session, place: CachePlace) -> list[CachedAnswerRow]:
    """Give what stands in a place, the last first."""
    query = (
        select(CachedAnswerRow)
        .where(CachedAnswerRow.key == place.key)
        .order_by(CachedAnswerRow.id.desc())
        .options(joinedload(CachedAnswerRow.answer))
    )
    return [row for row in session.scalars(query) if _form(place, row).is_form_of(place.form)]


def _form(place: CachePlace, row: CachedAnswerRow) -> QuestionForm:
    stressed = None if row.stressed is None else frozenset(row.stressed)
    return QuestionForm(place.form.text, stressed)
