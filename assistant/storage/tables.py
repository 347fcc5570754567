"""The tables. A change here needs a migration in `migrations/versions`."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

CRITERIA = ("pertinence", "coherence", "fluidite", "exactitude_sources")
"""What an annotator rates from 1 to 5, in the order of the screen and of the exports."""


def now() -> datetime:
    """Give the time to store: UTC."""
    return datetime.now(UTC)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite forgets the zone, and gives back the hour alone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - part of what SQLAlchemy calls
    ) -> datetime | None:
        """Say again that it is UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Tables with named constraints, which SQLite needs to migrate them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class DocumentRow(Base):
    """One uploaded file. It is searched only once `published_at` is set."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    instrument: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(Text)
    page_count: Mapped[int]
    passage_count: Mapped[int]
    warnings: Mapped[list[str]] = mapped_column(JSON)
    ocr_pages: Mapped[list[int]] = mapped_column(JSON, default=list)  # 1-based
    bulletin_number: Mapped[str | None] = mapped_column(String(20))
    bulletin_day: Mapped[date | None] = mapped_column(Date)
    index_version: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)

    articles: Mapped[list["ArticleRow"]] = relationship(
        order_by="ArticleRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class ArticleRow(Base):
    """One article of a document, with the place of each of its printed lines."""

    __tablename__ = "articles"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)  # 0-based, order of the document
    number: Mapped[str] = mapped_column(String(50), index=True)
    heading: Mapped[str] = mapped_column(Text)
    path: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    pages: Mapped[list[Any]] = mapped_column(JSON)  # [[pdf, printed, bo], …]
    heading_boxes: Mapped[list[Any]] = mapped_column(JSON)  # [[page, x0, y0, x1, y1], …]
    spans: Mapped[list[Any]] = mapped_column(
        JSON
    )  # [[start, end, page, x0, y0, x1, y1, (confidence)], …]


class LexiconRow(Base):
    """An expression of the lexicon that people added, or switched off; the others are a file's."""

    __tablename__ = "lexicon_entries"

    identity: Mapped[str] = mapped_column(String(200), primary_key=True)  # without case or accents
    said: Mapped[str] = mapped_column(Text)
    law: Mapped[list[str]] = mapped_column(JSON)  # empty: the file's entry, switched off
    enabled: Mapped[bool]


class ForceRow(Base):
    """What an administrator says of the force of an instrument; the others are a file's."""

    __tablename__ = "instrument_dates"

    number: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(String(50))  # "": it stands beside the governing texts
    in_force_from: Mapped[date] = mapped_column(Date)
    repealed_from: Mapped[date | None] = mapped_column(Date)  # None: in force
    repealed_by: Mapped[str] = mapped_column(Text, default="")
    transition: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text)
    revision: Mapped[str] = mapped_column(String(32))  # another one at each change
    changed_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class IdentityRow(Base):
    """Which text a file contains, where an administrator corrected what was read."""

    __tablename__ = "document_identities"

    file_name: Mapped[str] = mapped_column(String(500), primary_key=True)
    read_number: Mapped[str] = mapped_column(String(200), primary_key=True)
    read_title: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(Text)


class AnswerRow(Base):
    """An answer as it was given, with everything that produced it."""

    __tablename__ = "answers"
    __table_args__ = (CheckConstraint("thumb IN (-1, 1)", name="thumb"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcTime, default=now, index=True)
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    model: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # the answer as the command line gives it
    context: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # versions, documents, passages and scores
    thumb: Mapped[int | None]

    ratings: Mapped[list["RatingRow"]] = relationship(
        back_populates="answer", cascade="all, delete-orphan", passive_deletes=True
    )


class CorpusRow(Base):
    """How often what is searched has changed: one row (see `corpus`)."""

    __tablename__ = "corpus"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class CachedAnswerRow(Base):
    """An answer that is given again to who asks the same (see `answering.answer_cache`)."""

    __tablename__ = "cached_answers"

    id: Mapped[int] = mapped_column(primary_key=True)  # the higher, the later
    key: Mapped[str] = mapped_column(String(64), index=True)
    stressed: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), index=True)

    answer: Mapped[AnswerRow] = relationship()


class RatingRow(Base):
    """What one annotator thinks of one answer; each criterion from 1 to 5."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("answer_id", "annotator"),
        *(CheckConstraint(f"{name} BETWEEN 1 AND 5", name=name) for name in CRITERIA),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), index=True)
    annotator: Mapped[str] = mapped_column(String(100), index=True)
    rated_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    pertinence: Mapped[int]
    coherence: Mapped[int]
    fluidite: Mapped[int]
    exactitude_sources: Mapped[int]
    comment: Mapped[str] = mapped_column(Text, default="")

    answer: Mapped[AnswerRow] = relationship(back_populates="ratings")


class ConfirmedQuestionRow(Base):
    """A question that a rating confirms as leading to an article; never shown."""

    __tablename__ = "confirmed_questions"

    rating_id: Mapped[int] = mapped_column(
        ForeignKey("ratings.id", ondelete="CASCADE"), primary_key=True
    )
    instrument: Mapped[str] = mapped_column(String(200), primary_key=True)
    article: Mapped[str] = mapped_column(String(50))
    question: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(64), index=True)  # of its words, folded
    confirmed_at: Mapped[datetime] = mapped_column(UtcTime)  # when it was rated


class GeneratedQuestionsRow(Base):
    """The questions that a model wrote for an article's text, so that it is not asked twice."""

    __tablename__ = "generated_questions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)  # of heading and text
    model: Mapped[str] = mapped_column(String(200), primary_key=True)
    questions: Mapped[list[str]] = mapped_column(JSON)  # empty: it wrote nothing usable
    generated_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
