"""An office of people: the stores of accounts on one database, and a clock set by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.accounts.audit import AuditLog
from assistant.accounts.passwords import Passwords
from assistant.accounts.people import NewPerson, People
from assistant.accounts.records import Person, Role
from assistant.accounts.sessions import Sessions
from assistant.accounts.signing_in import SigningIn
from assistant.errors import NotSignedIn
from assistant.storage.database import Database

PASSWORD = "quatre mots sans rapport"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


class Office:
    """The stores on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.passwords = Passwords(QUICK)
        self.people = People(database, self.passwords)
        self.audit = AuditLog(database)
        self.sessions = Sessions(database, lasting=timedelta(days=14), clock=self.clock)
        self.door = SigningIn(
            database,
            self.passwords,
            most_failures=3,
            closed_for=timedelta(minutes=15),
            clock=self.clock,
        )

    def add(self, login: str = "amina", role: Role = Role.READER) -> Person:
        return self.people.create(NewPerson(login, "Amina B.", role, password=PASSWORD))

    def add_administrator(self) -> Person:
        return self.add("chef", Role.ADMINISTRATOR)

    def actions(self) -> list[str]:
        return [entry.action for entry in reversed(self.audit.entries())]

    def refusal(self, login: str, password: str = "un tout autre mot") -> str:
        with pytest.raises(NotSignedIn) as refused:
            self.door.check(login, password)
        return str(refused.value)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(f"sqlite:///{tmp_path / 'office.db'}")
    yield Office(database)
    database.close()
