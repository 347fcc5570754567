"""Files wait here for their turn: one ingestion at a time, and none stops when a page is left.

What waits or is read when the process ends is taken up by the next one (see `sent_files`).
"""

import hashlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, cast

from assistant.errors import report_bug
from assistant.reading.reading import Step
from assistant.searching.catalogue import Ingestion
from assistant.searching.file_names import kept_name
from assistant.searching.library import Library
from assistant.searching.sent_files import ENDED_KEPT, SentFile, SentFiles

MOST_ATTEMPTS = 2
"""How often a file may be what is read when the process ends: then it is taken for the cause."""

_PATIENCE = 10.0  # seconds that closing waits for the page that is being read

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
    is_resumed: bool = False  # whether it was sent to an earlier process

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("indexed", "unchanged", "failed")


class _Stopped(BaseException):
    """The queue is closed: the file that is read is left to the next process."""


class IngestionQueue:
    """Ingests files in a thread of its own, in the order they come."""

    def __init__(
        self,
        library: Library,
        sent: SentFiles,
        on_indexed: Callable[[str], object] | None = None,
    ) -> None:
        """Ingest what is `sent` into `library`; `on_indexed` is told each document new in it."""
        self._library = library
        self._sent = sent
        self._on_indexed = on_indexed
        self._jobs: dict[int, Job] = {}
        self._waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def submit(self, file_name: str, data: bytes) -> int:
        """Keep a file and put it in the queue; gives the identifier of its job.

        Once this returns, the file is read even if the process ends before. The same file under the
        same name, while it waits or is read, is the same job.
        """
        name, sha256 = kept_name(file_name), hashlib.sha256(data).hexdigest()
        with self._lock:
            for job in self._jobs.values():
                if (job.file_name, job.sha256) == (name, sha256) and not job.is_ended:
                    return job.id
            sent = self._sent.add(name, sha256, data)
            self._put(Job(sent.id, name, sha256))
        return sent.id

    def resume(self) -> None:
        """Take up what earlier processes left, in its order; call it once, before anything else.

        A file that was being read when the process ended `MOST_ATTEMPTS` times fails instead.
        """
        for sent in self._sent.take_unfinished():
            job = Job(sent.id, sent.file_name, sent.sha256, is_resumed=True)
            if sent.attempts >= MOST_ATTEMPTS:
                self._jobs[job.id] = job
                self._end(job.id, _failed(sent.file_name, _gave_up(sent)))
            else:
                with self._lock:
                    self._put(job)

    def job(self, job_id: int) -> Job | None:
        """Give a job as it is now, or None if there is none of that identifier.

        The last `ENDED_KEPT` that ended are kept, and all that have not.
        """
        job = self._jobs.get(job_id)
        if job is None and (sent := self._sent.find(job_id)):
            return self._job_of(sent)
        return job

    def running(self) -> list[Job]:
        """Give the jobs that have not ended, whoever submitted them, in their order."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.is_ended]

    def resumed(self) -> list[Job]:
        """Give the jobs that were sent to an earlier process, ended or not, in their order."""
        with self._lock:
            return [job for job in self._jobs.values() if job.is_resumed]

    def close(self) -> None:
        """Leave what is not read to the next process, the file that is being read with it."""
        self._stopped.set()
        if self._thread:
            self._waiting.put(None)  # wakes the thread
            self._thread.join(_PATIENCE)
        self._sent.close()

    def _put(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._waiting.put(job.id)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="ingestion")
            self._thread.start()

    def _run(self) -> None:
        while (job_id := self._waiting.get()) is not None and not self._stopped.is_set():
            self._ingest(job_id)  # the file is not held while the next is awaited

    def _ingest(self, job_id: int) -> None:
        self._update(job_id, state="reading")
        try:
            self._sent.begin(job_id)
            ingestion = self._ingestion(self._jobs[job_id])
        except _Stopped:
            self._sent.give_back(job_id)
            return
        except Exception as error:  # noqa: BLE001 - a bug must end this job, and no other
            ingestion = _failed(self._jobs[job_id].file_name, report_bug(error))
        self._end(job_id, ingestion)
        if self._on_indexed and ingestion.status == "indexed" and ingestion.document:
            self._on_indexed(ingestion.document.id)

    def _ingestion(self, job: Job) -> Ingestion:
        def on_page(done: int, total: int, step: Step = Step.READING, /) -> None:
            if self._stopped.is_set():
                raise _Stopped
            state: State = "indexing" if done == total else step.value
            self._update(job.id, state=state, pages_read=done, page_count=total)

        data = self._sent.data(job.sha256)
        if data is None:
            return _failed(job.file_name, _lost(job.file_name))
        return self._library.ingest(job.file_name, data, on_page)

    def _end(self, job_id: int, ingestion: Ingestion) -> None:
        with self._lock:
            try:
                self._sent.end(job_id, ingestion)
            except Exception as error:  # noqa: BLE001 - the next process will read it once more
                report_bug(error)
            job = replace(self._jobs[job_id], state=ingestion.status, ingestion=ingestion)
            self._jobs[job_id] = job
            ended = [job.id for job in self._jobs.values() if job.is_ended]
            for forgotten in ended[:-ENDED_KEPT]:
                del self._jobs[forgotten]

    def _update(self, job_id: int, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]

    def _job_of(self, sent: SentFile) -> Job:
        """Give a job of an earlier process, from what is kept of it."""
        job = Job(sent.id, sent.file_name, sent.sha256, is_resumed=True)
        if not sent.is_ended:  # another process has it
            return job
        state = cast('Literal["indexed", "unchanged", "failed"]', sent.state)
        document = self._library.published(sent.document_id) if sent.document_id else None
        ingestion = Ingestion(sent.file_name, state, document, 0.0, sent.error)
        return replace(job, state=state, ingestion=ingestion)


def _failed(file_name: str, error: str) -> Ingestion:
    return Ingestion(file_name, "failed", None, 0.0, error)


def _gave_up(sent: SentFile) -> str:
    return (
        f"« {sent.file_name} » : le serveur s’est arrêté {sent.attempts} fois pendant la lecture "
        "de ce fichier, qui n’est donc plus essayé. Vérifiez qu’il s’ouvre, enregistrez-le de "
        "nouveau depuis un lecteur de PDF, puis ajoutez-le une fois de plus."
    )


def _lost(file_name: str) -> str:
    return (
        f"« {file_name} » : le fichier reçu ne se trouve plus dans le dossier des données. "
        "Ajoutez-le de nouveau."
    )
