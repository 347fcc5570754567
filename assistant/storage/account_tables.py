"""The tables of accounts. A change here needs a migration in `migrations/versions`."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.storage.tables import Base, UtcTime, now


class PersonRow(Base):
    """Somebody who uses the assistant (see `accounts`). Nobody is deleted: what they did stays."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(100))
    identity: Mapped[str] = mapped_column(String(200), unique=True)  # the login, folded
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320), unique=True)  # folded
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str | None] = mapped_column(String(200))  # argon2id, its salt in it
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class SessionRow(Base):
    """A browser in which a person is signed in; deleted when they sign out."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the token in the cookie
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    browser: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(45))

    person: Mapped[PersonRow] = relationship()


class InvitationRow(Base):
    """The link by which a person chooses a password; deleted when they have."""

    __tablename__ = "invitations"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the token in the link
    expires_at: Mapped[datetime] = mapped_column(UtcTime)

    person: Mapped[PersonRow] = relationship()


class ApiKeyRow(Base):
    """A key by which a program speaks for a person."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    beginning: Mapped[str] = mapped_column(String(20))  # shown, to tell it from others
    permissions: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)

    person: Mapped[PersonRow] = relationship()


class FailuresRow(Base):
    """Refused sign-ins under one login, whether anybody has it or not."""

    __tablename__ = "sign_in_failures"

    identity: Mapped[str] = mapped_column(String(200), primary_key=True)  # the login, folded
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class AuditRow(Base):
    """A line of the audit log; the database refuses to change or delete it."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now, index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)  # no key: the line outlives all
    login: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(50), index=True)
    subject: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(45))
