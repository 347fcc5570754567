"""`python -m assistant.reading.worker …`: the child process that opens the file.

A PDF can take any amount of memory or abort its process, so none is opened in the process that
answers people. The file comes on the standard input; JSON lines go out: one with `pages` (how
many) or `refused` (a French sentence), or one for each page; then `ended`, None or the name of the
error. A process that was killed does not say that it ended.
"""

import json
import logging
import sys

from assistant.errors import UnreadableDocument

MEMORY_BYTES = 1_500_000_000  # of address space; the 2023 decree takes a tenth of it
CPU_SECONDS = 600


def main(arguments: list[str]) -> int:
    """Run `count NAME`, `read FIRST STEP`, `marked PAGES` or `recognise PAGES`.

    FIRST is 0-based and every STEP-th page is read; PAGES are 1-based, as in "2,5,9".
    """
    _limit_resources()
    logging.disable(logging.CRITICAL)  # parsers warn about each oddity of a file
    data = sys.stdin.buffer.read()
    ended = None
    try:
        match arguments:
            case ["count", name]:
                _count(name, data)
            case ["read", first, step]:
                _read(data, int(first), int(step))
            case ["marked" | "recognise" as action, pages]:
                _look(data, action, [int(number) for number in pages.split(",")])
            case _:
                return 2
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is an error of the file
        ended = type(error).__name__
    _write({"ended": ended})
    return 0


def _count(name: str, data: bytes) -> None:
    from assistant.reading.preflight import count_pages

    try:
        _write({"pages": count_pages(name, data)})
    except UnreadableDocument as refusal:
        _write({"refused": str(refusal)})


def _read(data: bytes, first: int, step: int) -> None:
    from assistant.reading.pdf import read_raw_pages

    for page in read_raw_pages(data, first=first, step=step):
        _write(
            {
                "number": page.number,
                "width": page.width,
                "height": page.height,
                "fragments": [
                    [f.text, *(round(v, 2) for v in f.box), f.bold] for f in page.fragments
                ],
            }
        )


def _look(data: bytes, action: str, numbers: list[int]) -> None:
    """Draw pages: say which show marks that their text does not account for, or recognise them."""
    from assistant.reading.ocr import recognise
    from assistant.reading.page_records import page_record
    from assistant.reading.rendering import has_unread_ink, opened

    with opened(data) as document:
        for number in numbers:
            page = document[number - 1]
            if action == "recognise":
                _write(page_record(recognise(page, number)))
            else:
                _write({"number": number, "marked": has_unread_ink(page)})


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


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
