"""Sessions: what opens and ends them, their cookie and its secret."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.accounts.cookie import SessionCookie, read_secret
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Permission, Role
from assistant.errors import InvalidAccount, NotSignedIn
from assistant.wiring import Services

from .office import PASSWORD, Office, office

__all__ = ["office"]


def test_somebody_disabled_loses_their_sessions_and_is_not_let_in(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    token = office.sessions.open(amina)

    office.people.set_enabled(amina.id, enabled=False, by=chief)

    assert office.sessions.find(token) is None
    assert "désactivé" in office.refusal("amina", PASSWORD)
    office.people.set_enabled(amina.id, enabled=True, by=chief)
    assert office.sessions.find(token) is None
    assert office.door.check("amina", PASSWORD) == amina


def test_who_is_let_in_again_has_neither_the_keys_nor_the_link_of_before(
    services: Services,
) -> None:
    accounts = services.accounts
    chief = accounts.people.local()
    accounts.people.create(NewPerson("chef", "Chef", Role.ADMINISTRATOR, password=PASSWORD))
    amina = accounts.people.create(NewPerson("amina", "Amina", Role.READER), by=chief)
    key = accounts.keys.create("tableau", [Permission.ASK], of=amina)
    link = accounts.invitations.invite(amina.id, by=chief)

    accounts.people.set_enabled(amina.id, enabled=False, by=chief)
    accounts.people.set_enabled(amina.id, enabled=True, by=chief)

    assert accounts.keys.find(key) is None
    with pytest.raises(NotSignedIn):
        accounts.invitations.find(link)


def test_another_role_is_for_the_next_session(office: Office) -> None:
    chief, amina = office.add_administrator(), office.add()
    token = office.sessions.open(amina)

    office.people.set_role(amina.id, Role.ANNOTATOR, by=chief)

    assert office.sessions.find(token) is None
    assert office.door.check("amina", PASSWORD).role is Role.ANNOTATOR


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
