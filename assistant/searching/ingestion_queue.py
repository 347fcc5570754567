"""Files wait here for their turn: one ingestion at a time, and none stops when a page is left."""

import hashlib
import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import report_bug
from assistant.reading.reading import Step
from assistant.searching.catalogue import Ingestion
from assistant.searching.file_names import kept_name
from assistant.searching.library import Library

_ENDED_KEPT = 1000  # jobs: more files than a person adds before looking at what came of them

State = Literal["waiting", "reading", "recognising", "indexing", "indexed", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A file that was submitted, and how far it is."""

    id: int
    file_name: str
    sha256: str
    state: State = "waiting"
    pages_read: int = 0  # in that state
    page_count: int = 0  # 0: not known yet
    ingestion: Ingestion | None = None  # once ended

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("indexed", "unchanged", "failed")


class IngestionQueue:
    """Ingests files in a thread of its own, in the order they come."""

    def __init__(self, library: Library, on_indexed: Callable[[str], object] | None = None) -> None:
        """Ingest into `library`; `on_indexed` is told each document that is new in it."""
        self._library = library
        self._on_indexed = on_indexed
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._waiting: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, file_name: str, data: bytes) -> int:
        """Put a file in the queue; gives the identifier of its job.

        The same file under the same name, while it waits or is read, is the same job.
        """
        name, sha256 = kept_name(file_name), hashlib.sha256(data).hexdigest()
        with self._lock:
            for job in self._jobs.values():
                if (job.file_name, job.sha256) == (name, sha256) and not job.is_ended:
                    return job.id
            job = Job(next(self._numbers), name, sha256)
            self._jobs[job.id] = job
            self._waiting.put((job.id, data))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="ingestion")
                self._thread.start()
        return job.id

    def job(self, job_id: int) -> Job | None:
        """Give a job as it is now, or None if there is none of that identifier.

        The last `_ENDED_KEPT` that ended are kept, and all that have not.
        """
        return self._jobs.get(job_id)

    def running(self) -> list[Job]:
        """Give the jobs that have not ended, whoever submitted them, in their order."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.is_ended]

    def _run(self) -> None:
        while True:
            self._ingest(*self._waiting.get())  # the file is not held while the next is awaited

    def _ingest(self, job_id: int, data: bytes) -> None:
        file_name = self._jobs[job_id].file_name

        def on_page(done: int, total: int, step: Step = Step.READING, /) -> None:
            state: State = "indexing" if done == total else step.value
            self._update(job_id, state=state, pages_read=done, page_count=total)

        self._update(job_id, state="reading")
        try:
            ingestion = self._library.ingest(file_name, data, on_page)
        except Exception as error:  # noqa: BLE001 - a bug must end this job, and no other
            ingestion = Ingestion(file_name, "failed", None, 0.0, report_bug(error))
        self._update(job_id, state=ingestion.status, ingestion=ingestion)
        if self._on_indexed and ingestion.status == "indexed" and ingestion.document:
            self._on_indexed(ingestion.document.id)
        self._forget_old()

    def _forget_old(self) -> None:
        with self._lock:
            ended = [job.id for job in self._jobs.values() if job.is_ended]
            for job_id in ended[:-_ENDED_KEPT]:
                del self._jobs[job_id]

    def _update(self, job_id: int, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]
