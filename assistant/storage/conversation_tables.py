"""The tables of conversations. A change here needs a migration in `migrations/versions`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.storage.account_tables import PersonRow
from assistant.storage.tables import AnswerRow, Base, UtcTime, now

ANSWERED = "answered"
"""How a question stands that a person answered."""


class ConversationRow(Base):
    """What one person asked, turn after turn; nobody else sees it."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcTime, default=now, index=True)

    turns: Mapped[list["TurnRow"]] = relationship(
        order_by="TurnRow.id", cascade="all, delete-orphan", passive_deletes=True
    )


class TurnRow(Base):
    """A question with what came of it; neither answer nor error where it was interrupted."""

    __tablename__ = "turns"

    id: Mapped[int] = mapped_column(primary_key=True)  # the higher, the later
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    asked_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    question: Mapped[str] = mapped_column(Text)  # as it was typed
    completed: Mapped[str | None] = mapped_column(Text)  # what was asked instead
    within: Mapped[str | None] = mapped_column(String(200))
    launched: Mapped[date | None] = mapped_column(Date)
    answer_id: Mapped[str | None] = mapped_column(
        ForeignKey("answers.id", ondelete="SET NULL"), index=True
    )
    error: Mapped[str | None] = mapped_column(Text)  # a French sentence
    folded: Mapped[str] = mapped_column(Text, default="")  # what a search of conversations reads

    answer: Mapped[AnswerRow | None] = relationship()


class HumanQuestionRow(Base):
    """A question that the texts did not answer, sent to a human with what it was asked in."""

    __tablename__ = "human_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="SET NULL"), unique=True
    )  # sent once, however often the button is pressed
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    question: Mapped[str] = mapped_column(Text)  # that stands by itself
    identity: Mapped[str] = mapped_column(String(64), index=True)  # of its words, folded
    instruments: Mapped[list[str]] = mapped_column(JSON)  # those that govern it
    asked_in: Mapped[dict[str, Any]] = mapped_column(JSON)  # regime, nearest, earlier questions
    standing: Mapped[str] = mapped_column(String(20), index=True)
    text: Mapped[str] = mapped_column(Text, default="")  # the answer, or why there is none
    places: Mapped[list[Any]] = mapped_column(JSON, default=list)  # cited, with their digests
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # as shown
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)

    turn: Mapped[TurnRow | None] = relationship()
    asker: Mapped[PersonRow] = relationship(foreign_keys=[person_id])
    reviewer: Mapped[PersonRow | None] = relationship(foreign_keys=[closed_by])
