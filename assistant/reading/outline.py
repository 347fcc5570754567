"""The parts of an article: labelled paragraphs, alinéas and tirets, one inside the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Use(Enum):
    """When a level of a place is written."""

    ALWAYS = "always"
    OPTIONAL = "optional"  # the place is as clear without it, unless another has the same
    NEVER = "never"  # the only alinéa of an item is the item


Step = tuple[str, Use]
"""One level of a place: "b", "alinéa 3"."""


class Kind(Enum):
    """What a part is."""

    WHOLE = "whole"  # the article
    LABELLED = "labelled"
    BULLET = "bullet"  # a tiret
    ALINEA = "alinéa"
    UNSURE = "unsure"  # stands somewhere inside its parent, nobody can tell where


@dataclass(slots=True, eq=False)
class Part:
    """A part of an article, being read: it grows with each paragraph that is found to be in it."""

    kind: Kind
    start: int  # 0-based, in the article's text
    end: int
    parent: "Part | None" = None
    name: str = ""  # "2", "b"; of an alinéa or a tiret, its number
    label: str = ""  # kind of its label, "1", "a", "I"; of a tiret, its sign
    mark: str = ""
    value: int = 0
    opened_by: "Part | None" = None  # the alinéa whose sentence opens the list it is an item of
    closing: str = ""  # the last printed sign inside it
    lower: bool = False  # whether its text begins with a small letter
    opened_with: str = ""  # the last sign before the list it is an item of
    is_titled: bool = False  # its label announces a title, which is no alinéa
    is_stray: bool = False  # its series began where none could
    countable: bool = True  # False once nobody can tell how many alinéas it has
    children: list["Part"] = field(default_factory=list)

    def alineas(self) -> list["Part"]:
        """Give its own alinéas, in order."""
        return [child for child in self.children if child.kind is Kind.ALINEA]

    def elder(self) -> list["Part"]:
        """Give the items that stand before it in its list."""
        siblings = self.parent.children if self.parent else []
        return [
            other
            for other in siblings[: siblings.index(self)]
            if (other.kind, other.label, other.opened_by) == (self.kind, self.label, self.opened_by)
        ]

    def grow(self, end: int, closing: str) -> None:
        """Extend it, and all it stands in, to the end of a paragraph."""
        part: Part | None = self
        while part:
            part.end, part.closing = end, closing
            if part.opened_by and not part.name:
                part.opened_by.end = end  # tirets are part of the alinéa that opens their list
            part = part.parent

    def walk(self) -> Iterator["Part"]:
        """Give it and all its parts, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def is_unsure(self) -> bool:
        """Whether it, or something it stands in, has no certain place."""
        return self.kind is Kind.UNSURE or (self.parent is not None and self.parent.is_unsure())

    def steps(self) -> tuple[Step, ...] | None:
        """Give its place from outer to inner; None where its label is out of order."""
        if self.parent is None:
            return ()
        above = self.parent.steps()
        if above is None or self.kind is Kind.UNSURE:
            return None if self.label else above
        if self.parent.is_unsure():
            return above
        if self.kind is Kind.ALINEA:
            return self._alinea_steps(self.parent, above)
        return (*above, *self._list_steps(), (self._item_name(), Use.ALWAYS))

    def _alinea_steps(self, parent: "Part", above: tuple[Step, ...]) -> tuple[Step, ...]:
        if not self.value:
            return above
        only = parent.kind is not Kind.WHOLE and len(parent.alineas()) == 1
        return (*above, (f"alinéa {self.value}", Use.NEVER if only else Use.ALWAYS))

    def _list_steps(self) -> tuple[Step, ...]:
        """Name the alinéa that opens its list, where the parent has other lists of that kind.

        In a whole article, tirets always go with their alinéa.
        """
        if self.opened_by is None or self.parent is None or not self.opened_by.value:
            return ()
        alike = [
            child
            for child in self.parent.children
            if child.kind is self.kind and (child.label == self.label or self.kind is Kind.BULLET)
        ]
        alone = all(child.opened_by is self.opened_by for child in alike)
        bare = self.kind is Kind.LABELLED or self.parent.kind is not Kind.WHOLE
        use = Use.OPTIONAL if alone and bare else Use.ALWAYS
        return ((f"alinéa {self.opened_by.value}", use),)

    def _item_name(self) -> str:
        return f"tiret {self.value}" if self.kind is Kind.BULLET else self.name


def write_place(steps: Sequence[Step]) -> str | None:
    """Write "paragraphe 2, b"; None for no step."""
    names = [name for name, use in steps if use is Use.ALWAYS]
    if not names:
        return None
    place = ", ".join(names)
    return place if names[0].startswith(("alinéa ", "tiret ")) else f"paragraphe {place}"
