"""One's own conversations over the API, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Permission, Person, Role
from assistant.api import create_api
from assistant.wiring import Services, open_services

from .asked_of_people import BLUE, ask, send
from .conftest import make_settings

CEILING = "Quel est le plafond des bons de commande ?"
MARKUP = "Que vaut <img src=x onerror=alert(1)> ?"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[Services]:
    settings = make_settings(
        tmp_path_factory.mktemp("conversations"), accounts=True, requests_per_minute=10_000
    )
    opened = open_services(settings)
    opened.library.ingest(specimens[1].name, specimens[1].read_bytes())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def people(services: Services) -> tuple[Person, Person]:
    create = services.accounts.people.create
    return (
        create(NewPerson("amina", "Amina A.", Role.READER)),
        create(NewPerson("badia", "Badia B.", Role.ADMINISTRATOR)),
    )


@pytest.fixture
def amina(services: Services, people: tuple[Person, Person]) -> Iterator[Person]:
    yield people[0]
    for conversation in services.conversations.of(people[0]):
        services.conversations.delete(people[0], conversation.id)


@pytest.fixture
def client(services: Services, amina: Person) -> Iterator[TestClient]:
    key = services.accounts.keys.create("essai", [Permission.ASK], of=amina)
    with TestClient(
        create_api(lambda: services), headers={"authorization": f"Bearer {key}"}
    ) as opened:
        yield opened


def test_conversations_are_listed_the_last_changed_first_and_looked_for(
    services: Services, amina: Person, client: TestClient
) -> None:
    first, _, _ = ask(services, amina, CEILING)
    last, _, _ = ask(services, amina, BLUE)

    assert [c["id"] for c in client.get("/conversations").json()] == [last, first]
    assert [c["id"] for c in client.get("/conversations?containing=PAPIER bleu").json()] == [last]
    assert len(client.get("/conversations?limit=1").json()) == 1
    assert client.get("/conversations?limit=0").status_code == 422


def test_a_conversation_is_read_with_what_was_asked_answered_and_sent(
    services: Services, amina: Person, client: TestClient
) -> None:
    place, _ = send(services, amina)
    ask(services, amina, CEILING, within=place)

    read = client.get(f"/conversations/{place}").json()

    refused, answered = read["turns"]
    assert (read["id"], read["title"]) == (place, BLUE)
    assert (refused["question"], refused["answer"]["outcome"]) == (BLUE, "not_found")
    assert refused["human"]["standing"] == "open"
    assert answered["answer"]["citations"][0]["article"] == "7"
    assert answered["human"] is None


def test_a_conversation_is_renamed_and_a_blank_title_changes_nothing(
    services: Services, amina: Person, client: TestClient
) -> None:
    place, _, _ = ask(services, amina, CEILING)

    renamed = client.patch(f"/conversations/{place}", json={"title": "Les\nplafonds"})
    blank = client.patch(f"/conversations/{place}", json={"title": " \t"})

    assert (renamed.status_code, renamed.json()["title"]) == (200, "Les plafonds")
    assert blank.json() == renamed.json()
    assert client.patch(f"/conversations/{place}", json={"titre": "x"}).status_code == 422


def test_a_deleted_conversation_is_gone_and_what_it_sent_is_withdrawn(
    services: Services, amina: Person, client: TestClient
) -> None:
    place, _ = send(services, amina)

    deleted = client.delete(f"/conversations/{place}")

    assert deleted.status_code == 204
    assert client.get(f"/conversations/{place}").status_code == 404
    assert client.delete(f"/conversations/{place}").status_code == 404
    assert client.get("/conversations").json() == []


def test_a_conversation_is_exported_as_the_page_does(
    services: Services, amina: Person, client: TestClient
) -> None:
    place, _, _ = ask(services, amina, MARKUP)

    as_json = client.get(f"/conversations/{place}/export")
    as_html = client.get(f"/conversations/{place}/export?format=html")

    assert as_json.json() == client.get(f"/conversations/{place}").json()
    assert as_json.headers["content-disposition"] == 'attachment; filename="conversation.json"'
    assert as_html.headers["content-type"] == "text/html; charset=utf-8"
    assert as_html.headers["content-security-policy"] == "sandbox"
    assert "&lt;img src=x" in as_html.text
    assert "<img" not in as_html.text
    assert client.get(f"/conversations/{place}/export?format=pdf").status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/export"), ("PATCH", ""), ("DELETE", "")],
    ids=["read", "export", "rename", "delete"],
)
def test_somebody_else_s_conversation_is_as_one_that_is_not_there(
    services: Services,
    people: tuple[Person, Person],
    client: TestClient,
    method: str,
    path: str,
) -> None:
    _, badia = people
    place, _, _ = ask(services, badia, CEILING)
    body = {"json": {"title": "À moi"}} if method == "PATCH" else {}

    hers = client.request(method, f"/conversations/{place}{path}", **body)
    nobody_s = client.request(method, f"/conversations/rien{path}", **body)

    assert (hers.status_code, hers.json()) == (404, nobody_s.json())
    assert "appartient à une autre personne" in hers.json()["detail"]
    assert services.conversations.find(badia, place).title == CEILING
    assert place not in [c["id"] for c in client.get("/conversations").json()]
