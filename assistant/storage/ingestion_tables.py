"""The table of files that were sent. A change here needs a migration in `migrations/versions`."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.tables import Base, UtcTime, now

WAITING, BEGUN = "waiting", "begun"
"""How a file stands that has not ended; one that has: as its ingestion did."""


class IngestionRow(Base):
    """A file that was sent to be read, and what came of it: it outlives the process."""

    __tablename__ = "ingestions"

    id: Mapped[int] = mapped_column(primary_key=True)  # the higher, the later
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), index=True)
    attempts: Mapped[int] = mapped_column(default=0)  # orderly stops are not counted
    sent_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    document_id: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None] = mapped_column(Text)  # a French sentence
