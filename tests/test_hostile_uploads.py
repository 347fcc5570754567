"""Every hostile file through the upload page of the real server, while somebody asks questions."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .browser import App, chromium, open_page, running_app
from .conftest import DECREE_2023, ROOT

FILES = sorted((ROOT.parent / "shared" / "data" / "hostile-pdfs").glob("*.pdf"))
SECONDS_A_FILE = 65
CEILING = "Quel est le plafond d'un achat par bon de commande ?"


@pytest.fixture(scope="module")
def app(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running_app(tmp_path_factory.mktemp("hostile"), [shared_data / DECREE_2023]) as running:
        yield running


def answer_of(app: App) -> str:
    request = urllib.request.Request(
        f"{app.url}/api/ask",
        data=json.dumps({"question": CEILING}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as response:
        return str(json.load(response)["outcome"])


def test_every_hostile_file_ends_and_the_server_goes_on_answering(app: App) -> None:
    outcomes = [answer_of(app)]
    with chromium() as browser, open_page(browser, f"{app.url}/documents") as page:
        before = app.resident_megabytes()
        page.locator("input[type=file]").set_input_files(FILES)
        page.get_by_role("button", name=f"Retirer {FILES[-1].name}").wait_for()
        page.get_by_role("button", name="Ajouter ces fichiers").click()
        page.get_by_role("progressbar").first.wait_for()
        end = time.monotonic() + SECONDS_A_FILE * len(FILES)
        while page.get_by_text("Effacer ces résultats").count() == 0:
            assert time.monotonic() < end, "some file has not ended"
            outcomes.append(answer_of(app))
            page.wait_for_timeout(2_000)
        expect(page.get_by_role("progressbar")).to_have_count(0)
        shown = page.get_by_test_id("stMain").inner_text()
        grown = app.resident_megabytes() - before

    assert set(outcomes) == {"answered"}
    assert [path.name for path in FILES if f"«\u00a0{path.name}\u00a0»\u00a0:" not in shown] == []
    assert "Traceback" not in shown
    assert "erreur inattendue" not in shown
    assert grown < 50, f"the server grew by {grown:.0f} MB"
    assert list(app.temporary.iterdir()) == []
