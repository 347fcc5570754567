"""The link by which a person chooses a password: a new one, or in the place of a lost one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts.audit import note
from assistant.accounts.passwords import Passwords, check_new_password
from assistant.accounts.people import person_of
from assistant.accounts.records import Person
from assistant.accounts.tokens import digest, new_token
from assistant.errors import NotSignedIn
from assistant.storage.account_tables import (
    FailuresRow,
    InvitationRow,
    PersonRow,
    SessionRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import now

DAYS = 7
"""How long a link serves."""


class Invitations:
    """The links that were given and not used; safe for several people at once."""

    def __init__(
        self, database: Database, passwords: Passwords, *, clock: Callable[[], datetime] = now
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    def invite(self, person_id: int, *, by: Person) -> str:
        """Give the token of a new link, which nobody can read again; an earlier one serves no more.

        What the person had stays as it is until they use it.
        """
        token = new_token()
        with self._database.session() as session:
            person = session.get_one(PersonRow, person_id)
            session.merge(
                InvitationRow(
                    person_id=person_id,
                    digest=digest(token),
                    expires_at=self._clock() + timedelta(days=DAYS),
                )
            )
            note(session, "invited", by=by, subject=person.login)
        return token

    def find(self, token: str) -> Person:
        """Give who was invited.

        Raises:
            NotSignedIn: the link is not known, was used, is too old, or the person is disabled.
        """
        with self._database.session() as session:
            return person_of(self._invited(session, token))

    def accept(self, token: str, password: str, *, address: str = "") -> Person:
        """Keep the password that an invited person chose; their sessions end, the link is used.

        Raises:
            NotSignedIn: the link does not serve.
            InvalidAccount: the password is easily guessed.
        """
        check_new_password(password, login=self.find(token).login)
        hashed = self._passwords.hash(password)
        with self._database.session() as session:
            row = self._invited(session, token)
            row.password = hashed
            for table in (InvitationRow, SessionRow):
                session.execute(delete(table).where(table.person_id == row.id))
            session.execute(delete(FailuresRow).where(FailuresRow.identity == row.identity))
            note(session, "password_chosen", by=person_of(row), address=address)
            return person_of(row)

    def _invited(self, session: Session, token: str) -> PersonRow:
        query = (
            select(PersonRow)
            .join(InvitationRow, InvitationRow.person_id == PersonRow.id)
            .where(
                InvitationRow.digest == digest(token),
                InvitationRow.expires_at > self._clock(),
                PersonRow.enabled,
            )
        )
        row = session.scalars(query).first()
        if row is None:
            raise NotSignedIn(
                "Ce lien ne sert pas, ou plus : il a été employé, remplacé, ou il a plus de "
                f"{DAYS} jours. Demandez-en un autre à l’administrateur."
            )
        return row
