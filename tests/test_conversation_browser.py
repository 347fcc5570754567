"""A conversation with its follow-up, and the way to a human and back, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import App, chromium, open_page, running_app, take_pictures, wait_until_idle

CEILING = "Quel est le plafond des bons de commande ?"
UNDERSTOOD = re.compile("Question comprise.*bons de commande, dans l’ancien décret")
BLUE = "Que vaut le papier bleu du hibou ?"
PATIENCE = 30_000  # milliseconds: a busy machine may take its time
THUMBS = "Cette réponse vous aide-t-elle"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[App]:
    with running_app(tmp_path_factory.mktemp("conversation"), specimens) as served:
        yield served


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    with open_page(browser, app.url) as opened:
        yield opened


def ask(page: Page, question: str, *, answers: int) -> None:
    """Ask, and wait for as many answers."""
    wait_until_idle(page)
    box = page.get_by_placeholder("Votre question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_text(THUMBS)).to_have_count(answers, timeout=PATIENCE)
    wait_until_idle(page)


def test_a_follow_up_survives_a_refresh_until_it_is_deleted(page: Page) -> None:
    ask(page, CEILING, answers=1)
    ask(page, "et dans l’ancien décret ?", answers=2)
    expect(page.get_by_text(UNDERSTOOD)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("trente-sept mille (37.000)")).to_be_visible(timeout=PATIENCE)

    page.reload()
    expect(page.get_by_text(UNDERSTOOD)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(THUMBS)).to_have_count(2, timeout=PATIENCE)
    take_pictures(page, "conversation")
    wait_until_idle(page)  # the sidebar, which a narrow screen hides, is drawn anew

    page.get_by_text("Renommer ou supprimer").click()
    page.get_by_role("button", name="Supprimer la conversation").click()
    page.get_by_role("button", name="Supprimer définitivement").click()
    expect(page.get_by_text(UNDERSTOOD)).to_have_count(0, timeout=PATIENCE)
    expect(page).not_to_have_url(re.compile("conversation="), timeout=PATIENCE)


def test_a_refused_question_comes_back_with_the_answer_of_a_person(page: Page) -> None:
    ask(page, BLUE, answers=1)
    page.get_by_role("button", name="Transmettre la question").click()
    expect(page.get_by_text("Question transmise le")).to_be_visible(timeout=PATIENCE)
    wait_until_idle(page)
    take_pictures(page, "refus")

    conversation = page.url  # by addresses: the pictures, also narrow ones, leave the menu inert
    page.goto(urljoin(page.url, "/questions_transmises"))
    page.get_by_text("Répondre", exact=True).click()
    page.get_by_label("Votre réponse").fill("Le papier bleu est un bon de commande.")
    page.keyboard.press("Tab")  # the answer is handed over, and the fields under it drawn anew
    wait_until_idle(page)
    page.get_by_label("Articles qui répondent").fill("Bons de commande")
    page.get_by_role("option", name=re.compile("article 7")).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Extrait de l’article 7")).to_be_visible(timeout=PATIENCE)
    wait_until_idle(page)
    take_pictures(page, "questions-transmises")
    page.get_by_role("button", name="Enregistrer la réponse").click()
    expect(page.get_by_text("Aucune question ici")).to_be_visible(timeout=PATIENCE)

    page.goto(conversation)
    expect(page.get_by_text("Réponse relue par Poste local")).to_be_visible(timeout=PATIENCE)
    wait_until_idle(page)
    page.get_by_role("button", name="Nouvelle conversation").click()
    ask(page, BLUE.upper(), answers=1)
    expect(page.get_by_text("Réponse relue par Poste local")).to_be_visible(timeout=PATIENCE)
    take_pictures(page, "reponse-relue")
