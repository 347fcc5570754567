"""Whom the claims of an OpenID Connect provider stand for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.accounts.opening import Accounts
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Role
from assistant.errors import NotSignedIn
from assistant.wiring import open_services

from .conftest import make_settings
from .office import PASSWORD, QUICK

AMINA = {"email": "Amina@Marches.example", "email_verified": True, "name": "Amina B."}


@pytest.fixture
def accounts(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Accounts]:
    role = getattr(request, "param", "lecteur")
    opened = open_services(make_settings(tmp_path, accounts=True, organisation_role=role))
    opened.accounts.people._passwords._hasher = QUICK
    yield opened.accounts
    opened.close()


def test_who_first_comes_gets_the_setting_s_role_and_is_known_again(
    accounts: Accounts,
) -> None:
    first = accounts.organisation.person_of(AMINA)

    assert (first.login, first.name, first.role) == (
        "amina@marches.example",
        "Amina B.",
        Role.READER,
    )
    assert accounts.organisation.person_of(AMINA | {"name": "Autre"}) == first


def test_an_account_of_that_address_is_the_same_person(accounts: Accounts) -> None:
    new = NewPerson("amina", "Amina", Role.MANAGER, email="amina@marches.example")
    kept = accounts.people.create(new)

    assert accounts.organisation.person_of(AMINA) == kept


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "amina@marches.example"},
        AMINA | {"email_verified": False},
        AMINA | {"email_verified": "false"},
        AMINA | {"email": None},
    ],
)
def test_an_address_that_is_not_verified_is_nobodys(
    accounts: Accounts, claims: dict[str, object]
) -> None:
    with pytest.raises(NotSignedIn, match="adresse électronique vérifiée"):
        accounts.organisation.person_of(claims)
    assert accounts.people.accounts() == []


@pytest.mark.parametrize("accounts", [""], indirect=True)
def test_without_a_role_in_the_settings_people_are_invited_first(accounts: Accounts) -> None:
    with pytest.raises(NotSignedIn, match="n’a pas de compte"):
        accounts.organisation.person_of(AMINA)


def test_somebody_disabled_is_refused_on_either_side_of_the_way(accounts: Accounts) -> None:
    chief = accounts.people.create(
        NewPerson("chef", "Le chef", Role.ADMINISTRATOR, password=PASSWORD)
    )
    amina = accounts.organisation.person_of(AMINA)
    token = accounts.organisation.hand_over(amina)
    assert accounts.organisation.take_over(token) == amina

    accounts.people.set_enabled(amina.id, enabled=False, by=chief)

    with pytest.raises(NotSignedIn):
        accounts.organisation.person_of(AMINA)
    with pytest.raises(NotSignedIn):
        accounts.organisation.take_over(token)


@pytest.mark.parametrize("token", ["", "1", "MQ.abc.def"])
def test_a_token_that_is_not_ours_opens_nothing(accounts: Accounts, token: str) -> None:
    with pytest.raises(NotSignedIn):
        accounts.organisation.take_over(token)
