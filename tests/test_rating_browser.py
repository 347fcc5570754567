"""Marks are given by keyboard, in a real browser, and none of them is lost."""

import signal
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.evaluating.campaign_records import CampaignPlan
from assistant.wiring import open_services

from .browser import App, chromium, open_page
from .campaign_data import keep_answers
from .conftest import make_settings


def open_one_answer(data: Path) -> None:
    """Open a campaign of one answer; the person of a desk without accounts rates it."""
    services = open_services(make_settings(data))
    plan = CampaignPlan("Novembre", raters=(services.accounts.people.local().id,))
    campaign = services.evaluation.campaigns.create(plan, by=None)
    services.evaluation.items.add_answers(campaign.id, keep_answers(services.database, 1))
    services.evaluation.campaigns.open(campaign.id)
    services.close()


def press_and_wait(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(page.locator("form.notation")).to_have_attribute("aria-busy", "false")


def test_marks_given_after_keys_that_lead_nowhere_are_kept(tmp_path: Path) -> None:
    open_one_answer(tmp_path / "data")
    app = App(tmp_path / "data")
    app.start()
    try:
        with chromium() as browser, open_page(browser, f"{app.url}/evaluation") as page:
            state = page.locator("form.notation .etat")
            comment = page.locator("form.notation textarea").last
            expect(state).to_have_text("1 sur 1 · à noter")
            page.keyboard.press("5")
            expect(state).to_contain_text("enregistrée")
            press_and_wait(page, "s")
            press_and_wait(page, "p")
            page.keyboard.press("4")
            comment.fill("À revoir")
            comment.blur()
            expect(state).to_contain_text("enregistrée")
            page.reload()
            expect(comment).to_have_value("À revoir")
            expect(page.locator("form.notation .groupes input:checked")).to_have_count(2)
    finally:
        app.stop()


def test_marks_given_while_the_server_is_away_are_kept_when_it_is_back(tmp_path: Path) -> None:
    open_one_answer(tmp_path / "data")
    app = App(tmp_path / "data")
    app.start()
    try:
        with chromium() as browser, open_page(browser, f"{app.url}/evaluation") as page:
            state = page.locator("form.notation .etat")
            expect(state).to_have_text("1 sur 1 · à noter")
            page.keyboard.press("5")
            expect(state).to_contain_text("enregistrée")
            app.stop(signal.SIGKILL)
            page.keyboard.type("43")
            expect(state).to_have_text("Enregistrement…")
            app.start()
            expect(state).to_contain_text("enregistrée")
            page.reload()
            expect(page.locator("form.notation .groupes input:checked")).to_have_count(3)
    finally:
        app.stop()
