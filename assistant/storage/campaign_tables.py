"""The tables of human evaluation. A change here needs a migration in `migrations/versions`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.account_tables import PersonRow
from assistant.storage.tables import Base, UtcTime, now


class ConfigurationRow(Base):
    """The settings under which answers were made."""

    __tablename__ = "configurations"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the name and the settings
    name: Mapped[str] = mapped_column(String(200))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(UtcTime, default=now)  # for the first time


class CampaignRow(Base):
    """A campaign of rating."""

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("overlap_share BETWEEN 0 AND 1", name="overlap_share"),
        CheckConstraint("overlap_raters IN (2, 3)", name="overlap_raters"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    guidelines: Mapped[str] = mapped_column(Text)  # Markdown
    criteria: Mapped[list[Any]] = mapped_column(JSON)  # [{key, name, anchors: [5]}, …]
    overlap_share: Mapped[float]  # of the items, rated by several
    overlap_raters: Mapped[int]  # how many rate those
    deadline: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    seed: Mapped[int]  # of who rates what, in which order
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)  # where its items came from
    created_by: Mapped[int | None] = mapped_column(ForeignKey(PersonRow.id))
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    opened_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class CampaignMemberRow(Base):
    """A person who rates, or reviews, in a campaign."""

    __tablename__ = "campaign_members"
    __table_args__ = (CheckConstraint("part IN ('rater', 'reviewer')", name="part"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey(PersonRow.id), primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    position: Mapped[int]  # 0-based, in the order they were named


class CampaignItemRow(Base):
    """One answer to rate, or two to compare."""

    __tablename__ = "campaign_items"
    __table_args__ = (UniqueConstraint("campaign_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]  # 0-based
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id"), index=True)
    configuration_id: Mapped[int] = mapped_column(ForeignKey("configurations.id"))
    other_answer_id: Mapped[str | None] = mapped_column(ForeignKey("answers.id"))  # to compare with
    other_configuration_id: Mapped[int | None] = mapped_column(ForeignKey("configurations.id"))
    question_identity: Mapped[str] = mapped_column(String(64), index=True)  # of its words, folded
    question_kind: Mapped[str] = mapped_column(String(100), default="")  # as its file says
    instrument: Mapped[str] = mapped_column(String(200), default="")  # "": none governs


class AssignmentRow(Base):
    """An item that a rater has to rate."""

    __tablename__ = "campaign_assignments"
    __table_args__ = (UniqueConstraint("item_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("campaign_items.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey(PersonRow.id), index=True)
    rank: Mapped[int]  # a rater meets the lowest first
    swapped: Mapped[bool] = mapped_column(default=False)  # the other answer is shown first


class ItemRatingRow(Base):
    """What a rater thinks of an item; kept at every step."""

    __tablename__ = "item_ratings"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'discarded')", name="state"),
        CheckConstraint("preference IN ('first', 'second', 'tie')", name="preference"),
    )

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("campaign_assignments.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(10), index=True)
    sentences: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    citations: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    corrected_answer: Mapped[str] = mapped_column(Text, default="")
    right_articles: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [[instrument, number]]
    comment: Mapped[str] = mapped_column(Text, default="")
    preference: Mapped[str | None] = mapped_column(String(10))  # as it was shown
    seconds: Mapped[float] = mapped_column(default=0.0)  # spent on it
    saved_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcTime)  # for the last time


class ItemScoreRow(Base):
    """The score of one criterion; a criterion that was not rated has no row."""

    __tablename__ = "item_scores"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("item_ratings.assignment_id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(50), primary_key=True)
    score: Mapped[int]


class DecisionRow(Base):
    """What a reviewer decided of an item; the last one counts, and all are kept."""

    __tablename__ = "item_decisions"
    __table_args__ = (
        CheckConstraint("preference IN ('first', 'second', 'tie')", name="preference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("campaign_items.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey(PersonRow.id))
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)
    sentences: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    citations: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    corrected_answer: Mapped[str] = mapped_column(Text, default="")
    right_articles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    comment: Mapped[str] = mapped_column(Text, default="")
    preference: Mapped[str | None] = mapped_column(String(10))  # of the item's own order
    decided_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class CampaignQuestionRow(Base):
    """A question that a campaign confirms as leading to an article (see `ConfirmedQuestionRow`)."""

    __tablename__ = "campaign_questions"
    __table_args__ = (
        CheckConstraint("COALESCE(assignment_id, decision_id) IS NOT NULL", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_ratings.assignment_id", ondelete="CASCADE")
    )
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_decisions.id", ondelete="CASCADE")
    )
    instrument: Mapped[str] = mapped_column(String(200))
    article: Mapped[str] = mapped_column(String(50))
    question: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(64), index=True)  # of its words, folded
    confirmed_at: Mapped[datetime] = mapped_column(UtcTime)
