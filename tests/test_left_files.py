"""Files that were accepted are read, whatever ends the process that accepted them."""

import json
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGKILL, SIGTERM

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from assistant.reading.reading import OnPage, unnoticed
from assistant.searching.catalogue import Ingestion
from assistant.searching.ingestion_queue import IngestionQueue
from assistant.searching.library import Library
from assistant.searching.sent_files import SentFiles
from assistant.storage.database import Database
from assistant.ui.session import services as shared

from .browser import App
from .conftest import DECREE_2023, ROOT
from .left_files import DEADLY, OpenQueue, PlainReader, send_and_be_killed

THREE = ["9-1-100", DEADLY, "9-2-100"]
PATIENCE = 90.0  # seconds; only a test that fails waits so long


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[..., OpenQueue]]:
    opened: list[OpenQueue] = []

    def open_again(reader: PlainReader | None = None) -> OpenQueue:
        while opened:
            opened.pop().close()
        opened.append(OpenQueue(tmp_path, reader or PlainReader()))
        return opened[0]

    yield open_again
    while opened:
        opened.pop().close()


def test_what_a_killed_process_had_not_read_is_read_by_the_next_in_its_order(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, THREE)
    again = reopen()

    again.queue.resume()

    states = [again.ended(job_id).state for job_id in (1, 2, 3)]
    assert states == ["indexed", "indexed", "indexed"]
    assert again.reader.order == THREE[1:]
    assert [job.id for job in again.queue.resumed()] == [2, 3]
    assert {d.instrument.number for d in again.opened.library.documents()} == set(THREE)
    assert list((tmp_path / "waiting").glob("*.p*")) == []


def test_a_file_that_ended_two_processes_fails_and_those_behind_it_are_read(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, THREE)
    send_and_be_killed(tmp_path)
    again = reopen(PlainReader(deadly=True))

    again.queue.resume()

    given_up, behind = again.ended(2), again.ended(3)
    assert (given_up.state, behind.state) == ("failed", "indexed")
    assert given_up.ingestion is not None
    assert "s’est arrêté 2 fois pendant la lecture" in (given_up.ingestion.error or "")
    assert list((tmp_path / "waiting").glob("*.p*")) == []


def test_a_file_that_was_given_up_can_be_sent_again(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, [DEADLY])
    send_and_be_killed(tmp_path)
    again = reopen()
    again.queue.resume()

    sent_again = again.queue.submit(f"{DEADLY}.pdf", DEADLY.encode())

    assert again.ended(sent_again).state == "indexed"
    assert again.ended(1).state == "failed"


def test_what_came_of_a_file_is_known_after_a_restart(reopen: Callable[..., OpenQueue]) -> None:
    first = reopen()
    job_id = first.queue.submit("9-1-100.pdf", b"9-1-100")
    document = first.ended(job_id).ingestion
    again = reopen()

    again.queue.resume()

    job = again.queue.job(job_id)
    assert job is not None
    assert (job.state, job.file_name) == ("indexed", "9-1-100.pdf")
    assert job.ingestion is not None
    assert document is not None
    assert job.ingestion.document == document.document
    assert again.queue.resumed() == []


def test_a_file_whose_bytes_somebody_deleted_fails_in_a_sentence(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, THREE)
    for path in (tmp_path / "waiting").glob("*.pdf"):
        path.unlink()
    again = reopen()

    again.queue.resume()

    ingestion = again.ended(3).ingestion
    assert ingestion is not None
    assert "ne se trouve plus dans le dossier des données" in (ingestion.error or "")


def test_bytes_that_no_row_stands_for_are_deleted(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, [DEADLY])
    for name in ("a.partial", "b.pdf"):
        (tmp_path / "waiting" / name).write_bytes(b"x")
    again = reopen()

    again.queue.resume()
    again.ended(1)

    assert list((tmp_path / "waiting").glob("*.p*")) == []


def test_the_same_file_under_the_same_name_waits_once(reopen: Callable[..., OpenQueue]) -> None:
    queue = reopen().queue
    with queue._library._writing:  # nothing ends meanwhile
        jobs = [
            queue.submit(f"{name}.pdf", data)
            for name, data in (("a", b"9-1-100"), ("a", b"9-1-100"), ("b", b"9-1-100"))
        ]

    assert jobs[0] == jobs[1] != jobs[2]


class EndlessLibrary(Library):
    """Reads page after page of a file that has no end."""

    def __init__(self) -> None:
        pass

    def ingest(self, file_name: str, data: bytes, on_page: OnPage = unnoticed) -> Ingestion:
        for page in range(1, 100_000):
            on_page(page, 100_000)
            time.sleep(0.005)
        raise AssertionError("nobody stopped it")


def test_an_orderly_stop_ends_the_reading_and_is_no_fault_of_the_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'queue.db'}")
    sent = SentFiles(database, tmp_path / "waiting")
    queue = IngestionQueue(EndlessLibrary(), sent)
    job_id = queue.submit("sans fin.pdf", b"%PDF")

    for _restart in range(4):
        while not (job := queue.job(job_id)) or not job.pages_read:
            time.sleep(0.005)
        queue.close()
        kept = sent.find(job_id)
        assert kept is not None
        assert (kept.state, kept.attempts) == ("waiting", 0)
        queue = IngestionQueue(EndlessLibrary(), sent)
        queue.resume()

    queue.close()
    database.close()


def test_two_processes_do_not_resume_the_same_files(
    tmp_path: Path, reopen: Callable[..., OpenQueue]
) -> None:
    send_and_be_killed(tmp_path, [DEADLY])
    first = reopen()
    other = SentFiles(first.opened.database, tmp_path / "waiting")

    assert [sent.id for sent in first.sent.take_unfinished()] == [1]
    assert other.take_unfinished() == []
    first.sent.close()
    assert [sent.id for sent in other.take_unfinished()] == [1]
    other.close()


def rows(app: App) -> list[tuple[str, int]]:
    """How each file of a server stands, in its database: nobody asks the server."""
    with sqlite3.connect(f"file:{app.data_dir / 'assistant.db'}?mode=ro", uri=True) as database:
        return database.execute("SELECT state, attempts FROM ingestions ORDER BY id").fetchall()


def wait_for(app: App, reached: Callable[[list[tuple[str, int]]], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached(rows(app)):
        assert time.monotonic() < end, rows(app)
        time.sleep(0.02)


def test_a_server_that_is_killed_and_started_again_reads_on_by_itself(
    tmp_path: Path, shared_data: Path, specimens: list[Path]
) -> None:
    app = App(tmp_path / "data")
    app.start()
    try:
        for path in (shared_data / DECREE_2023, *specimens):  # the first takes some seconds
            sent = httpx.post(f"{app.url}/api/documents", files={"file": path.read_bytes()})
            assert sent.status_code == 202
            assert httpx.get(app.url + sent.headers["location"]).json()["id"] == sent.json()["id"]
        wait_for(app, lambda kept: kept[0][0] == "begun")
        app.stop(SIGKILL)
        assert rows(app) == [("begun", 1), ("waiting", 0), ("waiting", 0)]

        app.launch()
        wait_for(app, lambda kept: kept[0] == ("begun", 2))
        app.stop(SIGTERM)
        assert rows(app) == [("waiting", 1), ("waiting", 0), ("waiting", 0)]

        app.launch()
        wait_for(app, lambda kept: {state for state, _ in kept} == {"indexed"})
        app.stop(SIGTERM)
        app.start()
        with urllib.request.urlopen(f"{app.url}/api/documents", timeout=30) as listed:
            documents = json.load(listed)
    finally:
        app.stop()

    assert len(documents) == 3
    assert {d["pages"] for d in documents} >= {93}
    assert list((app.data_dir / "waiting").glob("*.p*")) == []


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    monkeypatch.setenv("ASSISTANT_ACCOUNTS", "off")
    yield AppTest.from_file(str(ROOT / "pages/documents.py"), default_timeout=30)
    shared.close()


def test_the_page_says_what_is_resumed_and_what_was_given_up(
    page: AppTest, specimens: list[Path]
) -> None:
    opened = shared()
    left = SentFiles(opened.database, opened.settings.data_dir / "waiting")
    for path in specimens:
        left.add(path.name, path.stem, path.read_bytes())
    left.begin(1)
    left.begin(1)
    with opened.library._writing:  # the second waits for it
        opened.ingestions.resume()
        page.run()
        [error], [progress] = page.error, page.get("progress")
    job = opened.ingestions.job(2)

    assert "s’est arrêté 2 fois" in error.value
    assert "reprise après un arrêt du serveur" in progress.proto.text.replace("\\", "")
    assert job is not None
    assert job.is_resumed
