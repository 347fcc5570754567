"""A decree's plain text → its blocks, each with the part it plays on the page.

The text begins with `name: value` lines. A block begins after an empty line or at a mark; its
mark says what it is (`Kind`), and a block without a mark is a paragraph.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a block is: it decides how the block looks."""

    TITLE = "= "
    SMALL_CAPITALS = "* "
    CENTRED = "^ "
    CHAPTER = "# "  # "Chapitre premier | Dispositions générales"
    SECTION = "## "
    ARTICLE = "### "
    ITEM = "– "
    RIGHT = "> "
    SIGNATURE = "~ "  # its lines are separated by "|"
    ANNEXE = "@ "  # begins a new page, in one column
    PARAGRAPH = ""


MARKS = tuple(kind for kind in Kind if kind.value)
_LIST_LABEL = re.compile(r"[a-z]\) |\d+ – ")  # begins a paragraph, and is printed


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item, on one line and without its mark."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One decree to print."""

    title: str
    bulletin: str  # the issue, as the running header prints it
    first_bo_page: int
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Read a decree's text; a missing `titre`, `bulletin` or `page` is a KeyError."""
    header, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    blocks = tuple(_as_block(text) for text in _split_blocks(body))
    return Source(fields["titre"], fields["bulletin"], int(fields["page"]), blocks)


def _split_blocks(body: str) -> list[str]:
    """Join the source's lines into blocks."""
    blocks: list[str] = []
    begins = True
    for line in body.splitlines():
        if line and (begins or line.startswith(MARKS) or _LIST_LABEL.match(line)):
            blocks.append(line)
        elif line:
            blocks[-1] += " " + line
        begins = not line
    return blocks


def _as_block(text: str) -> Block:
    kind = next((mark for mark in MARKS if text.startswith(mark.value)), Kind.PARAGRAPH)
    kept = 0 if kind is Kind.ITEM else len(kind.value)  # an item is printed with its dash
    return Block(kind, text[kept:])
