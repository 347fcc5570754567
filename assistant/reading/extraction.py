"""The parent's side of `worker`: runs the child processes, in parallel, within limits."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.reading.pdf import Fragment, RawPage

_COUNT_SECONDS = 30.0
_READ_SECONDS = 60.0  # for the file, and …
_SECONDS_A_PAGE = 4.0  # … for each of its pages: thirty times what a dense page takes
_PAGES_A_WORKER = 12  # below, a second process costs more than it gains

_BEYOND_LIMITS = ("killed", "MemoryError")  # how a worker ends that took too much

_IMPORT_ROOT = str(Path(__file__).parents[2])  # the worker starts from any folder

_REMEDY = (
    "Ouvrez-le dans un lecteur de PDF et imprimez-le dans un nouveau fichier PDF, "
    "puis ajoutez ce nouveau fichier."
)


def count_pages(name: str, data: bytes) -> int:
    """Give the number of pages, counted in a child process.

    Raises:
        UnreadableDocument: the file is refused, or ended its process.
    """
    record = next(worker_records(["count", name], data, time.monotonic() + _COUNT_SECONDS), {})
    if refusal := record.get("refused"):
        raise _Refused(refusal)
    if "pages" not in record:
        raise UnreadableDocument(name, "le fichier n’a pas pu être ouvert", _REMEDY)
    return int(record["pages"])


def extract_pages(
    name: str, data: bytes, page_count: int, on_page: Callable[[int, int], None]
) -> list[RawPage]:
    """Read every page in child processes, one for each core; `on_page(done, total)` each time.

    Raises:
        UnreadableDocument: a page is missing at the end, whatever the reason.
    """
    workers = max(1, min(os.cpu_count() or 1, page_count // _PAGES_A_WORKER))
    deadline = time.monotonic() + _READ_SECONDS + _SECONDS_A_PAGE * page_count
    arrivals: queue.SimpleQueue[RawPage | str] = queue.SimpleQueue()

    def read(first: int) -> None:
        ended = "killed"
        try:
            for record in worker_records(["read", str(first), str(workers)], data, deadline):
                if "fragments" in record:
                    arrivals.put(_raw_page(record))
                else:
                    ended = str(record["ended"])
        finally:
            arrivals.put(ended)

    for first in range(workers):
        threading.Thread(target=read, args=(first,), daemon=True).start()
    pages: dict[int, RawPage] = {}
    endings: list[str] = []
    while len(endings) < workers:
        arrival = arrivals.get()
        if isinstance(arrival, str):
            endings.append(arrival)
        else:
            pages[arrival.number] = arrival
            on_page(len(pages), page_count)
    missing = [number for number in range(1, page_count + 1) if number not in pages]
    if missing:
        raise UnreadableDocument(name, f"la page {missing[0]} {_why_missing(endings)}", _REMEDY)
    return [pages[number] for number in sorted(pages)]


def _why_missing(endings: Sequence[str]) -> str:
    if any(ending in _BEYOND_LIMITS for ending in endings):
        return "n’a pas pu être lue dans les limites de temps et de mémoire"
    return "est endommagée"


class _Refused(UnreadableDocument):
    """A refusal whose sentence was written in the child process."""

    def __init__(self, sentence: str) -> None:
        super(UnreadableDocument, self).__init__(sentence)


def worker_records(
    arguments: Sequence[str], data: bytes, deadline: float
) -> Iterator[dict[str, Any]]:
    """Run a worker on the file and give what it writes; it is killed at the deadline."""
    command = [sys.executable, "-m", "assistant.reading.worker", *arguments]
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        env={**os.environ, "PYTHONPATH": _IMPORT_ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), process.kill)
    timer.daemon = True
    timer.start()
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(data)
                process.stdin.close()
            for line in process.stdout:
                with suppress(json.JSONDecodeError):  # the last line of a killed process
                    yield json.loads(line)
        finally:
            timer.cancel()
            process.kill()


def _raw_page(record: dict[str, Any]) -> RawPage:
    fragments = tuple(
        Fragment(text, (x0, y0, x1, y1), bold) for text, x0, y0, x1, y1, bold in record["fragments"]
    )
    return RawPage(record["number"], record["width"], record["height"], fragments)
