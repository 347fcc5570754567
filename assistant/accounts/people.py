"""The people of the office: who they are, their role, their password."""

import re
from dataclasses import dataclass

from sqlalchemy import delete, false, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.accounts.audit import note
from assistant.accounts.passwords import Passwords, check_new_password
from assistant.accounts.records import Account, Person, Role
from assistant.errors import Forbidden, InvalidAccount
from assistant.storage.account_tables import ApiKeyRow, InvitationRow, PersonRow, SessionRow
from assistant.storage.database import Database
from assistant.storage.tables import now

LOCAL = "local"
"""The login of the administrator of a desk without sign-in; nobody signs in with it."""
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,98}[a-z0-9])?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to be let in."""

    login: str
    name: str
    role: Role
    email: str = ""
    password: str | None = None  # None: they are invited, or sign in by their e-mail


class People:
    """The kept people; safe for several administrators at once."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database = database
        self._passwords = passwords
        self._local: Person | None = None

    def create(self, new: NewPerson, *, by: Person | None = None) -> Person:
        """Keep a new person.

        Raises:
            InvalidAccount: the login, the name, the e-mail or the password cannot be kept.
        """
        row = self._row(new)
        with self._database.session() as session:
            _add(session, row)
            subject = f"{row.login} : {row.role}"
            note(session, "person_created", by=by or person_of(row), subject=subject)
        return person_of(row)

    def create_first(self, new: NewPerson, *, address: str = "") -> Person:
        """Keep the first administrator.

        Raises:
            Forbidden: there is one.
            InvalidAccount: the login, the name, the e-mail or the password cannot be kept.
        """
        row = self._row(new)
        with self._database.session() as session:
            if _administrators(session):
                raise Forbidden(
                    "L’assistant a déjà un administrateur : connectez-vous, ou demandez-lui un "
                    "compte."
                )
            _add(session, row)
            note(session, "first_administrator", by=person_of(row), address=address)
        return person_of(row)

    def has_administrator(self) -> bool:
        """Tell whether somebody can sign in and let others in."""
        with self._database.session() as session:
            return bool(_administrators(session))

    def local(self) -> Person:
        """Give the administrator of a desk without sign-in, kept the first time."""
        if self._local is None:
            query = select(PersonRow).where(PersonRow.identity == LOCAL)
            with self._database.session() as session:
                row = session.scalars(query).first()
                if row is None:
                    row = PersonRow(
                        login=LOCAL,
                        identity=LOCAL,
                        name="Poste local",
                        role=Role.ADMINISTRATOR.value,
                    )
                    session.add(row)
                    session.flush()
                self._local = person_of(row)
        return self._local

    def accounts(self) -> list[Account]:
        """Give everybody but the local administrator, by name."""
        query = select(PersonRow).where(PersonRow.identity != LOCAL).order_by(PersonRow.identity)
        with self._database.session() as session:
            return [account_of(row) for row in session.scalars(query)]

    def set_role(self, person_id: int, role: Role, *, by: Person) -> None:
        """Give a person another role; they sign in again.

        Raises:
            InvalidAccount: nobody would be left to administer.
        """
        with self._database.session() as session:
            row = session.get_one(PersonRow, person_id)
            if row.role == role.value:
                return
            row.role = role.value
            _keep_an_administrator(session)
            _end_sessions(session, person_id)
            note(session, "role_changed", by=by, subject=f"{row.login} : {role}")

    def set_enabled(self, person_id: int, *, enabled: bool, by: Person) -> None:
        """Let a person in or out; one who is let out loses sessions, keys and links for good.

        Raises:
            InvalidAccount: nobody would be left to administer.
        """
        with self._database.session() as session:
            row = session.get_one(PersonRow, person_id)
            row.enabled = enabled
            _keep_an_administrator(session)
            if not enabled:
                _end_sessions(session, person_id)
                _revoke_keys(session, person_id)
            action = "person_enabled" if enabled else "person_disabled"
            note(session, action, by=by, subject=row.login)

    def change_password(self, person: Person, current: str, new: str, *, session_id: int) -> None:
        """Change one's own password; the other sessions end.

        Raises:
            InvalidAccount: the current one is wrong, or the new one easily guessed.
        """
        with self._database.session() as session:
            kept = session.get_one(PersonRow, person.id).password
        if not self._passwords.is_right(kept, current):
            raise InvalidAccount("Le mot de passe actuel n’est pas celui-là. Recommencez.")
        check_new_password(new, login=person.login)
        hashed = self._passwords.hash(new)
        with self._database.session() as session:
            session.get_one(PersonRow, person.id).password = hashed
            _end_sessions(session, person.id, but=session_id)
            note(session, "password_changed", by=person)

    def _row(self, new: NewPerson) -> PersonRow:
        login, name = new.login.strip(), " ".join(new.name.split())
        email = new.email.strip().casefold()
        _check(login, name, email)
        if new.password is not None:
            check_new_password(new.password, login=login)
        return PersonRow(
            login=login,
            identity=login.casefold(),
            name=name,
            email=email or None,
            role=new.role.value,
            password=None if new.password is None else self._passwords.hash(new.password),
            enabled=True,
        )


def person_of(row: PersonRow) -> Person:
    """Give the record of a row."""
    return Person(row.id, row.login, row.name, Role(row.role))


def account_of(row: PersonRow) -> Account:
    """Give the record of a row, as administrators see it."""
    return Account(
        person=person_of(row),
        email=row.email or "",
        enabled=row.enabled,
        has_password=row.password is not None,
        created_at=row.created_at,
    )


def _check(login: str, name: str, email: str) -> None:
    if not _LOGIN.fullmatch(login) or login.casefold() == LOCAL:
        raise InvalidAccount(
            f"« {login[:100]} » ne peut être un identifiant. Employez de 1 à 100 lettres sans "
            "accent, chiffres, points ou tirets, par exemple : « amina.b »."
        )
    if not name or len(name) > 200:
        raise InvalidAccount("Le nom manque, ou dépasse 200 caractères. Écrivez prénom et nom.")
    if email and (not _EMAIL.fullmatch(email) or len(email) > 320):
        raise InvalidAccount(
            f"« {email[:100]} » n’est pas une adresse électronique. Corrigez-la, ou laissez le "
            "champ vide."
        )


def _add(session: Session, row: PersonRow) -> None:
    same_email = PersonRow.email == row.email if row.email else false()
    taken = select(PersonRow.login).where((PersonRow.identity == row.identity) | same_email)
    refused = InvalidAccount(
        f"L’identifiant « {row.login} » ou cette adresse électronique a déjà un compte. "
        "Choisissez un autre identifiant."
    )
    if session.scalars(taken).first():
        raise refused
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else was faster
        raise refused from error


def _administrators(session: Session) -> int:
    """Count those who can sign in and administer, whether or not the organisation's provider is."""
    query = (
        select(func.count())
        .select_from(PersonRow)
        .where(
            PersonRow.role == Role.ADMINISTRATOR.value,
            PersonRow.enabled,
            PersonRow.password.is_not(None),
        )
    )
    return session.scalar(query) or 0


def _keep_an_administrator(session: Session) -> None:
    session.flush()
    if not _administrators(session):
        raise InvalidAccount(
            "Il ne resterait aucun administrateur. Donnez d’abord ce rôle à une autre personne."
        )


def _end_sessions(session: Session, person_id: int, *, but: int | None = None) -> None:
    query = select(SessionRow).where(SessionRow.person_id == person_id)
    for row in session.scalars(query):
        if row.id != but:
            session.delete(row)


def _revoke_keys(session: Session, person_id: int) -> None:
    """Take away for good what would let somebody in again once they are enabled."""
    session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))
    kept = (ApiKeyRow.person_id == person_id) & ApiKeyRow.revoked_at.is_(None)
    session.execute(update(ApiKeyRow).where(kept).values(revoked_at=now()))
