"""Files under hostile names, by the API and by the page: nothing is written outside, nothing lives.

See `hostile_inputs` for the names, and `test_hostile_uploads` for hostile contents.
"""

import json
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from assistant.api import create_api
from assistant.searching.file_names import LONGEST_NAME, kept_name
from assistant.wiring import Services, open_services

from .alive import alive, fail_on_dialogs
from .browser import chromium, open_page, running_app
from .conftest import ROOT, make_settings
from .hostile_inputs import MARK, names
from .outside import Surroundings, marked_files
from .poisoned import Attack, Poisoned

NAMES = list(names(Path("/")))
ENDED = {"indexed", "unchanged", "failed"}
SHOWN = [
    *("HTML", "script", "link", "picture", "Streamlit", "formula of a sheet", "template"),
    *("command", "statement", "lines", "turned", "many accents", "long", "emoji"),
]
"""Those whose documents are published, and shown wherever documents are."""
TOP = [Path("/"), Path("/tmp"), Path.home(), ROOT, ROOT.parent]


def file_of(index: int) -> bytes:
    """A PDF unlike the others, which names no text: it is called by its file name."""
    return Poisoned("", [Attack(f"Ce fichier porte le numéro {index}.")], title="").pdf()


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    return Surroundings(tmp_path_factory.mktemp("names"))


@pytest.fixture(scope="module")
def services(around: Surroundings) -> Iterator[Services]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(around.home))
        patch.setenv("TMPDIR", str(around.temporary))
        patch.setattr(tempfile, "tempdir", None)
        patch.chdir(around.work)
        opened = open_services(make_settings(around.data))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_api(lambda: services), raise_server_exceptions=False) as opened:
        yield opened


def post(client: TestClient, parameter: bytes, data: bytes) -> Any:
    """Send a form written by hand: no client of ours tidies the name."""
    body = (
        b'--ligne\r\nContent-Disposition: form-data; name="file"; ' + parameter + b"\r\n"
        b"Content-Type: application/pdf\r\n\r\n" + data + b"\r\n--ligne--\r\n"
    )
    return client.post(
        "/documents",
        content=body,
        headers={"content-type": "multipart/form-data; boundary=ligne"},
    )


def as_browsers_write(name: str) -> bytes:
    """Write the name as the HTML standard does: line ends and quotes alone are encoded."""
    written = name.encode("utf-8", "replace")
    for raw, encoded in ((b"\r", b"%0D"), (b"\n", b"%0A"), (b'"', b"%22")):
        written = written.replace(raw, encoded)
    return b'filename="' + written + b'"'


def as_it_is(name: str) -> bytes:
    return b'filename="' + name.encode("utf-8", "surrogatepass") + b'"'


def end_of(client: TestClient, sent: Any) -> dict[str, Any]:
    for _ in range(1200):
        job: dict[str, Any] = client.get(sent.headers["location"]).json()
        if job["state"] in ENDED:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_sent_to_the_api_is_a_word_and_writes_nothing_outside(
    client: TestClient, around: Surroundings, kind: str
) -> None:
    name = names(around.elsewhere)[kind]
    before, marked = around.files(), marked_files(*TOP)

    sent = post(client, as_browsers_write(name), file_of(NAMES.index(kind)))

    if is_no_header(name):
        assert sent.status_code == 400
        assert sent.headers["content-type"] == "application/problem+json"
    else:
        assert sent.status_code == 202
        check_kept_and_given_back(client, end_of(client, sent))
    assert around.files() == before
    assert marked_files(*TOP) == marked
    assert list(around.data.rglob(f"*{MARK}*")) == []


def is_no_header(name: str) -> bool:
    """Whether a form has no place for such a name: it takes more than a header may."""
    return len(name.encode("utf-8", "replace")) > 4_000


def check_kept_and_given_back(client: TestClient, job: dict[str, Any]) -> None:
    """Check that the document has a name which is kept as it is, and no header is broken by it."""
    address = f"/documents/{job['document_id']}"
    document, file = client.get(address), client.get(f"{address}/file")
    encoding, _, given = file.headers["content-disposition"].partition("''")
    assert job["state"] == "indexed"
    assert document.json()["file"] == kept_name(document.json()["file"]) == unquote(given)
    assert encoding == "attachment; filename*=UTF-8"
    assert re.fullmatch(r"[\w.~%-]+", given, re.ASCII)
    assert client.delete(address).status_code == 204


@pytest.mark.parametrize("kind", NAMES)
def test_a_refusal_names_the_file_on_one_line_and_writes_nothing(
    client: TestClient, around: Surroundings, kind: str
) -> None:
    name = names(around.elsewhere)[kind]
    before = around.files()

    sent = post(client, as_it_is(name), b"bonjour")

    assert sent.status_code in {202, 400}
    if sent.status_code == 202:
        job = end_of(client, sent)
        assert (job["state"], job["document_id"]) == ("failed", None)
        assert f"« {job['file']} »" in job["error"].replace("\u00a0", " ")
        assert kept_name(job["file"]) == job["file"]
    assert around.files() == before
    assert list(around.data.rglob(f"*{MARK}*")) == []


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_kept_as_one_line_that_is_no_path(kind: str) -> None:
    kept = kept_name(names(Path("/etc"))[kind])

    assert 0 < len(kept) <= LONGEST_NAME
    assert kept.isprintable()
    assert not set(kept) & set("/\\")
    assert kept.strip(". ")
    assert kept_name(kept) == kept


def test_names_of_people_are_kept_as_they_are() -> None:
    for name in ("décret n° 2-22-431.pdf", "مرسوم.pdf", "a.b.PDF", "Annexe (1) [v2].pdf", "x"):
        assert kept_name(name) == name


def test_the_ending_of_a_long_name_is_kept() -> None:
    assert kept_name("é" * 300 + ".pdf").endswith("é….pdf")


def test_hostile_names_on_the_page_are_words_and_write_nothing_outside(
    tmp_path: Path,
) -> None:
    around = Surroundings(tmp_path)
    sent = [
        {
            "name": name,
            "mimeType": "application/pdf",
            "buffer": file_of(NAMES.index(kind)) if kind in SHOWN else kind.encode(),
        }
        for kind, name in names(around.elsewhere).items()
    ]
    home = {"HOME": str(around.home)}
    with (
        running_app(tmp_path, settings=home) as app,
        chromium() as browser,
        open_page(browser, f"{app.url}/documents") as page,
    ):
        fail_on_dialogs(page)
        page.get_by_role("button", name="Ajouter ces fichiers").wait_for()
        before, marked = around.files(ROOT), marked_files(*TOP)
        page.locator("input[type=file]").set_input_files(sent)
        page.get_by_role("button", name=f"Retirer {MARK}.partial").wait_for()  # the last one
        expect(page.get_by_role("progressbar")).to_have_count(0)
        found = alive(page)
        page.get_by_role("button", name="Ajouter ces fichiers").click()
        page.get_by_text("Effacer ces résultats").wait_for(timeout=300_000)
        found += alive(page)
        shown = page.get_by_test_id("stMain").inner_text()
        with page.expect_response("**/api/documents") as listed:
            page.evaluate("fetch('/api/documents')")
        documents = json.loads(listed.value.body())
        page.goto(f"{app.url}/lire")
        page.get_by_text("Ce fichier porte").or_(page.get_by_text(MARK)).first.wait_for()
        found += alive(page)
        page.goto(f"{app.url}/administration")
        page.get_by_role("tab", name="Journal").click()
        page.get_by_text("Fichier envoyé").first.wait_for()
        found += alive(page)
        log = (tmp_path / "server.log").read_text("utf-8", "replace")
        after = around.files(ROOT)

    assert found == []
    assert "Traceback" not in shown + log
    assert len(documents) == len(SHOWN)
    refused = shown.count("ce n’est pas un fichier PDF")
    assert refused >= 30, shown
    assert {kept_name(d["file"]) for d in documents} == {d["file"] for d in documents}
    log_of_server = str(tmp_path / "server.log")
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    assert changed <= {log_of_server}
    assert marked_files(*TOP) == marked
    assert list(around.data.rglob(f"*{MARK}*")) == []
