"""Signing in with a login and a password; too many failures close the door for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts.audit import note
from assistant.accounts.passwords import Passwords
from assistant.accounts.people import person_of
from assistant.accounts.records import Person
from assistant.errors import NotSignedIn
from assistant.storage.account_tables import FailuresRow, PersonRow
from assistant.storage.database import Database
from assistant.storage.tables import now


class SigningIn:
    """The door; safe for several people at once."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        *,
        most_failures: int,
        closed_for: timedelta,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Refuse a login for `closed_for` after `most_failures` wrong passwords in a row."""
        self._database = database
        self._passwords = passwords
        self._most_failures = most_failures
        self._closed_for = closed_for
        self._clock = clock

    def check(self, login: str, password: str, *, address: str = "") -> Person:
        """Give the person whose login and password these are.

        A login that nobody has is refused as a wrong password is, in as much time, and is
        closed as well: what is said does not tell who has an account.

        Raises:
            NotSignedIn: they are nobody's, the person is disabled, or the login is closed.
        """
        identity = login.strip().casefold()[:200]
        with self._database.session() as session:
            closed = self._is_closed(session, identity)
            if not closed:  # before the answer is known: who asks in parallel gains nothing
                self._count_try(session, identity)
            row = session.scalars(select(PersonRow).where(PersonRow.identity == identity)).first()
        right = not closed and self._passwords.is_right(row.password if row else None, password)
        with self._database.session() as session:
            if row is not None and right and row.enabled:
                session.execute(delete(FailuresRow).where(FailuresRow.identity == identity))
                note(session, "signed_in", by=person_of(row), address=address)
                return person_of(row)
            action = "sign_in_closed" if closed else "sign_in_refused"
            note(session, action, by=login.strip(), address=address)
        raise NotSignedIn(self._closed_sentence() if closed else _REFUSED)

    def _is_closed(self, session: Session, identity: str) -> bool:
        row = session.get(FailuresRow, identity)
        if row is None or row.count < self._most_failures:
            return False
        return row.last_at + self._closed_for > self._clock()

    def _count_try(self, session: Session, identity: str) -> None:
        """Count one more try, among those of the last while."""
        moment = self._clock()
        forgotten = FailuresRow.last_at <= moment - self._closed_for
        session.execute(delete(FailuresRow).where(forgotten))
        row = session.get(FailuresRow, identity, populate_existing=True)
        if row is None:
            row = FailuresRow(identity=identity, count=0)
            session.add(row)
        row.count += 1
        row.last_at = moment

    def _closed_sentence(self) -> str:
        minutes = max(1, round(self._closed_for.total_seconds() / 60))
        return (
            "Trop d’échecs de connexion avec cet identifiant. Réessayez dans "
            f"{minutes} min, ou demandez à l’administrateur un nouveau lien d’accès."
        )


_REFUSED = (
    "L’identifiant ou le mot de passe est inexact, ou le compte est désactivé. Vérifiez-les et "
    "recommencez."
)
