"""Paragraphs that only say where the rule is: "les dispositions de l’article 47 s’appliquent"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.article_paragraphs import Span, read_article
from assistant.reading.references import find_references
from assistant.records import CrossReference
from assistant.searching.results import Hit

_LONGEST = 350  # characters: more than that says something itself
_MOSTLY = 0.5  # of what is quoted
_ITEM = re.compile(r"(?:[-–—•▪]|[a-z]{1,4}\s?[)°.])\s*")
_RESERVE = re.compile(r"(?:\w{1,4}\s?[-–)°.]\s*)?Sous réserve [^,]*,\s*")  # points at an exception
_NEXT_SENTENCE = re.compile(r"[.;]\s+\S")
_CONDITIONS = r"(?:les\s+)?(?:mêmes\s+)?(?:conditions|formes|modalités)"
_APPLIES = re.compile(
    r"\bs[’'](?:appliquent|applique)\b|\b(?:sont|est)\s+(?:également\s+)?applicables?\b"
    r"|\b(?:sont|est)\s+(?:les mêmes que\s+)?(?:celles?|ceux|celui)\b"
    r"|\b(?:s[’']effectue(?:nt)?|se\s+(?:déroule(?:nt)?|tient|tiennent)|il\s+est\s+procédé"
    r"|(?:sont|est)\s+\w+ée?s?(?:\s+et\s+\w+ée?s?)?|doivent\s+être\s+\w+ée?s?)\b[^.;]*"
    rf"\b(?:conformément\s+aux|(?:dans|selon|sous)\s+{_CONDITIONS})\b",
    re.IGNORECASE,
)


def pointers_in(hit: Hit, spans: Iterable[Span]) -> list[CrossReference]:
    """Give the references, in what is quoted of an article, that stand for the rule itself.

    None where it says more of its own than where to look.
    """
    article, instrument = hit.article, hit.document.instrument.number
    quoted = list(spans)
    pointing = list(_pointing(article.text, quoted))
    if _length(pointing) < _MOSTLY * _length(quoted):
        return []
    references = find_references(article.text, instrument=instrument, article=article.number)
    return [
        reference
        for reference in references
        if reference.article not in (None, article.number)
        and any(start <= reference.start < end for start, end in pointing)
    ]


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _pointing(text: str, quoted: Sequence[Span]) -> Iterator[Span]:
    paragraphs = read_article(text)
    for (start, end), said in zip(paragraphs.spans, paragraphs.texts, strict=True):
        if any(low <= start < high for low, high in quoted) and only_points(said):
            reserve = _RESERVE.match(said)
            yield start + (reserve.end() if reserve else 0), end


def only_points(paragraph: str) -> bool:
    """Whether a paragraph says no more than where to look: in one sentence, and no list's item."""
    is_short = len(paragraph) <= _LONGEST and not _NEXT_SENTENCE.search(paragraph.rstrip(" .;"))
    announces = _ITEM.match(paragraph) or paragraph.endswith(":")
    return is_short and not announces and _APPLIES.search(paragraph) is not None
