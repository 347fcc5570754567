"""An article asked for by its number: the question goes straight to it, with no ranking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import alpha2digit

from assistant.reading.references import find_references
from assistant.records import CrossReference

_HERE = "ici"  # stands for the text that governs, when the question names no other
_ORDINAL = re.compile(r"\b(premier|\d{1,3})\s?(?:er|e|è?[mr]e|ième)?\s+article\b", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"\b(art(?:icle|\.)?\s+(?:n\s?[°º]\s?)?)([a-zà-ÿ]+(?:[ -][a-zà-ÿ]+){0,4})", re.I
)
_OTHER_WORDS = re.compile(
    r"\b(?:المادة|الماده|المادّة|section|article\s+num(?:éro|ero|ber)?)\s*", re.I
)
_OF_THE_DECREE = re.compile(
    r"[\s,]*(?:d[ue]|dans|selon)\s+(?:l[ea]s?|l['’]|cet?|ce)?\s*"
    r"(?:(?:nouveau|ancien|présent|même)\s+)?(?:décret|texte|réglementation|réforme|20\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ArticleAsked:
    """The one article that a question names."""

    number: str  # "36", "1", "4 bis"
    paragraph: str | None = None  # "paragraphe 2, b", when the question names one place in it


def article_asked(question: str, *, among: Sequence[str] = ()) -> ArticleAsked | None:
    """Read the article that a question names; None when it names none, or several.

    An article of another text than those of `among` (their numbers) is not ours: "l’article 5 de
    la loi n° 69-00".
    """
    text = _in_figures(question)
    named = [r for r in find_references(text, instrument=_HERE, article="") if r.article]
    if len({r.article for r in named}) != 1 or not all(_is_ours(r, text, among) for r in named):
        return None
    places = [r.paragraph for r in named if r.paragraph]
    return ArticleAsked(str(named[0].article), ", ".join(_inner(places)) or None)


def _in_figures(question: str) -> str:
    """Write "article vingt-quatre", "24e article" and "المادة 24" as "article 24"."""
    text = _OTHER_WORDS.sub("article ", question)
    text = _ORDINAL.sub(lambda found: f"article {found[1]}", text)
    return _IN_WORDS.sub(lambda found: found[1] + _figure(found[2]), text)


def _figure(words: str) -> str:
    return re.sub(r"^premi[eè]re?\b", "premier", alpha2digit(words, "fr"), flags=re.IGNORECASE)


def _is_ours(reference: CrossReference, text: str, among: Sequence[str]) -> bool:
    if reference.instrument is None:  # of something without a number: a code, "le décret de 2023"
        return _OF_THE_DECREE.match(text, reference.end) is not None
    return reference.instrument == _HERE or reference.instrument in among


def _inner(places: Sequence[str]) -> list[str]:
    """Join "paragraphe 2" and "paragraphe b", as "article 36, paragraphe 2, b)" is read."""
    return [place.removeprefix("paragraphe ") if i else place for i, place in enumerate(places)]
