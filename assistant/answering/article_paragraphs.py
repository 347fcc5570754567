"""The paragraphs of an article, each with those it is read under: its list's opening, its title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.article_parts import read_parts
from assistant.reading.outline import Kind, Part

Span = tuple[int, int]
"""Start and end in an article's text."""

_TIRET = re.compile(r"[-–—•▪]")
_MARK = re.compile(r"(?:[-–—•▪]|\w{1,4}\s?[-–)°.])\s*")
_ANAPHORA = re.compile(
    r"(?:Dans (?:ce|ces|cette|tous les) cas|Dans l(?:a|e|es) mêmes?\b|Toutefois|Cependant"
    r"|A cet effet|À cet effet|En outre"
    r"|De même|Il en est de même|Ces?\b|Cet(?:te)?\b|Celles?-ci|Celui-ci|Elles?\b|Ledit|Lesdits"
    r"|Ladite|Ils?\b(?! (?:est|peut|ne peut|en)\b))",
)
_LONGEST_TITLE = 80  # characters
_LIMITS_ARTICLE = re.compile(
    r"(?:\w{1,4}\s?[-–)°.]\s*)?(?:Les dispositions d|L)[eu]s? présent(?:es dispositions| article)"
    r"\s+ne s[’']applique(?:nt)? pas\b"
)
_EXCEPTION = re.compile(r"(?:Toutefois|Cependant|Néanmoins|Par dérogation)\b")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of an article in their order, named by their position from 0."""

    spans: tuple[Span, ...]  # in the article's text, the line feed that ends each left out
    texts: tuple[str, ...]
    above: tuple[tuple[int, ...], ...]  # of each, the paragraphs it stands under, nearest first
    titles: frozenset[int] = frozenset()  # "I) Appel d’offres ouvert :", which opens no list

    def length(self, chosen: Iterable[int]) -> int:
        """Count the characters of paragraphs."""
        return sum(len(self.texts[index]) for index in chosen)

    def opens(self, index: int) -> bool:
        """Whether it announces what follows: "… comprend :"."""
        return self.texts[index].endswith(":")

    def openings(self, index: int) -> list[int]:
        """Give the sentences that open the lists it is an item of, the nearest first."""
        above = (a for a in self.above[index] if a not in self.titles)
        return [index for index in above if self.opens(index)]

    def items(self, opening: int) -> list[int]:
        """Give what an opening announces, or the next paragraph: it never stands alone."""
        under = [i for i in range(opening + 1, len(self.texts)) if opening in self.above[i]]
        return under or [index for index in (opening + 1,) if index < len(self.texts)]

    def listed(self, opening: int) -> list[int]:
        """Give of the items those with a mark, if any has one: what ends a list is none of them."""
        items = self.items(opening)
        return [index for index in items if _MARK.match(self.texts[index])] or items

    def is_bare(self, index: int) -> bool:
        """Whether it only names what stands under it: "I) Travaux"."""
        text = self.texts[index]
        names = len(text) <= _LONGEST_TITLE and not text.endswith((".", ";", ":", ","))
        return index in self.titles or (names and any(index in above for above in self.above))

    def refers_back(self, index: int) -> bool:
        """Whether it speaks of the paragraph before it: "Toutefois, ce délai…"."""
        text = self.texts[index]
        return index > 0 and bool(_ANAPHORA.match(text) or _ANAPHORA.match(_MARK.sub("", text, 1)))

    def limits_article(self, index: int) -> bool:
        """Whether it says where the article does not apply."""
        return bool(_LIMITS_ARTICLE.match(self.texts[index]))

    def is_exception(self, index: int) -> bool:
        """Whether there is such a paragraph, and it makes an exception to the one before it."""
        text = self.texts[index] if 0 < index < len(self.texts) else ""
        return bool(_EXCEPTION.match(_MARK.sub("", text, 1)) or _EXCEPTION.match(text))


@lru_cache(maxsize=256)  # a comparison and a refusal ask for the same articles again
def read_article(text: str) -> Paragraphs:
    """Tell the paragraphs of an article's text apart; none for an empty one."""
    _, placed = read_parts(text)
    spans = tuple(span for span, _ in placed)
    texts = tuple(text[slice(*span)] for span in spans)
    positions = {start: index for index, (start, _) in enumerate(spans)}
    above: list[tuple[int, ...]] = []
    for index, (_, part) in enumerate(placed):
        held = {positions[s] for s in _starts_above(part) if s in positions}
        opening = _opening_of_tiret(texts, index)
        if opening is not None:
            held |= {opening, *above[opening]}
        above.append(tuple(sorted((i for i in held if i < index), reverse=True)))
    titles = (i for i, (span, part) in enumerate(placed) if _is_title(span, part))
    return Paragraphs(spans, texts, tuple(above), frozenset(titles))


def _is_title(span: Span, part: Part) -> bool:
    return part.is_titled and part.start == span[0]


def _starts_above(part: Part) -> Iterable[int]:
    """Give where the parts begin that hold one, and the sentences that open their lists."""
    inner: Part | None = part
    while inner:
        if inner.opened_by:
            yield inner.opened_by.start
        if inner.kind is Kind.LABELLED:
            yield inner.start
        inner = inner.parent


def _opening_of_tiret(texts: tuple[str, ...], index: int) -> int | None:
    """Go back over tirets to what opens their list, which the outline may not be sure of."""
    while index and _TIRET.match(texts[index]):
        index -= 1
        if texts[index].endswith(":"):
            return index
    return None
