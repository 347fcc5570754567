"""Queues of one folder, in this process or in one that is killed by what it reads."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.reading.reader import LawReader
from assistant.reading.reading import OnPage, unnoticed
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.ingestion_queue import IngestionQueue, Job
from assistant.searching.sent_files import SentFiles

from .conftest import ROOT
from .open_library import OpenLibrary, open_library_of

DEADLY = "9-66-666"
_SENDS = """
import sys, time
from pathlib import Path
from tests.left_files import OpenQueue, PlainReader

opened = OpenQueue(Path(sys.argv[1]), PlainReader(deadly=True))
opened.queue.resume()
for number in sys.argv[2:]:
    opened.queue.submit(f"{number}.pdf", number.encode())
time.sleep(60)  # it is killed long before
"""
_PATIENCE = 60.0  # seconds; only a test that fails waits so long


class PlainReader(LawReader):
    """Reads "9-1-100" as an instrument of that number; the deadly one can kill its process."""

    def __init__(self, *, deadly: bool = False) -> None:
        super().__init__()
        self.order: list[str] = []
        self._deadly = deadly

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        number = data.decode()
        self.order.append(number)
        if number == DEADLY and self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        page = PageNumbers(1, 1, None)
        article = Article("1", "ART. 1", (), f"Le délai de {number}.", (page,), (), ())
        return Reading(Instrument(number, f"Décret n° {number}"), 1, (article,), ())


class OpenQueue:
    """A library of a folder, and the queue of files before it."""

    def __init__(self, folder: Path, reader: PlainReader) -> None:
        self.reader = reader
        self.opened: OpenLibrary = open_library_of(folder, reader)
        self.sent = SentFiles(self.opened.database, folder / "waiting")
        self.queue = IngestionQueue(self.opened.library, self.sent)

    def ended(self, job_id: int) -> Job:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            job = self.queue.job(job_id)
            assert job is not None
            if job.is_ended:
                return job
            time.sleep(0.01)
        raise AssertionError(f"job {job_id} did not end")

    def close(self) -> None:
        self.queue.close()
        self.opened.close()


def send_and_be_killed(folder: Path, numbers: Sequence[str] = ()) -> None:
    """Resume and send in a process of its own, which what it reads kills."""
    child = subprocess.run(
        [sys.executable, "-c", _SENDS, str(folder), *numbers], cwd=ROOT, check=False, timeout=60
    )
    assert child.returncode == -signal.SIGKILL
