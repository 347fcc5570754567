"""What a page draws, before anybody decides what a line means or in which order it is read."""

from dataclasses import dataclass
from typing import Any

from assistant.records import Box


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters that the file draws on one baseline."""

    text: str  # as the text layer gives it, white space included
    box: Box
    bold: bool  # most of its characters are


@dataclass(frozen=True, slots=True)
class RawPage:
    """What one page draws."""

    number: int  # 1-based
    width: float  # PDF points, as the page is shown: its rotation is applied
    height: float
    fragments: tuple[Fragment, ...]  # in the order in which they are drawn
    rules: tuple[Box, ...] = ()  # thin horizontal and vertical strokes


def is_on_page(box: Box, width: float, height: float) -> bool:
    """Whether people see a box: it has a size, and its centre stands on the page.

    Damaged files give boxes at infinity, or without a number.
    """
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= x <= width and 0 <= y <= height and box[3] - box[1] > 0.1 and box[2] >= box[0]


def raw_page_record(page: RawPage) -> dict[str, Any]:
    """Give a page as JSON carries it from the child process."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "fragments": [[f.text, *(round(v, 2) for v in f.box), f.bold] for f in page.fragments],
        "rules": [[round(v, 2) for v in rule] for rule in page.rules],
    }


def raw_page_of(record: dict[str, Any]) -> RawPage:
    """Give the page back from its JSON."""
    fragments = tuple(
        Fragment(text, (x0, y0, x1, y1), bold) for text, x0, y0, x1, y1, bold in record["fragments"]
    )
    rules = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in record["rules"])
    return RawPage(record["number"], record["width"], record["height"], fragments, rules)
