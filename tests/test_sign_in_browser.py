"""Signing in before the real server: what a restart keeps, and what ends for every browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.accounts.cookie import NAME

from .browser import App, chromium, running_app, take_pictures
from .office import PASSWORD

ONLINE = "Aucun texte n’est encore indexé"
ENDED = "Votre session est terminée"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with running_app(tmp_path, accounts=True) as served:
        yield served


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def open_browser(browser: Browser) -> BrowserContext:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    return context


def choose_password(page: Page, button: str) -> None:
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("une seconde fois").fill(PASSWORD)
    page.get_by_role("button", name=button).click()


def make_administrator(app: App, page: Page) -> None:
    page.goto(f"{app.url}/administration")
    page.get_by_label("Prénom et nom").fill("Le chef")
    page.get_by_label("Identifiant").fill("chef")
    choose_password(page, "Créer le compte")
    expect(page.get_by_role("heading", level=1)).to_have_text("Poser une question")


def invite(app: App, page: Page) -> str:
    page.goto(f"{app.url}/administration")
    page.get_by_text("Inviter une personne").click()
    page.get_by_label("Prénom et nom").fill("Amina B.")
    page.get_by_label("Identifiant").fill("amina")
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_text("Transmettez ce lien")).to_be_visible()
    take_pictures(page, "administration")
    return page.locator("code").inner_text()


def test_a_day_of_an_administrator_and_of_a_reader(app: App, browser: Browser) -> None:
    office, desk = open_browser(browser), open_browser(browser)
    chief, amina = office.new_page(), desk.new_page()
    make_administrator(app, chief)
    amina.goto(invite(app, chief))
    choose_password(amina, "Enregistrer et se connecter")
    expect(amina.get_by_text(ONLINE)).to_be_visible()
    expect(amina.get_by_role("link", name="Administration")).to_have_count(0)

    amina.goto(f"{app.url}/administration")  # not in the navigation, and refused by its address
    expect(amina.get_by_text("n’ouvre pas cette page")).to_be_visible()
    amina.goto(app.url)
    second = desk.new_page()
    second.goto(f"{app.url}/mon_compte")
    expect(second.get_by_text("cette session")).to_be_visible()
    take_pictures(second, "mon-compte")

    app.stop()
    app.start()
    amina.reload()
    expect(amina.get_by_text(ONLINE)).to_be_visible()

    stolen = {"name": NAME, "value": cookie_of(desk), "url": app.url}
    thief = open_browser(browser)
    thief.add_cookies([stolen])  # type: ignore[list-item]
    elsewhere = thief.new_page()
    elsewhere.goto(app.url)
    expect(elsewhere.get_by_text(ONLINE)).to_be_visible()
    amina.goto(f"{app.url}/mon_compte")
    amina.get_by_role("button", name="Se déconnecter").click()
    expect(amina.get_by_role("heading", name="Connexion")).to_be_visible()

    elsewhere.get_by_role("link", name="Aide").click()  # its next action
    expect(elsewhere.get_by_text(ENDED)).to_be_visible()
    second.get_by_role("link", name="Aide").click()
    expect(second.get_by_text(ENDED)).to_be_visible()
    second.get_by_role("link", name="Se connecter").click()
    expect(second.get_by_role("heading", name="Connexion")).to_be_visible()


def cookie_of(context: BrowserContext) -> str:
    [value] = [c["value"] for c in context.cookies() if c["name"] == NAME]
    return value
