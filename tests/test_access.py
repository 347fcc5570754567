"""Every page and every API route × every role and nobody: who is let in, as one table.

A page or a route that has no entry here fails.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Permission, Person, Role
from assistant.api import create_api
from assistant.ui import identity
from assistant.ui.navigation import SCREENS, pages_for
from assistant.ui.organisation import SIGN_IN
from assistant.ui.session import services as shared
from assistant.wiring import Services, open_services

from .conftest import ROOT, make_settings

NOBODY = "personne"
ALL = {"lecteur", "annotateur", "gestionnaire", "administrateur"}
RATERS = {"annotateur", "administrateur"}
MANAGERS = {"gestionnaire", "administrateur"}
REVIEWERS = {"annotateur", "gestionnaire", "administrateur"}
ADMINISTRATORS = {"administrateur"}
WHO = [NOBODY, *sorted(ALL)]

PAGES = {
    "administration": ADMINISTRATORS,
    "aide": ALL,
    "lire": ALL,
    "campagnes": ADMINISTRATORS,
    "documents": MANAGERS,
    "evaluation": RATERS,
    "lexique": MANAGERS,
    "mon_compte": ALL,
    "poser_une_question": ALL,
    "resultats": RATERS,
    "questions_transmises": REVIEWERS,
}
ROUTES = {
    "GET /openapi.json": {NOBODY, *ALL},
    "GET /docs": {NOBODY, *ALL},
    "GET /docs/oauth2-redirect": {NOBODY, *ALL},
    "GET /static-offline-docs": {NOBODY, *ALL},
    "GET /health": {NOBODY, *ALL},
    "GET /ready": {NOBODY, *ALL},
    "GET /metrics": {"administrateur"},
    "POST /ask": ALL,
    "POST /ask/stream": ALL,
    "GET /conversations": ALL,
    "GET /conversations/{conversation_id}": ALL,
    "PATCH /conversations/{conversation_id}": ALL,
    "DELETE /conversations/{conversation_id}": ALL,
    "GET /conversations/{conversation_id}/export": ALL,
    "POST /search": ALL,
    "GET /instruments/{instrument}/articles": ALL,
    "GET /instruments/{instrument}/articles/{article}": ALL,
    "GET /documents": ALL,
    "POST /documents": MANAGERS,
    "GET /documents/{document_id}": ALL,
    "GET /documents/{document_id}/file": ALL,
    "DELETE /documents/{document_id}": MANAGERS,
    "GET /ingestions": MANAGERS,
    "GET /ingestions/{job_id}": MANAGERS,
    "PUT /answers/{answer_id}/rating": RATERS,
    "GET /ratings": {"administrateur"},
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("access")
    settings = make_settings(folder, accounts=True, requests_per_minute=10_000)
    opened = open_services(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def people(services: Services) -> dict[str, Person]:
    create = services.accounts.people.create
    return {role: create(NewPerson(f"le-{role}", f"Le {role}", Role(role))) for role in ALL}


@pytest.fixture(scope="module")
def cookies(services: Services, people: dict[str, Person]) -> dict[str, str | None]:
    """What each one's browser sends."""
    accounts = services.accounts
    opened = {w: accounts.cookie.write(accounts.sessions.open(people[w])) for w in people}
    return {NOBODY: None, **opened}


@pytest.fixture(scope="module")
def api(services: Services) -> TestClient:
    return TestClient(create_api(lambda: services), base_url="http://127.0.0.1")


def answer(api: TestClient, route: str, **headers: str | None) -> int:
    method, path = route.split()
    path = re.sub(r"\{.*?\}", "rien", path)
    sent = {name: value for name, value in headers.items() if value}
    body = {} if method == "GET" else {"json": {}}
    return api.request(
        method, path, headers={"sec-fetch-site": "same-origin"} | sent, **body
    ).status_code


def all_routes(app: Any) -> Iterator[str]:
    """Every route of an application, those that its description hides too."""
    for route in app.routes:
        if router := getattr(route, "original_router", None):
            yield from all_routes(router)
        else:
            methods = sorted({*(getattr(route, "methods", None) or ["GET"])} - {"HEAD"})
            yield from (f"{method} {route.path}" for method in methods)


def test_every_page_and_every_route_has_an_entry(api: TestClient) -> None:
    files = {path.stem for path in (ROOT / "pages").glob("*.py")}
    routes = set(all_routes(api.app))

    assert files == set(PAGES)
    assert {screen.name for screen in SCREENS} == set(PAGES)
    assert routes == set(ROUTES)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_to_whom_the_table_says(
    services: Services,
    cookies: dict[str, str | None],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    who: str,
) -> None:
    monkeypatch.setattr(shared, "_services", services)  # closed by the fixture that opened it
    monkeypatch.setattr(identity, "read_cookie", lambda: cookies[who])

    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()

    opened = [title for title in page.title if title.value != SIGN_IN]
    assert bool(opened) is (who in PAGES[name])
    assert not page.exception
    if who == NOBODY:
        assert "vous n’êtes pas connecté" in page.info[0].value
    elif who not in PAGES[name]:
        assert "n’ouvre pas cette page" in page.error[0].value


@pytest.mark.parametrize("role", sorted(ALL))
def test_the_navigation_shows_what_a_role_opens(people: dict[str, Person], role: str) -> None:
    pages = zip(SCREENS, pages_for(people[role]), strict=True)
    shown = {screen.name for screen, page in pages if page.visibility == "visible"}

    assert shown == {name for name, roles in PAGES.items() if role in roles}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", ROUTES)
def test_a_route_answers_whom_the_table_says(
    api: TestClient, cookies: dict[str, str | None], route: str, who: str
) -> None:
    cookie = cookies[who] and f"assistant_session={cookies[who]}"
    status = answer(api, route, cookie=cookie)

    if who in ROUTES[route]:
        assert status not in {401, 403, 429}
    else:
        assert status == (401 if who == NOBODY else 403)


@pytest.mark.parametrize("route", [route for route in ROUTES if NOBODY not in ROUTES[route]])
def test_a_key_opens_what_is_in_its_scope_and_no_more(
    services: Services, api: TestClient, people: dict[str, Person], route: str
) -> None:
    opened = set()
    for permission in Permission:
        key = services.accounts.keys.create(route, [permission], of=people["administrateur"])
        status = answer(api, route, authorization=f"Bearer {key}")
        assert status == 403 or status not in {401, 429}
        if status != 403:
            opened.add(permission)
        services.accounts.keys.revoke(
            services.accounts.keys.listed()[0].id, by=people["administrateur"]
        )
        assert answer(api, route, authorization=f"Bearer {key}") == 401

    assert len(opened) == 1
