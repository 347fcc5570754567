"""Conversations are kept: what each person asked, and what came of it.

A turn is kept when it is asked and again when it ends, each in a unit of work of its own: a second
tab adds its turns to the same conversation, and a server that is killed leaves an interrupted turn.
"""

import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from assistant.accounts.records import Person
from assistant.answer_records import Answer
from assistant.answering.sending import withdraw
from assistant.errors import InvalidQuestion, UnknownConversation
from assistant.searching.expressions import fold
from assistant.storage.conversation_tables import ConversationRow, TurnRow
from assistant.storage.database import Database
from assistant.storage.tables import now

LONGEST_TITLE = 80  # characters
MOST_LISTED = 30
_LONGEST_KEPT = 4_000  # characters of a question that was refused for its length


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list."""

    id: str
    title: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks, and of what."""

    question: str  # as it was typed
    completed: str | None = None  # what is asked instead
    within: str | None = None
    launched: date | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what came of it; neither answer nor error when it was interrupted."""

    id: int
    asked: Asked
    asked_at: datetime
    answer_id: str | None = None
    answer: dict[str, Any] | None = None  # as the command line gives it
    error: str | None = None
    is_running: bool = False  # whether somebody waits for it, in this tab or another


class Conversations:
    """The kept conversations; safe for several people, and tabs, at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._running: set[int] = set()  # turns that this process is answering
        self._lock = threading.Lock()

    def of(
        self, person: Person, *, containing: str = "", limit: int = MOST_LISTED
    ) -> list[Conversation]:
        """Give a person's conversations, the last changed first.

        `containing`: only those in which each of its words stands, whatever case and accents.
        """
        query = (
            select(ConversationRow)
            .where(ConversationRow.person_id == person.id)
            .order_by(ConversationRow.changed_at.desc(), ConversationRow.id)
            .limit(limit)
        )
        for word in fold(containing).split():
            says = TurnRow.folded.contains(word, autoescape=True)
            query = query.where(ConversationRow.turns.any(says))
        with self._database.reading() as session:
            return [_conversation(row) for row in session.scalars(query)]

    def find(self, person: Person, conversation_id: str) -> Conversation:
        """Give one of a person's conversations.

        Raises:
            UnknownConversation: there is none of that identifier, or it is somebody else's.
        """
        with self._database.reading() as session:
            return _conversation(_owned(session, person, conversation_id))

    def turns(self, person: Person, conversation_id: str) -> list[Turn]:
        """Give the turns of a conversation, oldest first.

        Raises:
            UnknownConversation: there is none of that identifier, or it is somebody else's.
        """
        query = (
            select(TurnRow)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.id)
            .options(joinedload(TurnRow.answer))
        )
        with self._database.reading() as session:
            _owned(session, person, conversation_id)
            return [self._turn(row) for row in session.scalars(query)]

    def begin(
        self, person: Person, asked: Asked, *, conversation_id: str | None
    ) -> tuple[str, int]:
        """Keep a question; gives its conversation, a new one where none is given, and the turn.

        Raises:
            UnknownConversation: there is none of that identifier, or it is somebody else's.
            InvalidQuestion: it says nothing.
        """
        question = _kept(asked.question)
        if not question:
            raise InvalidQuestion("La question est vide. Écrivez-la en une phrase.")
        with self._database.session() as session:
            row = _owned(session, person, conversation_id) if conversation_id else None
            if row is None:
                row = ConversationRow(
                    id=uuid.uuid4().hex, person_id=person.id, title=title_of(question)
                )
                session.add(row)
                session.flush()
            row.changed_at = now()
            turn = TurnRow(
                conversation_id=row.id,
                question=question,
                completed=asked.completed,
                within=asked.within,
                launched=asked.launched,
                folded=_folded(row.title, question, asked.completed or ""),
            )
            session.add(turn)
            session.flush()
            with self._lock:
                self._running.add(turn.id)
            return row.id, turn.id

    def is_running(self, turn_id: int) -> bool:
        """Whether this process is answering a turn."""
        return turn_id in self._running

    def end(self, turn_id: int, *, answer: Answer | None = None, error: str | None = None) -> None:
        """Keep what came of a turn; neither: it was interrupted.

        Nothing is kept where the conversation was deleted meanwhile.
        """
        with self._lock:
            self._running.discard(turn_id)
        with self._database.session() as session:
            row = session.get(TurnRow, turn_id)
            if row is None:
                return
            if answer is not None:
                row.answer_id = answer.id
                row.folded = f"{row.folded} {_folded(answer.text)}"
            row.error = error

    def rename(self, person: Person, conversation_id: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing.

        Raises:
            UnknownConversation: there is none of that identifier, or it is somebody else's.
        """
        with self._database.session() as session:
            row = _owned(session, person, conversation_id)
            if kept := title_of(_kept(title)):
                row.title = kept
                for turn in row.turns[:1]:
                    turn.folded = f"{turn.folded} {_folded(kept)}"

    def delete(self, person: Person, conversation_id: str) -> None:
        """Delete a conversation; its answers stay without it, with their questions.

        What was sent of it to a human and is still open is withdrawn (see `sending`).

        Raises:
            UnknownConversation: there is none of that identifier, or it is somebody else's.
        """
        with self._database.session() as session:
            row = _owned(session, person, conversation_id)
            withdraw(session, row.id)
            session.flush()
            session.execute(delete(ConversationRow).where(ConversationRow.id == row.id))

    def _turn(self, row: TurnRow) -> Turn:
        return Turn(
            id=row.id,
            asked=Asked(row.question, row.completed, row.within, row.launched),
            asked_at=row.asked_at,
            answer_id=row.answer_id,
            answer=row.answer.content if row.answer else None,
            error=row.error,
            is_running=self.is_running(row.id),
        )


def title_of(question: str) -> str:
    """Give the title that a question makes: its beginning, cut between two words."""
    if len(question) <= LONGEST_TITLE:
        return question
    cut = question[: LONGEST_TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _owned(session: Session, person: Person, conversation_id: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None or row.person_id != person.id:  # whose it is, nobody is told
        raise UnknownConversation
    return row


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.title, row.changed_at)


def _kept(text: str) -> str:
    """Give a text on one line, without the characters that no database can keep."""
    kept = "".join(c if c.isprintable() else " " for c in text[:_LONGEST_KEPT])
    return " ".join(kept.split())


def _folded(*texts: str) -> str:
    return " ".join(map(fold, texts))


def last_scope(turns: Sequence[Turn]) -> tuple[str | None, date | None]:
    """Give the text and the date of launch that were chosen last."""
    return (turns[-1].asked.within, turns[-1].asked.launched) if turns else (None, None)
