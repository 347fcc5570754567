"""Blocks → printed lines of one column's width, as a typesetter breaks them.

Widths, sizes and gaps are PDF points.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from specimen.source import Block, Kind

Align = Literal["justified", "left", "centre", "right"]
Style = Literal["", "B", "I"]

BODY_SIZE = 10.0

NO_BREAK = "\u00a0"
_UNBREAKABLE = re.compile(r"(?<=«|°) | (?=[;:!?»%–])|(?<=^–) |(?<=\d) (?=–)")
_CAPITALS = re.compile(r"(?<=\b[A-ZÉÈ])[A-ZÉÈ]+\b")

_LOOSE = 5.0  # a word is cut rather than to widen the spaces of a line by more than this

# Where long words may be cut: those of the texts that would leave a loose line, not a dictionary.
_CUTS = {
    cut.replace("-", ""): cut.split("-")
    for cut in (
        "attribu-taire",
        "com-mande",
        "com-munal",
        "four-nitures",
        "garan-tie",
        "provi-soire",
        "récla-mation",
        "recom-mandée",
    )
}
_COMPOUND = re.compile(r"(\w*[^\W\d]+-)([^\W\d]{4,}.*)")  # "sous-|traitance", never "9-|10-101"

Measure = Callable[["Run"], float]
"""Width of a run as it will be printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters printed in one style and size."""

    text: str
    style: Style = ""
    size: float = BODY_SIZE


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line, not yet placed on a page."""

    runs: tuple[Run, ...]
    align: Align
    indent: float
    space_before: float  # not counted at the top of a column
    keep_with_next: bool
    entry: Block | None = None  # the heading that begins here, for the table of contents


@dataclass(frozen=True, slots=True)
class Look:
    """How the blocks of one kind are printed."""

    align: Align = "justified"
    style: Style = ""
    size: float = BODY_SIZE
    space: float = 6.5  # before the block; line to line there is much less
    first_indent: float = 0.0
    indent: float = 0.0
    small_capitals: bool = False
    keep_with_next: bool = False


LOOKS = {
    Kind.TITLE: Look("centre", "B", 10.5, 0),
    Kind.SMALL_CAPITALS: Look("left", space=26, first_indent=24, small_capitals=True),
    Kind.CENTRED: Look("centre", space=10, small_capitals=True, keep_with_next=True),
    Kind.CHAPTER: Look("centre", "B", space=13, keep_with_next=True),
    Kind.SECTION: Look("centre", "B", 9, 10, keep_with_next=True),
    Kind.ARTICLE: Look("left", space=10, first_indent=24, small_capitals=True, keep_with_next=True),
    Kind.PARAGRAPH: Look(first_indent=24),
    Kind.ITEM: Look(first_indent=18, indent=27, space=5),
    Kind.RIGHT: Look("right", "I", space=16, keep_with_next=True),
    Kind.SIGNATURE: Look("centre", space=10, small_capitals=True),
    Kind.ANNEXE: Look("centre", "B", 12, 0, keep_with_next=True),
}
_SPACE_AFTER = {Kind.ARTICLE: 8.5, Kind.ANNEXE: 16.0}
_SPACE_BETWEEN_PARTS = {Kind.CHAPTER: 6.0}


def print_blocks(
    blocks: tuple[Block, ...], *, width: float, measure: Measure
) -> Iterator[PrintedLine]:
    """Break blocks into lines for a column of `width`."""
    previous = None
    for block in blocks:
        look = LOOKS[block.kind]
        if previous in _SPACE_AFTER:
            look = replace(look, space=_SPACE_AFTER[previous])
        yield from _print_block(block, look, width, measure)
        previous = block.kind


def _print_block(block: Block, look: Look, width: float, measure: Measure) -> Iterator[PrintedLine]:
    """Print each part of a block ("|" separates a chapter from its title) on lines of its own."""
    parts = block.text.split(" | ")
    for rank, part in enumerate(parts):
        shown = look
        if rank:
            style: Style = "I" if block.kind is Kind.CHAPTER else look.style
            shown = replace(look, space=_SPACE_BETWEEN_PARTS.get(block.kind, 0.0), style=style)
        if rank < len(parts) - 1:
            shown = replace(shown, keep_with_next=True)
        lines = list(_print_part(part, shown, width, measure))
        if not rank and block.kind in (Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEXE):
            lines[0] = replace(lines[0], entry=block)
        yield from lines


def _print_part(text: str, look: Look, width: float, measure: Measure) -> Iterator[PrintedLine]:
    rooms = (width - look.first_indent, width - look.indent)
    texts = break_text(text, rooms, lambda piece: measure(Run(piece, look.style, look.size)))
    last = len(texts) - 1
    for rank, piece in enumerate(texts):
        yield PrintedLine(
            runs=_small_capitals(piece, look) if look.small_capitals else (_run(piece, look),),
            align="left" if look.align == "justified" and rank == last else look.align,
            indent=look.indent if rank else look.first_indent,
            space_before=0 if rank else look.space,
            # Neither the first nor the last line of a paragraph stands alone in a column.
            keep_with_next=look.keep_with_next or (last > 0 and rank in (0, last - 1)),
        )


def _run(text: str, look: Look) -> Run:
    return Run(text, look.style, look.size)


def _small_capitals(text: str, look: Look) -> tuple[Run, ...]:
    """Print all but the first letter of a word in capitals two points smaller."""
    runs: list[Run] = []
    end = 0
    for capitals in _CAPITALS.finditer(text):
        runs.append(_run(text[end : capitals.start()], look))
        runs.append(Run(capitals.group(), look.style, look.size - 2))
        end = capitals.end()
    return (*runs, _run(text[end:], look))


def break_text(
    text: str, rooms: tuple[float, float], width_of: Callable[[str], float]
) -> list[str]:
    """Break a text into lines as full as they can be.

    `rooms` is what the first line and the following ones may hold. The text layer carries plain
    spaces only: no-break spaces serve here to break, and are not printed.
    """
    waiting = _UNBREAKABLE.sub(NO_BREAK, text).split(" ")[::-1]
    lines = [waiting.pop()]
    while waiting:
        word = waiting.pop()
        room = rooms[len(lines) > 1]
        if width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] += " " + word
            continue
        loose = room - width_of(lines[-1]) > _LOOSE * lines[-1].count(" ")
        for head, tail in _cut_word(word) if loose else ():
            if width_of(f"{lines[-1]} {head}") <= room:
                lines[-1] += " " + head
                word = tail
                break
        lines.append(word)
    return [line.replace(NO_BREAK, " ") for line in lines]


def _cut_word(word: str) -> Iterator[tuple[str, str]]:
    """Give the ways to cut a word where a line ends."""
    if compound := _COMPOUND.fullmatch(word):
        yield compound.group(1), compound.group(2)
    for whole, (head, tail) in _CUTS.items():
        before, found, after = word.partition(whole)
        if found:
            yield f"{before}{head}-", tail + after
