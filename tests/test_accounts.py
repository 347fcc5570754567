"""People, passwords, sessions and the audit log, on a database in a folder of their own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.accounts.audit import AuditLog
from assistant.accounts.cookie import SessionCookie, read_secret
from assistant.accounts.invitations import Invitations
from assistant.accounts.limits import RequestLimits
from assistant.accounts.opening import open_accounts
from assistant.accounts.passwords import Passwords
from assistant.accounts.people import NewPerson, People
from assistant.accounts.records import Person, Role
from assistant.accounts.sessions import Sessions
from assistant.accounts.signing_in import SigningIn
from assistant.cli import main
from assistant.errors import (
    Forbidden,
    InvalidAccount,
    InvalidSettings,
    NotSignedIn,
    TooManyRequests,
)
from assistant.storage.database import Database

from .conftest import make_settings

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


def test_a_password_is_kept_as_argon2id_and_opens_the_door(office: Office) -> None:
    amina = office.add()

    assert office.door.check("AMINA", PASSWORD) == amina
    with office.database.session() as session:
        [kept] = session.scalars(text("SELECT password FROM people"))
    assert kept.startswith("$argon2id$")


def test_a_login_is_one_whatever_its_capitals(office: Office) -> None:
    office.add("amina")

    with pytest.raises(InvalidAccount, match="a déjà un compte"):
        office.add("Amina")


@pytest.mark.parametrize("login", ["", "amina b", "é", "local", "../x", "a" * 101, "-a"])
def test_a_login_that_cannot_be_typed_everywhere_is_refused(office: Office, login: str) -> None:
    with pytest.raises(InvalidAccount, match="ne peut être un identifiant"):
        office.add(login)


@pytest.mark.parametrize("password", ["court", "a" * 201, "mon amina à moi", "aaaabbbbaaaa"])
def test_a_password_that_is_easily_guessed_is_refused(office: Office, password: str) -> None:
    with pytest.raises(InvalidAccount):
        office.people.create(NewPerson("amina", "Amina B.", Role.READER, password=password))


@pytest.mark.parametrize("login", ["amina", "personne"], ids=["somebody", "nobody"])
def test_too_many_failures_close_a_login_for_a_while(office: Office, login: str) -> None:
    amina = office.add()
    refusals = [office.refusal(login) for _ in range(3)]

    assert all("est inexact" in refusal for refusal in refusals)
    assert "Réessayez dans 15 min" in office.refusal(login)
    assert "Réessayez dans 15 min" in office.refusal(login, PASSWORD)
    office.clock.moment += timedelta(minutes=15)
    if login == "amina":
        assert office.door.check(login, PASSWORD) == amina
    else:
        assert "est inexact" in office.refusal(login)


def test_a_success_forgets_the_failures(office: Office) -> None:
    office.add()
    for _ in range(3):
        office.refusal("amina")
        office.refusal("amina")
        office.door.check("amina", PASSWORD)


def test_somebody_disabled_loses_their_sessions_and_is_not_let_in(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    token = office.sessions.open(amina)

    office.people.set_enabled(amina.id, enabled=False, by=chief)

    assert office.sessions.find(token) is None
    assert "désactivé" in office.refusal("amina", PASSWORD)
    office.people.set_enabled(amina.id, enabled=True, by=chief)
    assert office.sessions.find(token) is None
    assert office.door.check("amina", PASSWORD) == amina


def test_another_role_is_for_the_next_session(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    token = office.sessions.open(amina)

    office.people.set_role(amina.id, Role.ANNOTATOR, by=chief)

    assert office.sessions.find(token) is None
    assert office.door.check("amina", PASSWORD).role is Role.ANNOTATOR


def test_an_office_keeps_an_administrator(office: Office) -> None:
    chief = office.add_administrator()

    with pytest.raises(InvalidAccount, match="aucun administrateur"):
        office.people.set_role(chief.id, Role.READER, by=chief)
    with pytest.raises(InvalidAccount, match="aucun administrateur"):
        office.people.set_enabled(chief.id, enabled=False, by=chief)
    assert office.door.check("chef", PASSWORD).role is Role.ADMINISTRATOR


def test_there_is_one_first_administrator(office: Office) -> None:
    first = NewPerson("chef", "Le chef", Role.ADMINISTRATOR, password=PASSWORD)
    assert office.people.local().role is Role.ADMINISTRATOR  # and is nobody who signs in
    office.people.create_first(first)

    with pytest.raises(Forbidden):
        office.people.create_first(NewPerson("autre", "X", Role.ADMINISTRATOR, password=PASSWORD))
    assert [account.person.login for account in office.people.accounts()] == ["chef"]


def test_a_new_password_ends_the_other_sessions(office: Office) -> None:
    amina = office.add()
    here, elsewhere = office.sessions.open(amina), office.sessions.open(amina)
    found = office.sessions.find(here)
    assert found is not None

    with pytest.raises(InvalidAccount, match="mot de passe actuel"):
        office.people.change_password(amina, "faux", "cinq mots bien choisis", session_id=1)
    office.people.change_password(
        amina, PASSWORD, "cinq mots bien choisis", session_id=found.session_id
    )

    assert office.sessions.find(here) == found
    assert office.sessions.find(elsewhere) is None
    assert office.door.check("amina", "cinq mots bien choisis") == amina


def test_a_session_is_known_by_a_token_that_is_not_kept(office: Office) -> None:
    amina = office.add()
    token = office.sessions.open(amina, browser="Firefox", address="10.0.0.7")

    [listed] = office.sessions.of(amina)
    with office.database.session() as session:
        kept = str(session.execute(text("SELECT * FROM sessions")).all())
    assert (listed.browser, listed.address) == ("Firefox", "10.0.0.7")
    assert token not in kept
    assert office.sessions.find(token[:-1] + "x") is None


def test_a_session_ends_with_its_days(office: Office) -> None:
    token = office.sessions.open(office.add())
    office.clock.moment += timedelta(days=13)
    assert office.sessions.find(token)

    office.clock.moment += timedelta(days=1)

    assert office.sessions.find(token) is None


def test_people_end_their_own_sessions_alone(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    token = office.sessions.open(amina)
    [listed] = office.sessions.of(amina)

    office.sessions.end(listed.id, of=chief, by=chief)
    assert office.sessions.find(token)
    office.sessions.end(listed.id, of=amina, by=amina)

    assert office.sessions.find(token) is None


def test_what_was_done_is_written_and_cannot_be_changed(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    office.refusal("amina")
    office.door.check("amina", PASSWORD, address="10.0.0.7")
    office.people.set_role(amina.id, Role.MANAGER, by=chief)

    assert office.actions() == [
        "person_created",
        "person_created",
        "sign_in_refused",
        "signed_in",
        "role_changed",
    ]
    [last, signed_in, *_] = office.audit.entries()
    assert (last.login, last.subject) == ("chef", "amina : gestionnaire")
    assert signed_in.address == "10.0.0.7"
    for change in ("DELETE FROM audit_log", "UPDATE audit_log SET login = 'x'"):
        with pytest.raises(DatabaseError, match="only grows"), office.database.session() as session:
            session.execute(text(change))


def test_a_forged_or_old_cookie_is_refused() -> None:
    cookie = SessionCookie("secret", longest=timedelta(days=1))
    value = cookie.write("token")

    assert cookie.read(value) == "token"
    forged = [
        None,
        "",
        "token",
        f"x{value}",
        value[:-1],
        "é",
        SessionCookie("b", longest=timedelta(1)).write("token"),
    ]
    assert [cookie.read(wrong) for wrong in forged] == [None] * len(forged)
    assert SessionCookie("secret", longest=timedelta(seconds=-1)).read(value) is None


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret"
    first = read_secret(path)

    assert read_secret(path) == first
    assert len(first) >= 48
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_who_asks_too_often_waits() -> None:
    moment = 0.0
    limits = RequestLimits(3, clock=lambda: moment)
    for _ in range(3):
        limits.take("amina")

    with pytest.raises(TooManyRequests) as refused:
        limits.take("amina")
    limits.take("omar")
    assert refused.value.seconds == 20
    moment = 20.0
    limits.take("amina")


def test_the_environment_names_the_first_administrator_and_no_second(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'office.db'}")
    for login in ("chef", "autre"):
        settings = make_settings(
            tmp_path, accounts=True, admin_login=login, admin_password=PASSWORD
        )
        accounts = open_accounts(settings, database)

    assert [a.person.login for a in accounts.people.accounts()] == ["chef"]
    assert accounts.signing_in.check("chef", PASSWORD).role is Role.ADMINISTRATOR
    database.close()


def test_a_first_administrator_that_cannot_be_kept_names_the_setting(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'office.db'}")
    settings = make_settings(tmp_path, accounts=True, admin_login="chef", admin_password="court")

    with pytest.raises(InvalidSettings, match="ASSISTANT_ADMIN_PASSWORD"):
        open_accounts(settings, database)
    database.close()


def test_who_has_the_machine_gives_a_link_to_who_lost_a_password(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    amina = office.add()
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")

    assert main(["invite", "AMINA", "--json"]) == 0
    token = json.loads(capsys.readouterr().out)["path"].partition("=")[2]
    assert Invitations(office.database, office.passwords).find(token) == amina
    assert main(["invite", "personne"]) == 1
    assert "Personne n’a l’identifiant" in capsys.readouterr().err
