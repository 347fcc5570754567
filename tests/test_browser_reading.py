"""Reading the law in a real browser: addresses, links, the way back, and paper."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from .browser import App, chromium, open_page, running_app, take_pictures, wait_until_idle

ADDRESS = "lire?instrument=9-20-202&article=2"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[App]:
    with running_app(tmp_path_factory.mktemp("reading"), specimens) as served:
        yield served


@pytest.fixture
def page(app: App) -> Iterator[Page]:
    with chromium() as browser, open_page(browser, f"{app.url}/{ADDRESS}") as opened:
        yield opened


def expect_article(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=re.compile(rf"^{name} –"))).to_be_visible()


def test_an_article_is_read_followed_and_printed(page: Page) -> None:
    expect_article(page, "Article 2")
    take_pictures(page, "lire-article")

    page.locator("a.renvoi").first.click()
    expect_article(page, "Article premier")
    page.go_back()
    expect_article(page, "Article 2")

    page.get_by_role("link", name="Article 3").first.click()
    expect_article(page, "Article 3")
    expect(page).to_have_url(re.compile("article=3$"))  # what is pasted into a note

    wait_until_idle(page)
    page.emulate_media(media="print")
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = " ".join(p.extract_text() for p in paper.pages)
    assert "Dans le présent décret, les termes suivants désignent" in printed
    assert "article 3 du décret n° 9-20-202 du 31 mars 2020" in printed.replace("\u00a0", " ")
    assert "Lexique" not in printed  # nor any other part of the screen
    assert "Table des matières" not in printed
