"""The tables of conversations. A change here needs a migration in `migrations/versions`."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.storage.tables import AnswerRow, Base, UtcTime, now


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
