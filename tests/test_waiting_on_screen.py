"""A real model behind the real server: who waits sees it, who stops or leaves stops the model."""

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import App, chromium, open_page, running_app, take_pictures
from .tiny_llama import save_tiny_llama

CEILING = "Quel est le plafond des bons de commande ?"


@pytest.fixture(scope="module")
def slow_app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[App]:
    """Served with a Llama of so many layers that it writes for half a minute."""
    folder = tmp_path_factory.mktemp("slow")
    model = save_tiny_llama(folder / "model", num_hidden_layers=24)
    settings = {
        "ASSISTANT_MODEL": str(model),
        "ASSISTANT_MODEL_DECODING": "plain",
        "OMP_NUM_THREADS": "1",
    }
    with running_app(folder, specimens, settings=settings) as served:
        yield served


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def ask(page: Page) -> None:
    box = page.get_by_placeholder("Votre question")
    box.fill(CEILING)
    box.press("Enter")


def wait_for_questions(app: App, number: int) -> None:
    """Wait until so many are being answered or wait, which an answer written to its end delays."""
    end = time.monotonic() + 10
    while _questions(app) != number:
        assert time.monotonic() < end, f"{_questions(app)} questions, and not {number}"
        time.sleep(0.05)


def _questions(app: App) -> int | None:
    with urllib.request.urlopen(f"{app.url}/api/health", timeout=30) as answer:
        found: int | None = json.load(answer)["model_state"]["questions"]
        return found


def test_who_waits_sees_it_and_who_stops_or_leaves_stops_the_model(
    browser: Browser, slow_app: App
) -> None:
    with open_page(browser, slow_app.url) as second:
        with open_page(browser, slow_app.url) as first:
            ask(first)
            expect(first.get_by_text("pas encore vérifiée")).to_be_visible(timeout=90_000)
            expect(first.get_by_text("Réponse interrompue")).to_be_hidden()
            ask(second)
            waiting = re.compile("1.question passe avant la vôtre")
            expect(second.get_by_text(waiting)).to_be_visible()
            wait_for_questions(slow_app, 2)
        wait_for_questions(slow_app, 1)  # the first has closed the browser

        expect(second.get_by_text("pas encore vérifiée")).to_be_visible(timeout=90_000)
        tab = second.context.new_page()
        tab.goto(second.url)
        expect(tab.get_by_text("en cours de rédaction. Elle s’affichera ici")).to_be_visible()
        second.get_by_test_id("stChatInputStopButton").click()
        wait_for_questions(slow_app, 0)
        expect(tab.get_by_text("La réponse a été interrompue")).to_be_visible()
        expect(second.get_by_text("Réponse interrompue")).to_be_visible()
        expect(second.get_by_text("pas encore vérifiée")).to_be_hidden()
        expect(second.get_by_text("Préparation de la réponse")).to_be_hidden()
        take_pictures(second, "interrompue")

        second.reload()  # the address names the conversation while its first answer is written
        expect(second.get_by_text("La réponse a été interrompue")).to_be_visible()
        expect(second.get_by_role("button", name="Poser de nouveau")).to_be_visible()
