"""People, passwords, limits and the audit log, on a database in a folder of their own."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.accounts.invitations import Invitations
from assistant.accounts.limits import RequestLimits
from assistant.accounts.opening import open_accounts
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Role
from assistant.cli import main
from assistant.errors import Forbidden, InvalidAccount, InvalidSettings, TooManyRequests
from assistant.storage.database import Database

from .conftest import make_settings
from .office import PASSWORD, Office, office

__all__ = ["office"]


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
