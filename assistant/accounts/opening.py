"""The parts of accounts, put together."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from assistant.accounts.audit import AuditLog
from assistant.accounts.cookie import SessionCookie, read_secret
from assistant.accounts.invitations import Invitations
from assistant.accounts.keys import ApiKeys
from assistant.accounts.limits import RequestLimits
from assistant.accounts.organisation import Organisation
from assistant.accounts.passwords import Passwords
from assistant.accounts.people import NewPerson, People
from assistant.accounts.records import Role, SignedIn
from assistant.accounts.sessions import Sessions
from assistant.accounts.signing_in import SigningIn
from assistant.errors import Forbidden, InvalidAccount, InvalidSettings
from assistant.settings import Settings
from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who uses the assistant."""

    people: People
    signing_in: SigningIn
    invitations: Invitations
    organisation: Organisation
    sessions: Sessions
    cookie: SessionCookie
    keys: ApiKeys
    limits: RequestLimits
    audit: AuditLog

    def find(self, cookie: str | None) -> SignedIn | None:
        """Give who is signed in by the value of a cookie."""
        token = self.cookie.read(cookie)
        return self.sessions.find(token) if token else None


def open_accounts(settings: Settings, database: Database) -> Accounts:
    """Build every part, and the first administrator when the settings name one.

    Raises:
        InvalidSettings: the login or the password that they name cannot be kept.
    """
    passwords = Passwords()
    lasting = timedelta(days=settings.session_days)
    people = People(database, passwords)
    if settings.accounts and settings.admin_login:
        _make_first(people, settings)
    return Accounts(
        people=people,
        signing_in=SigningIn(
            database,
            passwords,
            most_failures=settings.sign_in_failures,
            closed_for=timedelta(minutes=settings.lock_out_minutes),
        ),
        invitations=Invitations(database, passwords),
        organisation=Organisation(
            database, people, secret=_secret(settings), role=_first_role(settings)
        ),
        sessions=Sessions(database, lasting=lasting),
        cookie=session_cookie(settings),
        keys=ApiKeys(database),
        limits=RequestLimits(settings.requests_per_minute),
        audit=AuditLog(database),
    )


def session_cookie(settings: Settings) -> SessionCookie:
    """Give what writes and reads the cookies of this installation."""
    return SessionCookie(_secret(settings), longest=timedelta(days=settings.session_days))


def _secret(settings: Settings) -> str:
    return settings.secret_key or read_secret(settings.data_dir / "secret")


def _first_role(settings: Settings) -> Role | None:
    return Role(settings.organisation_role) if settings.organisation_role else None


def _make_first(people: People, settings: Settings) -> None:
    if not people.has_administrator():
        first = NewPerson(
            settings.admin_login,
            settings.admin_login,
            Role.ADMINISTRATOR,
            password=settings.admin_password,
        )
        try:
            with suppress(Forbidden):  # another process was faster
                people.create_first(first)
        except InvalidAccount as error:
            raise InvalidSettings(
                f"ASSISTANT_ADMIN_LOGIN et ASSISTANT_ADMIN_PASSWORD : {error}"
            ) from error
