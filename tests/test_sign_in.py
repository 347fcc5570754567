"""The gate and the sign-in pages, over HTTP, before an application that shows a secret."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from assistant.accounts.cookie import NAME
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.ui.gate import Gate
from assistant.ui.session import SharedServices
from assistant.ui.sign_in import sign_in_routes

PASSWORD = "quatre mots sans rapport"
HTML = {"accept": "text/html"}
OURS = {"origin": "http://127.0.0.1:8501"}


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SharedServices]:
    monkeypatch.setenv("ASSISTANT_ACCOUNTS", "on")
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    shared = SharedServices()
    passwords = shared().accounts.people._passwords
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield shared
    shared.close()


def client_of(services: SharedServices, address: str = "127.0.0.1") -> TestClient:
    app = Starlette(
        routes=[
            *sign_in_routes(services),
            WebSocketRoute("/_stcore/stream", echo),
            Route("/{path:path}", lambda _: PlainTextResponse("secret")),
        ],
        middleware=[Middleware(Gate, services)],
    )
    return TestClient(
        app, base_url="http://127.0.0.1:8501", client=(address, 4242), follow_redirects=False
    )


@pytest.fixture
def chief(services: SharedServices) -> Person:
    new = NewPerson("chef", "Le chef", Role.ADMINISTRATOR, password=PASSWORD)
    return services().accounts.people.create(new)


@pytest.fixture
def client(services: SharedServices, chief: Person) -> TestClient:
    return client_of(services)


def sign_in(client: TestClient, password: str = PASSWORD, path: str = "/connexion", **headers: str):
    given = {"login": "chef", "password": password}
    return client.post(path, data=given, headers=headers or OURS)


@pytest.mark.parametrize("path", ["/documents", "/", "/documents?x=1&y=é"])
def test_nobody_is_sent_to_the_sign_in_and_comes_back_where_they_were(
    client: TestClient, path: str
) -> None:
    away = client.get(path, headers=HTML)
    form = client.get(away.headers["location"], headers=HTML)
    action = re.search(r'action="([^"]+)"', form.text)
    assert action is not None

    back = sign_in(client, path=action[1].replace("&amp;", "&"))

    assert (away.status_code, back.status_code) == (303, 303)
    assert back.headers["location"] == quote(path, safe="/?=&")
    assert client.get(path, headers=HTML).text == "secret"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/media/a.pdf"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("POST", "/_stcore/agent/interact"),
        ("GET", "/_stcore/metrics"),
        ("GET", "/static/../media/a.pdf"),
        ("GET", "/connexionx"),
        ("HEAD", "/"),
    ],
)
def test_nobody_gets_or_sends_files(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    [cookie] = sign_in(client).headers.get_list("set-cookie")

    assert cookie.startswith(f"{NAME}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_the_cookie_is_for_https_alone_behind_a_proxy_that_speaks_it(client: TestClient) -> None:
    answer = sign_in(client, origin="https://127.0.0.1:8501")

    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"x-nothing": ""},
        {"origin": "http://127.0.0.1:8501", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_signs_nobody_in(client: TestClient, headers: dict[str, str]) -> None:
    answer = sign_in(client, **headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\r\nb"],
)
def test_signing_in_leads_nowhere_else(client: TestClient, path: str) -> None:
    assert sign_in(client, path=f"/connexion?suite={quote(path)}").headers["location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_login(client: TestClient) -> None:
    answer = sign_in(client, "un tout autre mot")

    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert 'value="chef"' in answer.text
    assert "set-cookie" not in answer.headers


def test_what_is_typed_is_shown_literally(client: TestClient) -> None:
    login = '"><script>alert(1)</script>'
    answer = client.post("/connexion", data={"login": login, "password": "x"}, headers=OURS)

    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_cookie_that_was_there_before_gets_no_session(
    services: SharedServices, client: TestClient, chief: Person
) -> None:
    accounts = services().accounts
    planted = accounts.cookie.write(accounts.sessions.open(chief))
    sign_in(client, **OURS, cookie=f"{NAME}={planted}")

    assert client.cookies[NAME] != planted
    assert accounts.find(planted) is None
    assert accounts.find(client.cookies[NAME])


def test_signing_out_ends_the_session_and_not_the_cookie_alone(
    services: SharedServices, client: TestClient
) -> None:
    sign_in(client)
    stolen = client.cookies[NAME]

    client.post("/connexion/fin", headers=OURS)

    assert NAME not in client.cookies
    assert services().accounts.find(stolen) is None
    assert client.get("/media/a.pdf", headers={"cookie": f"{NAME}={stolen}"}).status_code == 401


def clicked(**fields: object) -> bytes:
    asked = BackMsg()
    asked.rerun_script.page_script_hash = "abc"
    asked.rerun_script.fragment_id = "f"
    asked.rerun_script.widget_states.widgets.add(id="delete", trigger_value=True)
    return asked.SerializeToString()


def test_a_session_that_ended_clicks_on_nothing_more(
    services: SharedServices, client: TestClient, chief: Person
) -> None:
    sign_in(client)
    with client.websocket_connect("ws://127.0.0.1:8501/_stcore/stream") as page:
        page.send_bytes(clicked())
        assert page.receive_bytes() == clicked()

        [session] = services().accounts.sessions.of(chief)
        services().accounts.sessions.end(session.id, of=chief, by=chief)
        page.send_bytes(clicked())
        arrived = BackMsg.FromString(page.receive_bytes()).rerun_script

    assert arrived.page_script_hash == "abc"
    assert not arrived.fragment_id
    assert not arrived.widget_states.widgets


def first(client: TestClient, **headers: str):
    given = {"login": "chef", "name": "Le chef", "password": PASSWORD, "again": PASSWORD}
    return client.post("/connexion/premier", data=given, headers=OURS | headers)


def test_the_first_start_asks_for_the_administrator_once(services: SharedServices) -> None:
    client = client_of(services)
    assert client.get("/connexion").headers["location"] == "/connexion/premier"
    assert "une seconde fois" in client.get("/connexion/premier").text

    answer = first(client)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/", headers=HTML).text == "secret"
    again = client_of(services)
    assert again.get("/connexion/premier").headers["location"] == "/connexion"
    assert first(again).status_code == 403


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.168.1.20", {}),
        ("192.168.1.20", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"via": "1.1 proxy"}),
        ("127.0.0.1", {"host": "marches.example", "origin": "http://marches.example"}),
        ("127.0.0.1", {"origin": "https://marches.example", "sec-fetch-site": "same-origin"}),
    ],
)
def test_the_first_administrator_is_made_on_this_machine_alone(
    services: SharedServices, address: str, headers: dict[str, str]
) -> None:
    answer = first(client_of(services, address), **headers)

    assert answer.status_code == 403
    assert not services().accounts.people.has_administrator()


def test_who_was_invited_chooses_a_password_and_is_in(
    services: SharedServices, client: TestClient, chief: Person
) -> None:
    accounts = services().accounts
    omar = accounts.people.create(NewPerson("omar", "Omar <b>", Role.READER), by=chief)
    link = f"/connexion/invitation?jeton={accounts.invitations.invite(omar.id, by=chief)}"
    assert "Omar &lt;b&gt;" in client.get(link).text

    unlike = client.post(link, data={"password": PASSWORD, "again": "x"}, headers=OURS)
    chosen = client.post(link, data={"password": PASSWORD, "again": PASSWORD}, headers=OURS)

    assert (unlike.status_code, chosen.status_code) == (422, 303)
    signed_in = accounts.find(client.cookies[NAME])
    assert signed_in is not None
    assert signed_in.person == omar
    assert client.get(link).status_code == 401


def test_a_form_too_long_is_not_read(client: TestClient) -> None:
    assert client.post("/connexion", content=b"x" * 30_000, headers=OURS).status_code == 413
