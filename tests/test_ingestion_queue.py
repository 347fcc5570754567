"""Files wait for their turn, each ends, and none stops another; see `test_left_files` for ends."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.reading.reading import OnPage, unnoticed
from assistant.searching import ingestion_queue, sent_files
from assistant.searching.catalogue import Ingestion
from assistant.searching.ingestion_queue import IngestionQueue, Job
from assistant.searching.library import Library
from assistant.searching.sent_files import SentFiles
from assistant.storage.database import Database
from assistant.wiring import Services

PATIENCE = 60.0  # seconds; only a test that fails waits so long


class SlowLibrary(Library):
    """Ingests nothing: it waits for `go`, notes the order, and breaks on a file named "bug"."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.order: list[str] = []

    def ingest(self, file_name: str, data: bytes, on_page: OnPage = unnoticed) -> Ingestion:
        on_page(1, 3)
        self.go.wait(PATIENCE)
        self.order.append(file_name)
        if file_name == "bug":
            raise ZeroDivisionError
        return Ingestion(file_name, "unchanged", None, 0.0)


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[SentFiles]:
    database = Database(f"sqlite:///{tmp_path / 'queue.db'}")
    yield SentFiles(database, tmp_path / "waiting")
    database.close()


def ended(queue: IngestionQueue, job_id: int) -> Job:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        job = queue.job(job_id)
        assert job is not None
        if job.is_ended:
            return job
        time.sleep(0.02)
    raise AssertionError(f"job {job_id} did not end")


def test_a_submitted_file_is_indexed(services: Services, specimens: list[Path]) -> None:
    path = specimens[-1]

    job = ended(services.ingestions, services.ingestions.submit(path.name, path.read_bytes()))

    assert (job.state, job.pages_read, job.page_count) == ("indexed", 5, 5)
    assert job.ingestion is not None
    assert services.library.documents() == [job.ingestion.document]


def test_a_refused_file_ends_with_its_sentence(services: Services) -> None:
    job = ended(services.ingestions, services.ingestions.submit("lettre.txt", b"Bonjour"))

    assert job.state == "failed"
    assert job.ingestion is not None
    assert "ce n’est pas un fichier PDF" in (job.ingestion.error or "")


def test_a_bug_ends_its_job_with_a_reference_and_no_other_job(sent: SentFiles) -> None:
    library = SlowLibrary()
    library.go.set()
    queue = IngestionQueue(library, sent)

    broken, good = queue.submit("bug", b""), queue.submit("bon", b"")

    assert ended(queue, good).state == "unchanged"
    job = ended(queue, broken)
    assert job.state == "failed"
    assert job.ingestion is not None
    assert "référence" in (job.ingestion.error or "")


def test_files_are_taken_one_at_a_time_in_the_order_they_came(sent: SentFiles) -> None:
    library = SlowLibrary()
    queue = IngestionQueue(library, sent)

    jobs = [queue.submit(name, b"") for name in ("a", "b", "c")]
    waiting = queue.job(jobs[-1])
    library.go.set()
    ended(queue, jobs[-1])

    assert waiting is not None
    assert waiting.state == "waiting"
    assert library.order == ["a", "b", "c"]


def test_how_far_a_file_is_can_be_seen_while_it_is_read(sent: SentFiles) -> None:
    library = SlowLibrary()
    queue = IngestionQueue(library, sent)

    job_id = queue.submit("a", b"")
    deadline = time.monotonic() + PATIENCE
    while (job := queue.job(job_id)) and not job.pages_read and time.monotonic() < deadline:
        time.sleep(0.01)
    library.go.set()

    assert job is not None
    assert (job.state, job.pages_read, job.page_count) == ("reading", 1, 3)


@pytest.mark.parametrize("number", [7, 0, -1, 2**31, 2**200])
def test_a_job_that_was_never_submitted_is_none(sent: SentFiles, number: int) -> None:
    assert IngestionQueue(SlowLibrary(), sent).job(number) is None


def test_one_file_sent_by_ten_people_at_once_is_one_document_whose_articles_are_found_once(
    services: Services, specimens: list[Path]
) -> None:
    data = specimens[-1].read_bytes()
    together = threading.Barrier(10)

    def send(person: int) -> int:
        together.wait(PATIENCE)
        return services.ingestions.submit(f"copie {person}.pdf", data)

    with ThreadPoolExecutor(10) as people:
        sent = list(people.map(send, range(10)))
    states = Counter(ended(services.ingestions, job_id).state for job_id in sent)

    assert states == {"indexed": 1, "unchanged": 9}
    [document] = services.library.documents()
    assert services.indexes.passages.counts() == {document.id: document.passage_count}
    found = services.indexes.passages.search("offres", limit=500, document_ids=[document.id])
    assert set(Counter(r.passage.id for r in found).values()) == {1}


def test_jobs_that_ended_long_ago_are_forgotten_and_no_other(
    monkeypatch: pytest.MonkeyPatch, sent: SentFiles
) -> None:
    for module in (ingestion_queue, sent_files):
        monkeypatch.setattr(module, "ENDED_KEPT", 2)
    library = SlowLibrary()
    library.go.set()
    queue = IngestionQueue(library, sent)
    first = [queue.submit(name, b"") for name in ("a", "b", "c", "d")]
    ended(queue, first[-1])
    library.go.clear()

    waiting = [queue.submit(name, b"") for name in ("e", "f", "g")]

    assert [queue.job(job_id) is not None for job_id in first] == [False, False, True, True]
    assert [job.id for job in queue.running()] == waiting
    library.go.set()
