"""The parent's side of `worker`: runs the child processes, in parallel, within limits."""

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence

from assistant.errors import UnreadableDocument
from assistant.reading.child_process import REMEDY, records_of
from assistant.reading.raw_pages import RawPage, raw_page_of

_COUNT_SECONDS = 15.0
_ENGINES = {"pdfium": (15.0, 0.5), "pdfminer": (25.0, 3.0)}
"""Reader → seconds it is given for the file, and for each of its pages: twenty times what it takes.

A page that PDFium cannot read without ending its process is read by pdfminer.six.
"""
_PAGES_A_WORKER = 12  # below, a second process costs more than it gains

_BEYOND_LIMITS = ("killed", "MemoryError")  # how a worker ends that took too much


def count_pages(name: str, data: bytes) -> int:
    """Give the number of pages, counted in a child process.

    Raises:
        UnreadableDocument: the file is refused, or ended its process.
    """
    record = next(records_of(["count", name], data, seconds=_COUNT_SECONDS), {})
    if refusal := record.get("refused"):
        raise _Refused(refusal)
    if "pages" not in record:
        raise UnreadableDocument(name, "le fichier n’a pas pu être ouvert", REMEDY)
    return int(record["pages"])


def extract_pages(
    name: str, data: bytes, page_count: int, on_page: Callable[[int, int], None]
) -> list[RawPage]:
    """Read every page in child processes, one for each core; `on_page(done, total)` each time.

    Raises:
        UnreadableDocument: a page is missing at the end, whatever the reason.
    """
    pages: dict[int, RawPage] = {}
    endings: list[str] = []
    for engine in _ENGINES:
        missing = [number for number in range(1, page_count + 1) if number not in pages]
        if not missing:
            break
        endings = []
        for arrival in _read_with(engine, data, missing):
            if isinstance(arrival, str):
                endings.append(arrival)
            else:
                pages[arrival.number] = arrival
                on_page(len(pages), page_count)
    for number in range(1, page_count + 1):
        if number not in pages:
            raise UnreadableDocument(name, f"la page {number} {_why_missing(endings)}", REMEDY)
    return [pages[number] for number in sorted(pages)]


def _read_with(engine: str, data: bytes, numbers: Sequence[int]) -> Iterator[RawPage | str]:
    """Share the pages among one child for each core; give them as they come, and each ending."""
    for_file, for_page = _ENGINES[engine]
    seconds = for_file + for_page * len(numbers)
    workers = max(1, min(os.cpu_count() or 1, len(numbers) // _PAGES_A_WORKER))
    arrivals: queue.SimpleQueue[RawPage | str | None] = queue.SimpleQueue()

    def read(share: Sequence[int]) -> None:
        ended = "killed"
        try:
            listed = ",".join(map(str, share))
            for record in records_of(["read", engine, listed], data, seconds=seconds):
                if "fragments" in record:
                    arrivals.put(raw_page_of(record))
                else:
                    ended = str(record["ended"])
        finally:
            arrivals.put(ended)
            arrivals.put(None)

    for first in range(workers):
        threading.Thread(target=read, args=(numbers[first::workers],), daemon=True).start()
    running = workers
    while running:
        arrival = arrivals.get()
        if arrival is None:
            running -= 1
        else:
            yield arrival


def _why_missing(endings: Sequence[str]) -> str:
    if any(ending in _BEYOND_LIMITS for ending in endings):
        return "n’a pas pu être lue dans les limites de temps et de mémoire"
    return "est endommagée"


class _Refused(UnreadableDocument):
    """A refusal whose sentence was written in the child process."""

    def __init__(self, sentence: str) -> None:
        super(UnreadableDocument, self).__init__(sentence)
