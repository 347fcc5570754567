"""What people did that somebody may have to answer for: written, never changed.

The database itself refuses to change or delete a line (migration 0007).
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assistant.accounts.records import Person
from assistant.spreadsheets import inert
from assistant.storage.account_tables import AuditRow
from assistant.storage.database import Database

COLUMNS = ("id", "at", "login", "action", "subject", "address")
"""Of an exported line, in order."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did."""

    id: int
    at: datetime
    login: str  # as it was then; of a refused sign-in, the one that was typed
    action: str
    subject: str  # on what or whom; "" when the action says it
    address: str  # of the client, where it is known


class AuditLog:
    """The log; safe for several people at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, action: str, *, by: Person, subject: str = "", address: str = "") -> None:
        """Write that somebody did something."""
        with self._database.session() as session:
            note(session, action, by=by, subject=subject, address=address)

    def entries(self, *, searched: str = "", limit: int | None = None) -> list[AuditEntry]:
        """Give the lines whose login, action or subject has these characters, the last first."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        if searched:
            columns = (AuditRow.login, AuditRow.action, AuditRow.subject)
            query = query.where(or_(*(c.icontains(searched, autoescape=True) for c in columns)))
        with self._database.session() as session:
            return [
                AuditEntry(r.id, r.at, r.login, r.action, r.subject, r.address)
                for r in session.scalars(query)
            ]

    def export_csv(self) -> str:
        """Give every line as CSV (RFC 4180) with a header line, the first one first."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        for entry in reversed(self.entries()):
            said = (entry.login, entry.action, entry.subject, entry.address)
            writer.writerow([entry.id, entry.at.isoformat(timespec="seconds"), *map(inert, said)])
        return target.getvalue()


def note(
    session: Session, action: str, *, by: Person | str, subject: str = "", address: str = ""
) -> None:
    """Write a line in the unit of work that does it, so that neither is there without the other.

    `by` is a person, or the login that somebody typed.
    """
    session.add(
        AuditRow(
            person_id=None if isinstance(by, str) else by.id,
            login=(by if isinstance(by, str) else by.login)[:100],
            action=action,
            subject=subject[:500],
            address=address[:45],
        )
    )
