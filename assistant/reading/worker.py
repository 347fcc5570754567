"""`python -m assistant.reading.worker …`: the child process that opens the file.

A PDF can take any amount of memory or abort its process, so none is opened in the process that
answers people. The file comes on the standard input; JSON lines go out: one with `pages` (how
many) or `refused` (a French sentence), one for each page, or one with a `png`; then `ended`, None
or the name of the error. A process that was killed does not say that it ended.
"""

import base64
import json
import logging
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.records import Box

MEMORY_BYTES = 1_500_000_000  # of address space; the 2023 decree takes a tenth of it
CPU_SECONDS = 600
_SECONDS_A_GLANCE = 1.0  # between two looks at whether the parent is still there


def main(arguments: list[str]) -> int:
    """Run one action on the file of the standard input.

    `count NAME`, `read ENGINE PAGES`, `draw PAGE DPI BOXES`, `marked PAGES` or `recognise PAGES`;
    PAGES are 1-based, as in "2,5,9", and BOXES are JSON.
    """
    _limit_resources()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    logging.disable(logging.CRITICAL)  # parsers warn about each oddity of a file
    data = sys.stdin.buffer.read()
    ended = None
    try:
        match arguments:
            case ["count", name]:
                _count(name, data)
            case ["read", engine, pages]:
                _read(data, engine, [int(number) for number in pages.split(",")])
            case ["draw", page, dpi, boxes]:
                _draw(data, int(page), int(dpi), json.loads(boxes))
            case ["marked" | "recognise" as action, pages]:
                _look(data, action, [int(number) for number in pages.split(",")])
            case _:
                return 2
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is an error of the file
        ended = type(error).__name__
    _write({"ended": ended})
    return 0


def _count(name: str, data: bytes) -> None:
    from assistant.errors import UnreadableDocument
    from assistant.reading.preflight import count_pages

    try:
        _write({"pages": count_pages(name, data)})
    except UnreadableDocument as refusal:
        _write({"refused": str(refusal)})


def _read(data: bytes, engine: str, numbers: list[int]) -> None:
    from assistant.reading.raw_pages import raw_page_record

    if engine == "pdfium":
        from assistant.reading.pdfium_text import read_raw_pages
    else:
        from assistant.reading.pdfminer_text import read_raw_pages
    for page in read_raw_pages(data, numbers):
        _write(raw_page_record(page))


def _draw(data: bytes, number: int, dpi: int, boxes: "list[Box]") -> None:
    from assistant.reading.drawing import draw_page

    png = draw_page(data, number, dpi=dpi, boxes=boxes)
    _write({"png": base64.b64encode(png).decode()})


def _look(data: bytes, action: str, numbers: list[int]) -> None:
    """Draw pages: say which show marks that their text does not account for, or recognise them."""
    from assistant.reading.ink import has_unread_ink
    from assistant.reading.ocr import recognise
    from assistant.reading.raw_pages import raw_page_record
    from assistant.reading.rendering import opened

    with opened(data) as document:
        for number in numbers:
            page = document[number - 1]
            if action == "recognise":
                _write(raw_page_record(recognise(page, number)))
            else:
                _write({"number": number, "marked": has_unread_ink(page)})


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def _end_with(parent: int) -> None:
    """Kill this process and what it started once its parent is gone: nobody would read it."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_A_GLANCE)
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():  # the group is this process's own
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _limit_resources() -> None:
    try:
        import resource  # POSIX only; elsewhere the wall clock alone limits
    except ImportError:
        return
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
