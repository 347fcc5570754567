"""A day of an office: an administrator at a desk, an annotator at a telephone's width."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import App, chromium, open_page, running_app, wait_until_idle
from .test_browser import CEILING, ask, rate
from .test_sign_in_browser import choose_password, make_administrator

UNDERSTOOD = re.compile("Question comprise.*bons de commande, dans l’ancien décret")
THUMBS = "Cette réponse vous aide-t-elle"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running_app(tmp_path_factory.mktemp("day"), accounts=True) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_day_of_an_office(app: App, browser: Browser, specimens: list[Path]) -> None:
    with open_page(browser, app.url) as chief, open_page(browser, app.url) as annotator:
        make_administrator(app, chief)
        add_documents(app, chief, specimens)
        ask_with_follow_up(app, chief)
        read_source(chief)
        assert download_dossier(chief).startswith(b"%PDF")
        chief.reload()
        expect(chief.get_by_text(UNDERSTOOD)).to_be_visible()  # still signed in, nothing lost

        annotator.set_viewport_size({"width": 390, "height": 844})
        annotator.goto(invite_annotator(app, chief))
        choose_password(annotator, "Enregistrer et se connecter")
        expect(annotator.get_by_placeholder("Votre question")).to_be_visible()
        rate_an_answer(app, annotator)
        annotator.goto(f"{app.url}/documents")
        expect(annotator.get_by_text("n’ouvre pas cette page")).to_be_visible()
        leave(app, annotator)


def add_documents(app: App, page: Page, files: list[Path]) -> None:
    page.goto(f"{app.url}/documents")
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("button", name="Retirer")).to_have_count(len(files))
    page.get_by_role("button", name="Ajouter ces fichiers").click()
    expect(page.get_by_text(f"Documents indexés ({len(files)})")).to_be_visible()


def ask_with_follow_up(app: App, page: Page) -> None:
    page.goto(app.url)
    for answers, question in enumerate((CEILING, "et dans l’ancien décret ?"), start=1):
        wait_until_idle(page)
        ask(page, question)
        expect(page.get_by_text(THUMBS)).to_have_count(answers)
    expect(page.get_by_text(UNDERSTOOD)).to_be_visible()


def read_source(page: Page) -> None:
    """Open the source of the first answer: the article, and the printed page, with their marks."""
    wait_until_idle(page)
    page.get_by_text(re.compile(r"\[1\] Article 7\b.* – Bons de commande")).first.click()
    expect(page.locator("mark").first).to_be_visible()
    image = page.get_by_role("img", name=re.compile("du PDF, extrait surligné"))
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") > 500


def download_dossier(page: Page) -> bytes:
    wait_until_idle(page)
    page.get_by_role("button", name="Dossier").first.click()
    button = page.get_by_role("button", name="Télécharger en PDF")
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    return download.value.path().read_bytes()


def invite_annotator(app: App, page: Page) -> str:
    """Let somebody in; gives the link by which they choose a password."""
    page.goto(f"{app.url}/administration")
    page.get_by_text("Inviter une personne").click()
    page.get_by_label("Prénom et nom").fill("Amina B.")
    page.get_by_label("Identifiant").fill("amina")
    page.get_by_text("annotateur", exact=True).first.click()
    page.get_by_role("button", name="Créer le compte").click()
    return page.locator("code").inner_text()


def rate_an_answer(app: App, page: Page) -> None:
    page.goto(f"{app.url}/evaluation")
    rate(page, score=4, comment="Claire, et à la bonne page.")
    expect(page.get_by_text(re.compile("1.réponse notée sur 2"))).to_be_visible()


def leave(app: App, page: Page) -> None:
    page.goto(f"{app.url}/mon_compte")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
