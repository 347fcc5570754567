"""A recognised page as JSON: what the child process writes and what is kept on the disk."""

from typing import Any

from assistant.reading.pdf import Fragment, RawPage


def page_record(page: RawPage) -> dict[str, object]:
    """Give the record of a page; `page_of` gives the page back."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "turn": round(page.turn, 3),
        "fragments": [
            [f.text, *(round(v, 2) for v in f.box), f.bold, f.confidence] for f in page.fragments
        ],
    }


def page_of(record: dict[str, Any]) -> RawPage:
    """Give the page of a record.

    Raises:
        KeyError, ValueError, TypeError: it is not the record of a page.
    """
    fragments = tuple(
        Fragment(text, (x0, y0, x1, y1), bold, confidence)
        for text, x0, y0, x1, y1, bold, confidence in record["fragments"]
    )
    return RawPage(
        record["number"], record["width"], record["height"], fragments, turn=record["turn"]
    )
