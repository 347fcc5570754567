"""Who is signed in where: kept here, so that it can be listed and ended at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from assistant.accounts.audit import note
from assistant.accounts.people import person_of
from assistant.accounts.records import OpenSession, Person, SignedIn
from assistant.accounts.tokens import digest, new_token
from assistant.storage.account_tables import PersonRow, SessionRow
from assistant.storage.database import Database
from assistant.storage.tables import now

_NOTICED = timedelta(minutes=1)  # how exactly it is known when a session was last used


class Sessions:
    """The open sessions; safe for several people at once. Of a token, only the digest is kept."""

    def __init__(
        self,
        database: Database,
        *,
        lasting: timedelta,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Let a session end `lasting` after it was opened."""
        self._database = database
        self._lasting = lasting
        self._clock = clock

    def open(self, person: Person, *, browser: str = "", address: str = "") -> str:
        """Open a session; gives its token, which nobody can read again."""
        token, moment = new_token(), self._clock()
        with self._database.session() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= moment))
            session.add(
                SessionRow(
                    digest=digest(token),
                    person_id=person.id,
                    opened_at=moment,
                    seen_at=moment,
                    expires_at=moment + self._lasting,
                    browser=browser[:300],
                    address=address[:45],
                )
            )
        return token

    def find(self, token: str) -> SignedIn | None:
        """Give who is signed in by a token, or None: unknown, ended, or the person is disabled."""
        moment = self._clock()
        query = (
            select(SessionRow, PersonRow)
            .join(SessionRow.person)
            .where(
                SessionRow.digest == digest(token),
                SessionRow.expires_at > moment,
                PersonRow.enabled,
            )
        )
        with self._database.reading() as session:
            found = session.execute(query).first()
            if found is None:
                return None
            row, person = found
            signed_in = SignedIn(person_of(person), row.id)
            is_noticed = moment - row.seen_at >= _NOTICED
        if is_noticed:  # rarely: who only reads waits for no one who writes
            seen = update(SessionRow).where(SessionRow.id == row.id).values(seen_at=moment)
            with self._database.session() as session:
                session.execute(seen)
        return signed_in

    def of(self, person: Person) -> list[OpenSession]:
        """Give the sessions of a person, the one used last first."""
        query = (
            select(SessionRow)
            .where(SessionRow.person_id == person.id, SessionRow.expires_at > self._clock())
            .order_by(SessionRow.seen_at.desc(), SessionRow.id.desc())
        )
        with self._database.session() as session:
            return [_open(row) for row in session.scalars(query)]

    def listed(self) -> list[tuple[Person, OpenSession]]:
        """Give the sessions of everybody, the one used last first."""
        query = (
            select(SessionRow, PersonRow)
            .join(SessionRow.person)
            .where(SessionRow.expires_at > self._clock())
            .order_by(SessionRow.seen_at.desc(), SessionRow.id.desc())
        )
        with self._database.session() as session:
            return [(person_of(person), _open(row)) for row, person in session.execute(query)]

    def end(self, session_id: int, *, of: Person, by: Person) -> None:
        """End a session of a person; nothing happens when there is none."""
        with self._database.session() as session:
            row = session.get(SessionRow, session_id)
            if row and row.person_id == of.id:
                session.delete(row)
                note(session, "session_ended", by=by, subject=of.login)

    def sign_out(self, token: str, *, address: str = "") -> None:
        """End the session of a token; nothing happens when there is none."""
        query = select(SessionRow).where(SessionRow.digest == digest(token))
        with self._database.session() as session:
            row = session.scalars(query).first()
            if row:
                session.delete(row)
                note(session, "signed_out", by=person_of(row.person), address=address)


def _open(row: SessionRow) -> OpenSession:
    return OpenSession(row.id, row.opened_at, row.seen_at, row.browser, row.address)
