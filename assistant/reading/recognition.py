"""The parent's side of recognition: pages are shared out among child processes, one a core.

A child takes a few pages at a time; one that dies costs the page it was at, which is tried once
more by itself and then given up. What was recognised is kept at once (see `kept_pages`).
"""

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence

from assistant.reading.child_process import records_of
from assistant.reading.kept_pages import KeptPages
from assistant.reading.raw_pages import RawPage, raw_page_of

_PAGES_A_CHILD = 8  # a child starts in half a second, a page takes three
_SECONDS_A_CHILD = 30.0  # to start and open the file, and …
_SECONDS_A_PAGE = 45.0  # … for each page: fifteen times what a dense one takes
_SECONDS_A_LOOK = 5.0


def cores() -> int:
    """How many processes may work at once."""
    if hasattr(os, "sched_getaffinity"):  # fewer than the machine's, in a container
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_marked(data: bytes, numbers: Sequence[int]) -> set[int]:
    """Give those of the pages that show marks their text layer does not account for.

    A page whose child process ends is taken for marked: better looked at twice than lost.
    """
    if not numbers:
        return set()
    seconds = _SECONDS_A_CHILD + _SECONDS_A_LOOK * len(numbers)
    seen = {
        record["number"]: record["marked"]
        for record in records_of(["marked", _listed(numbers)], data, seconds=seconds)
        if "marked" in record
    }
    return {number for number in numbers if seen.get(number, True)}


def recognise_pages(
    data: bytes,
    numbers: Sequence[int],
    *,
    kept: KeptPages,
    on_page: Callable[[int, int], None],
) -> dict[int, RawPage]:
    """Recognise pages of a file; a page that cannot be is missing from what is given.

    `on_page(done, total)` is called each time, first with what an earlier run had done.
    """
    found = kept.load(numbers)
    on_page(len(found), len(numbers))
    for size in (_PAGES_A_CHILD, 1):  # again by itself, what was lost with another page
        missing = [number for number in numbers if number not in found]
        for page in _recognised(data, _batches(missing, size)):
            found[page.number] = page
            kept.keep(page)
            on_page(len(found), len(numbers))
    return found


def _batches(numbers: Sequence[int], size: int) -> list[Sequence[int]]:
    """Share pages out evenly among the cores, at most `size` at a time."""
    size = max(1, min(size, -(-len(numbers) // cores())))
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def _recognised(data: bytes, batches: Sequence[Sequence[int]]) -> Iterator[RawPage]:
    """Give the pages as they come, from as many children at once as there are cores."""
    waiting: queue.SimpleQueue[Sequence[int]] = queue.SimpleQueue()
    arrivals: queue.SimpleQueue[RawPage | None] = queue.SimpleQueue()
    for batch in batches:
        waiting.put(batch)

    def work() -> None:
        try:
            while batch := _next(waiting):
                for page in _recognise_batch(data, batch):
                    arrivals.put(page)
        finally:
            arrivals.put(None)

    running = min(cores(), len(batches))
    for _ in range(running):
        threading.Thread(target=work, daemon=True, name="recognition").start()
    while running:
        arrival = arrivals.get()
        if arrival is None:
            running -= 1
        else:
            yield arrival


def _next(waiting: "queue.SimpleQueue[Sequence[int]]") -> Sequence[int]:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return ()


def _recognise_batch(data: bytes, numbers: Sequence[int]) -> Iterator[RawPage]:
    seconds = _SECONDS_A_CHILD + _SECONDS_A_PAGE * len(numbers)
    for record in records_of(["recognise", _listed(numbers)], data, seconds=seconds):
        if "fragments" in record:
            yield raw_page_of(record)


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
