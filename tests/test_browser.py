"""People's paths through the screens, in a real browser before the real server."""

import csv
import io
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import App, chromium, open_page, running_app, take_pictures, wait_until_idle
from .conftest import DECREE_2023

VALIDITY = "Pendant combien de jours les concurrents restent-ils engagés par leurs offres ?"
CEILING = "Quel est le plafond des bons de commande ?"
GUARANTEE = "À combien s’élève la garantie provisoire ?"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with running_app(tmp_path) as served:
        yield served


@pytest.fixture(scope="module")
def specimen_app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[App]:
    """One server for the tests that only ask."""
    with running_app(tmp_path_factory.mktemp("specimen"), specimens) as served:
        yield served


@pytest.fixture
def specimen_page(browser: Browser, specimen_app: App) -> Iterator[Page]:
    with open_page(browser, specimen_app.url) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    with open_page(browser, app.url) as opened:
        yield opened


def go_to(page: Page, screen: str) -> None:
    page.get_by_role("link", name=screen).click()
    expect(page.get_by_role("heading", level=1, name=screen)).to_be_visible()


def load_specimen(page: Page) -> None:
    page.get_by_role("button", name="Charger le spécimen").click()
    expect(page.get_by_text("Par exemple")).to_be_visible(timeout=30_000)


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder("Votre question")
    box.fill(question)
    box.press("Enter")


def upload(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("button", name=f"Retirer {file.name}")).to_be_visible()
    page.get_by_role("button", name="Ajouter ces fichiers").click()


def rate(page: Page, *, score: int, comment: str) -> None:
    expect(page.get_by_role("radiogroup")).to_have_count(4)
    wait_until_idle(page)
    for group in page.get_by_role("radiogroup").all():
        group.get_by_text(str(score), exact=True).click()
    page.get_by_label("Commentaire").fill(comment)
    page.get_by_role("button", name="Enregistrer et passer à la suivante").click()


def export(page: Page, kind: str) -> bytes:
    wait_until_idle(page)
    button = page.get_by_role("button", name=f"Télécharger en {kind}")
    if not button.is_visible():
        page.get_by_text("Exporter les notes").click()
    with page.expect_download() as download:
        button.click()
    return download.value.path().read_bytes()


def test_an_uploaded_decree_is_asked_read_rated_and_exported(shared_data: Path, page: Page) -> None:
    page.get_by_role("button", name="Ajouter mes documents").click()
    upload(page, shared_data / DECREE_2023)
    expect(page.get_by_text(re.compile(r"Lecture.: page \d+ sur 93"))).to_be_visible(timeout=30_000)
    expect(page.get_by_text("indexé, 170 articles")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Documents indexés (1)")).to_be_visible()
    take_pictures(page, "documents")

    go_to(page, "Poser une question")
    ask(page, VALIDITY)
    expect(page.get_by_text("Cette réponse vous aide-t-elle")).to_be_visible()
    take_pictures(page, "reponse")
    page.get_by_text(re.compile(r"\[1\] Article 36\b.* – Délai de validité des offres")).click()
    article = page.locator("mark", has_text="un délai de soixante jours")
    expect(article).to_be_visible()
    expect(page.get_by_text(re.compile("page du fichier PDF.: 27"))).to_be_visible()
    expect(page.get_by_text(re.compile("Page.27 du PDF, extrait surligné"))).to_be_visible()
    take_pictures(page, "poser-une-question")

    go_to(page, "Évaluation")
    page.get_by_label("Votre nom de relecteur").fill("Amina")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("0.réponse notée sur 1"))).to_be_visible()
    take_pictures(page, "evaluation")
    rate(page, score=4, comment="Claire, et à la bonne page.")
    expect(page.get_by_text("Toutes les réponses sont notées")).to_be_visible()

    [kept] = map(json.loads, export(page, "JSONL").decode().splitlines())
    assert (kept["annotator"], kept["question"]) == ("Amina", VALIDITY)
    assert [kept[n] for n in ("pertinence", "coherence", "fluidite", "exactitude_sources")] == [
        4
    ] * 4
    sheet = export(page, "CSV")
    assert sheet.startswith(b"\xef\xbb\xbf")  # else Excel garbles the accents
    [row] = csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))
    assert row["comment"] == "Claire, et à la bonne page."


def test_the_specimen_is_still_there_after_a_kill(app: App, page: Page) -> None:
    expect(page.get_by_text("Commencez par un texte")).to_be_visible()
    take_pictures(page, "premiere-minute")
    load_specimen(page)
    take_pictures(page, "suggestions")

    app.stop(signal.SIGKILL)
    app.start()
    page.goto(f"{app.url}/documents")

    expect(page.get_by_text("Documents indexés (2)")).to_be_visible()


def test_two_people_at_once_read_their_own_answers(
    browser: Browser, specimen_app: App, specimen_page: Page
) -> None:
    page = specimen_page
    with open_page(browser, specimen_app.url) as other:
        expect(page.get_by_placeholder("Votre question")).to_be_visible()
        expect(other.get_by_placeholder("Votre question")).to_be_visible()
        ask(page, CEILING)
        ask(other, GUARANTEE)

        expect(
            page.get_by_text(re.compile(r"\[1\] Article 7\b.* – Bons de commande"))
        ).to_be_visible()
        expect(
            other.get_by_text(re.compile(r"\[1\] Article 10\b.* – Garantie provisoire"))
        ).to_be_visible()
        # The desk has one person: what they asked in another window stands in the sidebar's list.
        for screen, own, others in ((page, CEILING, GUARANTEE), (other, GUARANTEE, CEILING)):
            main = screen.get_by_test_id("stMainBlockContainer")
            expect(main.get_by_text(own)).to_be_visible()
            expect(main.get_by_text(others)).to_have_count(0)


def test_a_date_typed_as_people_write_it_chooses_the_decree(specimen_page: Page) -> None:
    specimen_page.get_by_text("jj", exact=True).click()
    specimen_page.keyboard.type("12062019")
    specimen_page.keyboard.press("Enter")
    ask(specimen_page, CEILING)

    expect(specimen_page.get_by_text("Transitoire")).to_be_visible()
    expect(specimen_page.get_by_text("procédure lancée le 12/06/2019").first).to_be_visible()


def test_a_refresh_keeps_the_annotator(specimen_page: Page) -> None:
    go_to(specimen_page, "Évaluation")
    specimen_page.get_by_label("Votre nom de relecteur").fill("Amina B.")
    specimen_page.keyboard.press("Enter")
    expect(specimen_page).to_have_url(re.compile("annotateur=Amina"))

    specimen_page.reload()

    expect(specimen_page.get_by_label("Votre nom de relecteur")).to_have_value("Amina B.")


def test_a_document_goes_only_once_it_is_confirmed(page: Page) -> None:
    load_specimen(page)
    go_to(page, "Documents")

    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Documents indexés (2)")).to_be_visible()
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("button", name="Supprimer définitivement").click()

    expect(page.get_by_text("Documents indexés (1)")).to_be_visible()
