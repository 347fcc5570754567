"""axe-core on every page, in a real browser: narrow and wide, light and dark."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from assistant.ui.administration import SECTIONS
from assistant.ui.navigation import SCREENS, Screen

from .browser import WIDTHS, App, chromium, running_app, wait_until_idle
from .office import PASSWORD

CEILING = "Quel est le plafond des bons de commande ?"
ADDRESSES = {"lire": "lire?instrument=9-20-202&article=2"}
"""Of the pages that show more with an address of their own."""
GROUNDS: dict[Literal["light", "dark"], str] = {
    "light": "rgb(255, 255, 255)",
    "dark": "rgb(18, 24, 28)",
}
"""The background of each theme, as `.streamlit/config.toml` sets it."""
_RUN = "axe.run(document, {resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[App]:
    settings = {"ASSISTANT_ADMIN_LOGIN": "chef", "ASSISTANT_ADMIN_PASSWORD": PASSWORD}
    folder = tmp_path_factory.mktemp("accessibility")
    with running_app(folder, specimens, accounts=True, settings=settings) as served:
        yield served


@pytest.fixture(scope="module")
def page(app: App) -> Iterator[Page]:
    """An administrator's screen, before they sign in."""
    with chromium() as browser, browser.new_context(locale="fr-FR", bypass_csp=True) as context:
        context.set_default_timeout(60_000)
        opened = context.new_page()
        opened.goto(f"{app.url}/connexion")
        yield opened


@pytest.fixture(scope="module")
def desk(page: Page) -> Page:
    """The same screen, once they signed in and asked a question."""
    page.goto(urljoin(page.url, "/connexion"))
    page.get_by_label("Identifiant").fill("chef")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    box = page.get_by_placeholder("Votre question")
    box.fill(CEILING)
    box.press("Enter")
    page.get_by_text(re.compile(r"\[1\] Article 7")).click()
    expect(page.locator("mark").first).to_be_visible()
    return page


def test_nothing_grave_is_found_before_people_sign_in(page: Page) -> None:
    assert grave(page) == []


def test_nothing_grave_is_found_in_an_answer_with_its_source(desk: Page) -> None:
    wait_until_idle(desk)

    assert grave(desk) == []


@pytest.mark.parametrize("screen", SCREENS[1:], ids=lambda screen: screen.name)
def test_nothing_grave_is_found_on_a_page(app: App, desk: Page, screen: Screen) -> None:
    desk.goto(f"{app.url}/{ADDRESSES.get(screen.name, screen.name)}")
    expect(desk.get_by_role("heading", level=1, name=screen.title)).to_be_visible()
    wait_until_idle(desk)

    assert grave(desk) == []


def test_nothing_grave_is_found_in_a_section_of_the_administration(app: App, desk: Page) -> None:
    desk.goto(f"{app.url}/administration")
    for section in list(SECTIONS)[1:]:
        desk.get_by_role("tab", name=section).click()
        expect(desk.get_by_role("tab", name=section)).to_have_attribute("aria-selected", "true")
        wait_until_idle(desk)

        assert grave(desk) == []


def grave(page: Page) -> list[str]:
    """Give what axe finds serious or critical, at each width and in both themes."""
    page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in GROUNDS:
            page.emulate_media(color_scheme=theme)
            wait_for_theme(page, theme)
            found += [
                f"{width} {theme} {violation['id']}: {node['failureSummary']} {node['html'][:300]}"
                for violation in page.evaluate(_RUN)["violations"]
                if violation["impact"] in ("serious", "critical")
                for node in violation["nodes"]
            ]
    return found


def wait_for_theme(page: Page, theme: Literal["light", "dark"]) -> None:
    """Wait until Streamlit has drawn a page in its colours; the plain pages need no script."""
    if page.locator("[data-testid=stApp]").count():
        page.wait_for_function(
            "ground => getComputedStyle(document.querySelector('[data-testid=stApp]'))"
            ".backgroundColor === ground",
            arg=GROUNDS[theme],
        )
        page.locator("[data-stale=true]").first.wait_for(state="detached")
        wait_until_idle(page)
