"""The paragraphs of an article → its parts, one inside the other.

The order of the levels is not fixed in these texts (I, A, 1, a here; 1, A, a there): it follows
from the sequence. A label that goes on with an open series closes what is open under it; a label
that begins a series opens a level. Unlabelled text is harder: after a list, it belongs to the last
item or to the sentence that opened the list. What tells is whether a later label goes on with the
list, and whether the list was one sentence that has ended. Where nothing tells, the place given is
the part that surely holds the paragraph, or none: never a guess.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.labels import Bullet, Label, LabelledText, Reading, split_labelled
from assistant.reading.outline import Kind, Part

_LONGEST_TITLE = 80  # characters of "A. Appel à la concurrence :", which is no alinéa
_CLAUSE = re.compile(  # what tells "il doit fournir :" from such a title
    r"\b(?:ils?|elles?|(?<!ce )qui|est|sont|ont|doi(?:t|vent)|peu(?:t|vent)|compren(?:d|nent)"
    r"|fai(?:t|sant)|prévoit|suit|suivante?s?|ci.après|notamment)\b"
)


Placed = tuple[tuple[int, int], Part]
"""A paragraph, `text[start:end]`, and the smallest part that surely holds it."""


def read_parts(text: str) -> tuple[Part, tuple[Placed, ...]]:
    """Give the whole article as a part, and the part of each of its paragraphs, in order."""
    reader = _Reader(split_labelled(text))
    return reader.read(), tuple(reader.places)


class _Reader:
    """Reads the paragraphs of one article in order."""

    def __init__(self, paragraphs: Sequence[LabelledText]) -> None:
        self._paragraphs = paragraphs
        self._whole = Part(Kind.WHOLE, 0, 0)
        self._open: list[Part] = [self._whole]  # from outer to inner
        self.places: list[tuple[tuple[int, int], Part]] = []

    def read(self) -> Part:
        """Give the whole article as a part."""
        for index, paragraph in enumerate(self._paragraphs):
            before = self._paragraphs[index - 1] if index else None
            if paragraph.label:
                part = self._read_label(index, paragraph.label)
            elif paragraph.bullet:
                part = self._read_bullet(paragraph, paragraph.bullet, before)
            else:
                part = self._read_text(index, paragraph, before)
            part.grow(paragraph.end, paragraph.closing)
            self.places.append(((paragraph.start, paragraph.end), part))
        return self._whole

    # Labels

    def _read_label(self, index: int, label: Label) -> Part:
        paragraph = self._paragraphs[index]
        before = self._paragraphs[index - 1].closing if index else ""
        if found := _continued(self._open, label):
            part = self._go_on(paragraph, *found)
        elif first := next((r for r in label.readings if r.value == 1), None):
            part = self._begin_series(paragraph, first, label.mark, before)
        else:
            part = self._read_out_of_order(paragraph, label)
        part.name, part.mark = label.name, label.mark
        self._open.append(part)
        part.is_titled = self._is_title(index)
        if part.is_titled or part.kind is Kind.UNSURE:
            return part
        return self._add_alinea(part, paragraph)

    def _go_on(self, paragraph: LabelledText, depth: int, reading: Reading) -> Part:
        last = self._open[depth]
        kind = Kind.UNSURE if last.is_stray else Kind.LABELLED
        part = self._item(paragraph, kind, last.parent or self._whole)
        part.label, part.value, part.is_stray = reading.kind, reading.value, last.is_stray
        part.opened_by, part.opened_with = last.opened_by, last.opened_with
        del self._open[depth:]
        return part

    def _begin_series(
        self, paragraph: LabelledText, reading: Reading, mark: str, before: str
    ) -> Part:
        while self._open[-1].kind is Kind.BULLET and before != ":":
            self._open.pop()
        known = any((p.label, p.mark) == (reading.kind, mark) for p in self._open)
        part = self._item(paragraph, Kind.UNSURE if known else Kind.LABELLED, self._open[-1])
        part.label, part.value, part.is_stray = reading.kind, reading.value, known
        part.opened_by = self._opening()
        part.opened_with = before if part.opened_by else ""  # a title opens no sentence
        return part

    def _read_out_of_order(self, paragraph: LabelledText, label: Label) -> Part:
        """Give no place to a label that goes on with nothing; what goes on with it may have one."""
        for depth in range(len(self._open) - 1, 0, -1):
            for reading in label.readings:
                if self._open[depth].label == reading.kind:
                    part = self._go_on(paragraph, depth, reading)
                    part.kind = Kind.UNSURE
                    return part
        part = self._item(paragraph, Kind.UNSURE, self._open[-1])
        reading = label.readings[0]
        part.label, part.value = reading.kind, reading.value
        part.is_stray = self._open[-1] is not self._whole
        return part

    def _is_title(self, index: int) -> bool:
        """Whether a labelled paragraph only announces what follows: then it is no alinéa."""
        paragraph = self._paragraphs[index]
        following = self._paragraphs[index + 1 : index + 2]
        return (
            len(paragraph.text) <= _LONGEST_TITLE
            and paragraph.closing in (":", "")
            and not _CLAUSE.search(paragraph.text)
            and not any(other.bullet or other.is_lower for other in following)
        )

    # Tirets

    def _read_bullet(
        self, paragraph: LabelledText, bullet: Bullet, before: LabelledText | None
    ) -> Part:
        signs = [part.label if part.kind is Kind.BULLET else "" for part in self._open]
        introduces = before is not None and before.closing == ":"
        if bullet.sign in signs and not (introduces and before and before.is_plain):
            depth = len(signs) - 1 - signs[::-1].index(bullet.sign)
            last = self._open[depth]
            del self._open[depth:]
            nested = introduces and before is not None and before.bullet is not None
            part = self._item(
                paragraph, Kind.UNSURE if nested else last.kind, last.parent or self._whole
            )
            part.opened_by, part.value = last.opened_by, last.value + 1
        else:
            follows_sentence = before is None or before.closing in (".", "!", "?", "…")
            part = self._item(
                paragraph, Kind.UNSURE if follows_sentence else Kind.BULLET, self._open[-1]
            )
            part.opened_by, part.value = self._opening(), 1
            if part.kind is Kind.UNSURE:
                self._open[-1].countable = False
        part.label = bullet.sign if part.kind is Kind.BULLET else ""
        self._open.append(part)
        return part

    # Text

    def _read_text(self, index: int, paragraph: LabelledText, before: LabelledText | None) -> Part:
        if before and paragraph.is_lower and before.closing in ("", ","):
            return self.places[-1][1]  # the same sentence goes on
        if self._open[-1].is_unsure():
            return self._unsure(paragraph, self._open[-1])
        depth, floor = self._depth_of_text(index, before)
        if depth is None or (before and paragraph.is_lower and before.closing in (":", ";")):
            for part in self._open[floor:]:
                part.countable = False
            unsure = self._unsure(paragraph, self._open[floor])
            self._open.append(unsure)
            return unsure
        del self._open[depth + 1 :]
        return self._add_alinea(self._open[-1], paragraph)

    def _depth_of_text(self, index: int, before: LabelledText | None) -> tuple[int | None, int]:
        """Give the depth of the part that holds a text, None if unsure; then the surest depth."""
        floor = _held_open(self._open, self._paragraphs[index + 1 :])
        depth = len(self._open) - 1
        closing = before.closing if before else ""
        goes_on = self._list_goes_on(index)
        if goes_on is not None:
            return (depth if goes_on else None), floor
        if before and before.label and closing in (":", ""):
            return depth, floor
        while depth > floor:
            part = self._open[depth]
            if part.kind is Kind.BULLET:
                if closing not in (".", "!", "?", "…"):
                    return None, floor
            elif _is_sentence(part):
                if closing != ".":
                    return None, floor
            else:
                return (depth if self._divides(part, index) else None), floor
            depth -= 1
        return depth, floor

    def _list_goes_on(self, index: int) -> bool | None:
        """Whether a text after a tiret stands inside it: the next tiret ends no sentence before it.

        None when it does not, or when there is no such list; False if the next tiret is doubtful.
        """
        top = self._open[-1]
        for before, paragraph in pairwise(self._paragraphs[index:]):
            if top.kind is not Kind.BULLET or paragraph.label or before.closing == ":":
                return None
            if paragraph.bullet:
                return (
                    before.closing in (";", ",", "") if paragraph.bullet.sign == top.label else None
                )
        return None

    def _divides(self, part: Part, index: int) -> bool:
        """Whether the last item of a series holds the text after it: items divide all there is.

        Not where a sentence opens the series, for the text that ends the article may go on with
        it; unless each item before has as much text, or a title that governs what follows.
        """
        paragraph, *following = self._paragraphs[index : index + 2]
        if re.search(r"\bprésent article\b", paragraph.text):
            return False
        if part.opened_with not in (":", ";"):
            return True
        elder = part.elder()
        if any(f"{item.name})" in paragraph.text for item in elder):
            return False  # "les pièces prévues aux b) et c)": it speaks of the list from outside
        if part.is_titled and (paragraph.closing == ":" or any(not p.label for p in following)):
            return True
        enough = 2 if part.lower else 1
        return len(elder) >= enough and all(
            len(item.alineas()) > len(part.alineas()) for item in elder
        )

    # Parts

    def _item(self, paragraph: LabelledText, kind: Kind, parent: Part) -> Part:
        part = Part(kind, paragraph.start, paragraph.end, parent, lower=paragraph.is_lower)
        parent.children.append(part)
        return part

    def _unsure(self, paragraph: LabelledText, parent: Part) -> Part:
        return self._item(paragraph, Kind.UNSURE, parent)

    def _add_alinea(self, parent: Part, paragraph: LabelledText) -> Part:
        part = self._item(paragraph, Kind.ALINEA, parent)
        part.value = len(parent.alineas()) if parent.countable else 0
        return part

    def _opening(self) -> Part | None:
        """Give the alinéa of the innermost open part: it opens the list that begins."""
        alineas = self._open[-1].alineas()
        return alineas[-1] if alineas else None


def _continued(opened: Sequence[Part], label: Label) -> tuple[int, Reading] | None:
    """Find the open series that a label goes on with, the innermost; its punctuation should fit."""
    for same_mark in (True, False):
        for depth in range(len(opened) - 1, 0, -1):
            part = opened[depth]
            if part.kind is Kind.BULLET or (same_mark and part.mark != label.mark):
                continue
            for reading in label.readings:
                if (reading.kind, reading.value) == (part.label, part.value + 1):
                    return depth, reading
    return None


def _is_sentence(part: Part) -> bool:
    """Whether a list is one sentence: ":" opens it, ";" parts its items, "." ends it."""
    elder = part.elder()
    if elder:
        return all(i.closing in (";", ",") and len(i.alineas()) < 2 for i in elder)
    return part.lower and part.opened_with == ":"


def _held_open(opened: Sequence[Part], following: Sequence[LabelledText]) -> int:
    """Give the depth of the innermost open part that a later label shows to be open still.

    The label that goes on with its series comes after what is being placed, which therefore
    stands inside it. 0 for none: the whole.
    """
    series = [(part.label, part.mark, part.value) for part in opened]
    for paragraph in following:
        if paragraph.label is None:
            continue
        parts = [Part(Kind.LABELLED, 0, 0, label=k, mark=m, value=v) for k, m, v in series]
        found = _continued(parts, paragraph.label)
        if found:
            depth, reading = found
            if depth < len(opened):
                return depth
            del series[depth:]
        else:
            reading = next((r for r in paragraph.label.readings if r.value == 1), Reading("", 0))
        series.append((reading.kind, paragraph.label.mark, reading.value))
    return 0
