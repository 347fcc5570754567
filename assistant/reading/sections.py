"""Paragraphs → sections, for a document without articles: a specification, a circular.

Only numbered headings count ("2.1.3 Plancher", "II DESCRIPTION", "A - Objet"), printed bold or in
capitals. They must make an outline, each following from the one before; where they do not, the
document is better cited by page: a false heading is worse than none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reading.headings import longest_run
from assistant.reading.labels import roman_value
from assistant.reading.paragraphs import Paragraph

_HEADING = re.compile(
    r"(?P<label>\d{1,2}(?:\s?[.-]\s?\d{1,2})*|[IVX]{1,5}|[A-Z])"
    r"(?P<mark>\s?[.):/]\s?[–—-]?|\s?[–—-])?\s+(?P<title>\S.*)",
    re.DOTALL,
)
_LONGEST_TITLE = 150  # characters
_FEWEST = 3  # sections: fewer make no outline
_LEAST_COHERENT = 0.8  # share of the headings that follow from the one before
_LEAST_KEPT = 0.75  # share of the headings that go up

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading."""

    label: str  # as printed, "02.01.03", "II"
    key: Key  # (2, 1, 3)
    index: int  # of its paragraph


def begins_section(text: str) -> bool:
    """Whether a line may begin the heading of a section."""
    return _parse(text) is not None


def find_sections(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Give the outline of a document, empty where its headings make none.

    The highest level is Roman, a letter or a number, whichever makes the longest outline; the
    levels under it are numbers joined by dots.
    """
    found = [
        Section(*parsed, index)
        for index, paragraph in enumerate(paragraphs)
        if (parsed := _parse(paragraph.text)) and _has_form(paragraph)
    ]
    outlines = [_outline([s for s in found if _is_of(s, kind)]) for kind in ("I", "1", "A")]
    return max(outlines, key=len)


def _outline(found: list[Section]) -> list[Section]:
    kept = [found[index] for index in sorted(longest_run([s.key for s in found]))]
    steps = [_follows(before.key, after.key) for before, after in pairwise(kept)]
    if len(kept) < _FEWEST or len(kept) < _LEAST_KEPT * len(found):
        return []
    begins = kept[0].key[0] == 1 and set(kept[0].key) == {1}
    return kept if begins and sum(steps) >= _LEAST_COHERENT * len(steps) else []


def _follows(before: Key, after: Key) -> bool:
    """Whether a heading opens a level, or comes next on its own level or on one above."""
    if after[: len(before)] == before:
        return set(after[len(before) :]) == {1}
    level = len(after) - 1
    shared = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), level)
    return after[shared] == before[shared] + 1 and set(after[shared + 1 :]) <= {1}


def _is_of(section: Section, kind: str) -> bool:
    if len(section.key) > 1:
        return True
    if section.label.isdigit():
        return kind == "1"
    return kind == "I" if kind != "A" and roman_value(section.label) else kind == "A"


def _parse(text: str) -> tuple[str, Key] | None:
    """Read the label of a heading and its key; a title begins with a capital and is short."""
    found = _HEADING.match(text)
    if not found or len(text) > _LONGEST_TITLE or not found["title"][0].isupper():
        return None
    label = re.sub(r"\s?[.-]\s?", ".", found["label"])
    if label[0].isdigit():
        key = tuple(int(part) for part in label.split("."))
        return (label, key) if 0 not in key else None
    if not found["mark"] and not found["title"].isupper():
        return None  # "A défaut", "I Prescriptions"
    value = roman_value(label) or ord(label[0]) - ord("A") + 1
    return label, (value,)


def _has_form(paragraph: Paragraph) -> bool:
    """Whether it is printed like a heading: bold or in capitals, and no sentence."""
    text = paragraph.text
    letters = [c for c in text if c.isalpha()]
    bold = all(line.line.bold for line in paragraph.lines)
    capitals = sum(c.isupper() for c in letters) > 0.8 * len(letters)
    return (bold or capitals) and not re.search(r"[;,]$|\.{3,}", text)
