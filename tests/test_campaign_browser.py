"""A campaign in real browsers: rated by keyboard, one of them killed, decided, closed and read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from assistant.accounts.cookie import NAME
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.evaluating.campaign_records import CampaignPlan
from assistant.evaluating.criteria import DEFAULT_CRITERIA, DEFAULT_GUIDELINES
from assistant.evaluating.question_files import read_question_file
from assistant.evaluating.questions import Question
from assistant.wiring import Services, open_services

from .browser import App, another, chromium, kill, take_pictures, wait_until_idle
from .conftest import ROOT, make_settings
from .test_accessibility import grave

SECRET = "Configuration secrète"
ANSWERS = 12
SHARED = 6  # of them, rated by both
EACH = 9  # of a rater: half of what is not shared, too
COUNT = """
window.keys = window.pointers = 0
addEventListener("keydown", () => { window.keys += 1 }, true)
addEventListener("pointerdown", () => { window.pointers += 1 }, true)
"""
KEYS = [criterion.key for criterion in DEFAULT_CRITERIA]
NAMES = {criterion.key: criterion.name for criterion in DEFAULT_CRITERIA}
ALI = (
    "5545555",
    "2222222",
    "5155454",
    "5555455",
    "2444444",
    "5333335",
    "2112112",
    "5454545",
    "5555555",
)
BADIA = (
    "4535355",
    "3424444",
    "4555555",
    "3333333",
    "4444444",
    "3211122",
    "4544554",
    "3243434",
    "4455445",
)
PEOPLE = {"ali": Role.ANNOTATOR, "badia": Role.ANNOTATOR, "driss": Role.ANNOTATOR}


@dataclass
class Office:
    """An installation with a campaign, and the cookie of each person's browser."""

    app: App
    cookies: dict[str, str]

    def open(self, browser: Browser, who: str, page: str) -> Page:
        context = browser.new_context(
            locale="fr-FR", viewport={"width": 1280, "height": 900}, bypass_csp=True
        )
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": NAME, "value": self.cookies[who], "url": self.app.url}])
        context.add_init_script(COUNT)
        opened = context.new_page()
        opened.goto(f"{self.app.url}/{page}")
        return opened


@pytest.fixture
def office(tmp_path: Path, specimens: list[Path]) -> Iterator[Office]:
    app = App(tmp_path / "data", accounts=True)
    services = open_services(make_settings(app.data_dir, accounts=True))
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())
    create = services.accounts.people.create
    people = {who: create(NewPerson(who, who.title(), role)) for who, role in PEOPLE.items()}
    people["chef"] = create(NewPerson("chef", "Le chef", Role.ADMINISTRATOR))
    make_campaign(services, people)
    accounts = services.accounts
    cookies = {w: accounts.cookie.write(accounts.sessions.open(p)) for w, p in people.items()}
    services.close()
    app.start()
    yield Office(app, cookies)
    app.stop()


def make_campaign(services: Services, people: dict[str, Person]) -> None:
    plan = CampaignPlan(
        "Novembre 2026",
        DEFAULT_GUIDELINES,
        overlap_share=SHARED / ANSWERS,
        raters=(people["ali"].id, people["badia"].id),
        reviewers=(people["driss"].id,),
    )
    campaign = services.evaluation.campaigns.create(plan, by=None)
    services.evaluation.items.add_answered(
        campaign.id, questions(), [services.variants().present(SECRET)]
    )
    services.evaluation.campaigns.open(campaign.id)


def questions() -> list[Question]:
    file = ROOT / "documents" / "questions-specimen.jsonl"
    return list(read_question_file(file.name, file.read_bytes()).questions[:ANSWERS])


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_campaign_is_rated_by_keyboard_decided_and_its_figures_are_those_of_the_export(
    office: Office, browser: Browser
) -> None:
    fragile = another(browser)
    ali = office.open(fragile, "ali", "evaluation")
    for number, scores in enumerate(ALI[:4], start=1):
        rate(ali, f"{number} sur {EACH}", scores)
    expect(ali.get_by_text(f"5 sur {EACH} · à noter")).to_be_visible()
    ali.keyboard.type(ALI[4][:3])
    expect(ali.get_by_text(f"5 sur {EACH} · brouillon · enregistrée")).to_be_visible()
    kill(fragile)

    badia = office.open(browser, "badia", "evaluation")
    sent = received_by(badia)
    for number, scores in enumerate(BADIA, start=1):
        rate(badia, f"{number} sur {EACH}", scores)
    expect(badia.get_by_text("Toutes vos réponses sont envoyées")).to_be_visible()
    assert badia.evaluate("window.pointers") == 0
    beyond = badia.evaluate("window.keys") - EACH * len(KEYS)
    assert 0 < beyond <= 3 * EACH
    assert_blind(badia.content(), *sent)

    ali = office.open(browser, "ali", "evaluation")
    expect(ali.get_by_text(f"5 sur {EACH} · brouillon")).to_be_visible()
    expect(ali.locator("fieldset.scores input:checked")).to_have_count(3)
    wait_until_idle(ali)
    assert grave(ali) == []
    take_pictures(ali, "notation")
    rate(ali, f"5 sur {EACH}", ALI[4][3:], state="brouillon")
    for number, scores in enumerate(ALI[5:], start=6):
        rate(ali, f"{number} sur {EACH}", scores)
    expect(ali.get_by_text("Toutes vos réponses sont envoyées")).to_be_visible()

    decide(office.open(browser, "driss", "evaluation"))
    chief = office.open(browser, "chef", "campagnes")
    close(chief)
    read_results(office.open(browser, "chef", "resultats"))


def rate(page: Page, place: str, scores: str, *, state: str = "à noter") -> None:
    """Press the keys of the criteria, and one more."""
    expect(page.get_by_text(f"{place} · {state}")).to_be_visible()
    expect(page.locator("fieldset.scores:focus-within")).to_have_count(1)
    page.keyboard.type(scores)
    expect(page.get_by_role("button", name="Envoyer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{place} · ")).to_have_count(0)


def received_by(page: Page) -> list[str]:
    """Collect what the server sends to a page from now on."""
    received: list[str] = []

    def keep(payload: str | bytes) -> None:
        received.append(payload if isinstance(payload, str) else payload.decode("utf-8", "ignore"))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    page.on("websocket", listen)
    page.reload()
    return received


def assert_blind(*sent: str) -> None:
    text = "\n".join(sent)
    assert any(question.text in text for question in questions())
    assert SECRET not in text
    assert "Ali" not in text
    assert "extractive" not in text


def decide(page: Page) -> None:
    """Decide the first disagreement; what both raters gave is there already."""
    expect(page.get_by_text(re.compile("désaccords? à trancher sur"))).to_be_visible()
    expect(page.locator("fieldset.scores:focus-within")).to_have_count(1)
    missing = page.locator("fieldset.scores:not(:has(input:checked))").count()
    assert missing > 0
    page.keyboard.type("3" * missing)
    expect(page.get_by_role("button", name="Trancher")).to_be_focused()
    before = page.locator(".stCaption, [data-testid=stCaptionContainer]").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_text(before)).to_have_count(0)


def close(page: Page) -> None:
    expect(page.get_by_text(re.compile(f"{2 * EACH}.notes sur {2 * EACH}"))).to_be_visible()
    page.get_by_role("button", name="Clôturer").click()
    page.get_by_role("button", name="Clôturer définitivement").click()
    expect(page.get_by_text("close.")).to_be_visible()
    expect(page.get_by_label("Campagne", exact=True)).to_have_value(re.compile("· close ·"))


def read_results(page: Page) -> None:
    """Read the figures on the page and in the report; count them anew from the export."""
    means = rows_of(page, "Toutes les réponses")
    page.get_by_role("tab", name="Accord").click()
    agreement = rows_of(page, "Accord par critère")
    wait_until_idle(page)
    assert grave(page) == []
    page.get_by_role("tab", name="Exports").click()
    export = pd.DataFrame(map(json.loads, download(page, "Notes en JSONL").splitlines()))
    report = one_spaced(download(page, "Rapport en HTML"))

    assert (len(export), export["item_id"].nunique()) == (2 * EACH, ANSWERS)
    assert export["decision"].notna().sum() == 2  # one item, two ratings
    assert sorted(scores_of(export, "Ali")) == sorted(ALI)
    assert sorted(scores_of(export, "Badia")) == sorted(BADIA)
    for key in KEYS:
        mean = french(export[key].mean())
        matrix = export.pivot_table(index="rater", columns="item_id", values=key).to_numpy()
        alpha = french(krippendorff.alpha(matrix, level_of_measurement="ordinal"))
        first, second = matrix[:, ~np.isnan(matrix).any(axis=0)]
        raw = french((first == second).mean())
        assert means[NAMES[key]][0].startswith(mean)
        assert agreement[NAMES[key]][1].startswith(alpha)
        assert agreement[NAMES[key]][3].startswith(raw)
        assert f"{NAMES[key]}</th><td>{mean} [" in report
        shown = (means[NAMES[key]][0], *agreement[NAMES[key]][1:])
        assert all(one_spaced(cell) in report for cell in shown)
        assert re.search(rf"{NAMES[key]}</th><td>{SHARED}</td><td>{alpha}\b.*?<td>{raw}\b", report)


def one_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def scores_of(export: pd.DataFrame, rater: str) -> list[str]:
    """Give what a rater gave each answer, as the keys were pressed."""
    return ["".join(map(str, row)) for row in export[export["rater"] == rater][KEYS].to_numpy()]


def rows_of(page: Page, caption: str) -> dict[str, list[str]]:
    """Give the rows of the table with that caption: name → cells."""
    table = page.locator("table", has=page.locator("caption", has_text=caption))
    expect(table).to_be_visible()
    lines = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    return {name: cells for name, *cells in lines}


def download(page: Page, label: str) -> str:
    wait_until_idle(page)
    with page.expect_download() as got:
        page.get_by_role("button", name=label).click()
    assert got.value.suggested_filename.startswith("campagne-1.")
    return got.value.path().read_text("utf-8")


def french(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
