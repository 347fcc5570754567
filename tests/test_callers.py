"""Who calls the API: sessions and keys, stolen, forged, revoked, too many."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from assistant.accounts.cookie import NAME, SessionCookie
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Permission, Person, Role
from assistant.api import create_api
from assistant.errors import InvalidAccount
from assistant.wiring import Services, open_services

from .conftest import make_settings
from .office import PASSWORD, QUICK

ASK = {"question": "Quel est le plafond ?"}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path, accounts=True, requests_per_minute=4))
    yield opened
    opened.close()


@pytest.fixture
def client(services: Services) -> TestClient:
    return TestClient(create_api(lambda: services), base_url="http://127.0.0.1")


@pytest.fixture
def amina(services: Services) -> Person:
    return services.accounts.people.create(NewPerson("amina", "Amina B.", Role.READER))


@pytest.fixture
def chief(services: Services) -> Person:
    services.accounts.people._passwords._hasher = QUICK
    new = NewPerson("chef", "Le chef", Role.ADMINISTRATOR, password=PASSWORD)
    return services.accounts.people.create(new)


def with_key(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def with_cookie(services: Services, person: Person) -> dict[str, str]:
    accounts = services.accounts
    return {"cookie": f"{NAME}={accounts.cookie.write(accounts.sessions.open(person))}"}


def test_a_key_is_shown_once_and_not_kept(services: Services, amina: Person) -> None:
    key = services.accounts.keys.create("tableau de bord", [Permission.ASK], of=amina)

    [listed] = services.accounts.keys.listed(of=amina)
    with services.database.session() as session:
        kept = str(session.execute(text("SELECT * FROM api_keys")).all())
        logged = str(session.execute(text("SELECT * FROM audit_log")).all())
    assert re.fullmatch(r"amp_[\w-]{43}", key)
    assert listed.beginning == key[:10]
    assert key not in kept + logged


@pytest.mark.parametrize(
    ("name", "permissions"),
    [("", [Permission.ASK]), ("x", []), ("x", [Permission.ADMINISTER]), ("x" * 101, [])],
)
def test_a_key_without_name_or_beyond_its_person_is_refused(
    services: Services, amina: Person, name: str, permissions: list[Permission]
) -> None:
    with pytest.raises(InvalidAccount):
        services.accounts.keys.create(name, permissions, of=amina)


def test_a_refusal_is_a_problem_in_french(client: TestClient) -> None:
    answer = client.get("/documents")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["title"] == "Connexion requise"


def test_a_key_loses_what_its_person_loses(
    services: Services, client: TestClient, amina: Person, chief: Person
) -> None:
    people = services.accounts.people
    people.set_role(amina.id, Role.ADMINISTRATOR, by=chief)
    admin = people.accounts()[0].person
    key = services.accounts.keys.create("tout", [Permission.ADMINISTER], of=admin)
    found = services.accounts.keys.find(key)
    assert found is not None
    assert found.allows(Permission.ADMINISTER)

    people.set_role(amina.id, Role.READER, by=chief)
    lessened = services.accounts.keys.find(key)
    assert lessened is not None
    assert not lessened.allows(Permission.ADMINISTER)
    people.set_enabled(amina.id, enabled=False, by=chief)

    assert client.get("/documents", headers=with_key(key)).status_code == 401


def test_people_revoke_their_own_keys_and_administrators_all(
    services: Services, client: TestClient, amina: Person, chief: Person
) -> None:
    keys = services.accounts.keys
    of_chief = keys.create("un", [Permission.ASK], of=chief)
    of_amina = keys.create("deux", [Permission.ASK], of=amina)
    second, first = keys.listed()

    keys.revoke(first.id, by=amina)
    assert client.get("/documents", headers=with_key(of_chief)).status_code == 200
    keys.revoke(second.id, by=chief)

    assert client.get("/documents", headers=with_key(of_amina)).status_code == 401


@pytest.mark.parametrize("given", ["Bearer faux", "Bearer", "Basic YTpi", "Bearer amp_é"])
def test_a_wrong_key_is_refused_even_beside_a_good_cookie(
    services: Services, client: TestClient, amina: Person, given: str
) -> None:
    cookie = with_cookie(services, amina)["cookie"].encode()
    headers = {b"cookie": cookie, b"authorization": given.encode()}

    assert client.get("/documents", headers=headers).status_code == 401


def test_a_forged_cookie_is_refused(services: Services, client: TestClient, amina: Person) -> None:
    cookie = services.accounts.cookie
    token = services.accounts.sessions.open(amina)
    other = SessionCookie("un autre secret", longest=services.accounts.sessions._lasting)
    for value in (token, other.write(token), cookie.write("x"), "a.b.c"):
        assert client.get("/documents", headers={"cookie": f"{NAME}={value}"}).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://127.0.0.1"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({}, 403),
    ],
)
def test_another_site_asks_nothing_by_somebodys_cookie(
    services: Services, client: TestClient, amina: Person, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/ask", json=ASK, headers=with_cookie(services, amina) | headers)

    assert answer.status_code == status


def test_who_asks_too_often_is_told_when_to_come_back(
    services: Services, client: TestClient, amina: Person
) -> None:
    key = services.accounts.keys.create("boucle", [Permission.ASK], of=amina)
    answers = [client.get("/documents", headers=with_key(key)) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 15
    assert answers[-1].json()["title"] == "Trop de demandes"
    assert client.get("/documents", headers=with_cookie(services, amina)).status_code == 200
    assert client.get("/health").status_code == 200


def test_without_accounts_another_site_asks_nothing_either(tmp_path: Path) -> None:
    opened = open_services(make_settings(tmp_path))
    client = TestClient(create_api(lambda: opened))

    ours = client.post("/ask", json=ASK)
    theirs = client.post("/ask", json=ASK, headers={"origin": "http://evil.example"})

    opened.close()
    assert (ours.status_code, theirs.status_code) == (200, 403)
