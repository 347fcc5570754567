"""Several texts in one file, as in an issue of the Bulletin officiel: where each one begins.

Their articles have the same numbers. Each is then named with its text, "2 (dahir n° 1-83-229)",
and none is taken for an article of another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reading.headings import parse_article
from assistant.reading.identity import TITLE
from assistant.reading.paragraphs import Paragraph
from assistant.records import Article, is_of_several_texts

_SIGNATURE = re.compile(r"\b(?:Fait|Donné)\s+à\s+[A-ZÉ][\w’' -]{2,30},?\s+le\b")
_PROMULGATES = re.compile(
    r"promulgation\s+de\s+(la\s+loi(?:\s+organique)?)\s+n\s?[°º]\s*([\d-]*\d)", re.IGNORECASE
)
_BETWEEN = 12  # paragraphs from a signature to the next title: countersignatures, "Louange à Dieu"
_LONGEST_TITLE = 700  # characters


@dataclass(frozen=True, slots=True)
class TextPart:
    """One text of a file."""

    name: str  # "dahir n° 1-83-229"; "" when it is the only one of its file
    paragraphs: Sequence[Paragraph]

    def label(self, number: str) -> str:
        """Give the number that an article of this text has in its file."""
        return f"{number} ({self.name})" if self.name else number


def holds_several_texts(articles: Sequence[Article]) -> bool:
    """Whether the articles of a file were named with the texts they are of."""
    return any(is_of_several_texts(article.number) for article in articles)


def split_texts(paragraphs: Sequence[Paragraph]) -> list[TextPart]:
    """Part the texts of a file, each with a title and articles; most files hold one.

    A text ends with its signature, and the title of the next one follows soon: a title alone is
    often a mention, and after a signature most often stand the annexes.
    """
    starts = [0]
    signed = False
    for index, paragraph in enumerate(paragraphs):
        if signed and _is_title(paragraph) and _has_article(paragraphs[index:]):
            starts.append(index)
            signed = False
        near = paragraphs[max(starts[-1], index - _BETWEEN) : index + 1]
        signed = any(_SIGNATURE.search(p.text) for p in near) and _has_article(
            paragraphs[starts[-1] : index]
        )
    parts = [paragraphs[start:end] for start, end in pairwise([*starts, len(paragraphs)])]
    if len(parts) == 1:
        return [TextPart("", paragraphs)]
    return [TextPart(name, part) for name, part in zip(_names(parts), parts, strict=True)]


def _is_title(paragraph: Paragraph) -> bool:
    return TITLE.match(paragraph.text) is not None and len(paragraph.text) <= _LONGEST_TITLE


def _has_article(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a first article is among them."""
    headings = (parse_article(paragraph.text) for paragraph in paragraphs)
    return any(heading is not None and heading.number == "1" for heading in headings)


def _names(parts: Sequence[Sequence[Paragraph]]) -> list[str]:
    """Name each text by the number of its title; of those without one, by their order."""
    names: list[str] = []
    for position, part in enumerate(parts, start=1):
        name = next(filter(None, (_name(paragraph.text) for paragraph in part)), "")
        names.append(name if name and name not in names else f"texte {position} du fichier")
    return names


def _name(text: str) -> str:
    """Name a text from its title: of a law, by the law and the dahir that promulgates it."""
    found = TITLE.search(text[:_LONGEST_TITLE])
    if not found or found.start() > 3:  # a mark or two of bad recognition may stand before it
        return ""
    number = re.sub(r"\s*[-–.]\s*", "-", found["number"])
    name = f"{found['kind'].lower()} n° {number}"
    law = _PROMULGATES.search(text)
    return f"{name}, {law[1].removeprefix('la ').lower()} n° {law[2]}" if law else name
