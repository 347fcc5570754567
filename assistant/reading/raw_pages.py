"""What a page draws, before anybody decides what a line means or in which order it is read."""

from dataclasses import dataclass
from typing import Any

from assistant.records import Box

DRAW_NOTHING = frozenset(
    {
        *range(0x200B, 0x2010),  # of no width, and marks of direction
        *range(0x202A, 0x202F),  # turn the direction of what follows
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # variations
        0xFEFF,
        *range(0xE0000, 0xE0080),  # tags: a whole alphabet that no font draws
        *range(0xE0100, 0xE01F0),
    }
)
"""Codes that no reader of the printed page sees, and that can hide words in its text."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters that the file draws on one baseline."""

    text: str  # as the text layer gives it, white space included
    box: Box
    bold: bool  # most of its characters are
    confidence: float | None = None  # 0 to 1, of a recognised line; None: the file's own text


@dataclass(frozen=True, slots=True)
class RawPage:
    """What one page draws."""

    number: int  # 1-based
    width: float  # PDF points, as the page is shown: its rotation is applied
    height: float
    fragments: tuple[Fragment, ...]  # in the order in which they are drawn
    rules: tuple[Box, ...] = ()  # thin horizontal and vertical strokes
    turn: float = 0.0  # degrees anticlockwise by which a scan was turned to make its lines level
    hidden: bool = False  # it holds text that nobody sees, and that is not given

    @property
    def text(self) -> str:
        """Its fragments, one on a line, in the order they are drawn."""
        return "\n".join(fragment.text.strip() for fragment in self.fragments)


def is_on_page(box: Box, width: float, height: float) -> bool:
    """Whether people see a box: it has a size, and its centre stands on the page.

    Damaged files give boxes at infinity, or without a number.
    """
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= x <= width and 0 <= y <= height and box[3] - box[1] > 0.1 and box[2] >= box[0]


def raw_page_record(page: RawPage) -> dict[str, Any]:
    """Give a page as JSON: what the child process writes, and what is kept of a recognised one."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "turn": round(page.turn, 3),
        "fragments": [
            [f.text, *(round(v, 2) for v in f.box), f.bold, f.confidence] for f in page.fragments
        ],
        "hidden": page.hidden,
        "rules": [[round(v, 2) for v in rule] for rule in page.rules],
    }


def raw_page_of(record: dict[str, Any]) -> RawPage:
    """Give the page of a record.

    Raises:
        KeyError, ValueError, TypeError: it is not the record of a page.
    """
    return RawPage(
        record["number"],
        record["width"],
        record["height"],
        fragments=tuple(
            Fragment(text, (x0, y0, x1, y1), bold, confidence)
            for text, x0, y0, x1, y1, bold, confidence in record["fragments"]
        ),
        rules=tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in record["rules"]),
        turn=record["turn"],
        hidden=record["hidden"],
    )
