"""The screens of an installation in a folder of its own, for Streamlit's own test runner."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.session import services as shared

from .conftest import ROOT

CEILING = "Quel est le plafond des bons de commande ?"
DOCUMENTS = "../../pages/documents.py"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    yield tmp_path / "data"
    shared.close()


@pytest.fixture
def empty_app(data_dir: Path) -> AppTest:
    return AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30)


@pytest.fixture
def app(empty_app: AppTest, specimens: list[Path]) -> AppTest:
    for path in specimens:
        shared().library.ingest(path.name, path.read_bytes())
    return empty_app.run()


def click(app: AppTest, label: str) -> AppTest:
    """Click the button of that label; no-break spaces count as spaces."""
    [button] = [b for b in app.button if b.label.replace("\u00a0", " ") == label]
    return button.click().run()


def shown(app: AppTest) -> str:
    """Everything that can be read on the page."""
    kinds = ("title", "markdown", "caption", "html", "error", "warning", "info", "success")
    texts = [str(element.value) for kind in kinds for element in app.get(kind)]
    read = re.sub(r"</?mark[^>]*>", "", "\n".join(texts))  # the words asked for are marked
    return read.replace("\u00a0", " ").replace("\\", "")


def wait_for_ingestions(app: AppTest) -> AppTest:
    end = time.monotonic() + 30
    while any(
        not job.is_ended
        for job in map(shared().ingestions.job, app.session_state["jobs"])
        if job is not None
    ):
        assert time.monotonic() < end, "the ingestion does not end"
        time.sleep(0.02)
    return app.run()
