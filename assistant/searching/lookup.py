"""An article asked for by its number: the question goes straight to it, with no ranking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import alpha2digit

from assistant.reading.references import find_references
from assistant.records import CrossReference

_HERE = "ici"  # stands for the text that governs, when the question names no other
_ORDINAL = re.compile(
    r"(?<![-./\d])\b(premier|\d{1,3}(?=\s?(?:er|e|[eè]me|i[eè]me)\s))(?:\s?(?:er|e|[eè]me|i[eè]me))?"
    r"\s+article\b(?!\s+(?:n\s?[°º]\s*)?\d)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\b(art(?:icle|\.)?\s+(?:n\s?[°º]\s?)?)([a-zà-ÿ]+(?:[ -][a-zà-ÿ]+){0,4})", re.I
)
_OTHER_WORDS = re.compile(r"\b(?:المادة|الماده|المادّة|article\s+num(?:éro|ero|ber)?)\s*", re.I)
_OTHER_TEXT = re.compile(
    r"\b(?:loi|dahir|code|arrêté|circulaire|constitution|ccag|cpc|cps|règlement|convention)\b"
    r"(?!.*\bdécret\b)",
    re.IGNORECASE,
)
"""What names another text before "article 12": "Code de commerce, article 12"."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
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


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """The articles that a text has."""

    instrument_name: str
    first: str
    last: str


def article_asked(question: str, *, among: Sequence[str] = ()) -> ArticleAsked | None:
    """Read the article that a question names; None when it names none, or several.

    An article of another text than those of `among` (their numbers) is not ours: "l’article 5 de
    la loi n° 69-00".
    """
    text = _in_figures(question)
    named = _articles_named(text)
    if len({r.article for r in named}) != 1 or not all(_is_ours(r, text, among) for r in named):
        return None
    places = [r.paragraph for r in named if r.paragraph]
    number = str(named[0].article).lstrip("0")
    return ArticleAsked(number, ", ".join(_inner(places)) or None) if number else None


def names_another_text(question: str, *, among: Sequence[str] = ()) -> bool:
    """Whether the articles that a question names are all of texts that are not `among` ours."""
    text = _in_figures(question)
    named = _articles_named(text)
    return bool(named) and not any(_is_ours(reference, text, among) for reference in named)


def _articles_named(text: str) -> list[CrossReference]:
    return [r for r in find_references(text, instrument=_HERE, article="") if r.article]


def _in_figures(question: str) -> str:
    """Write "article vingt-quatre", "24e article" and "المادة 24" as "article 24"."""
    text = _OTHER_WORDS.sub("article ", question.translate(_DIGITS))
    text = _ORDINAL.sub(lambda found: f"article {found[1]}", text)
    return _IN_WORDS.sub(lambda found: found[1] + _figure(found[2]), text)


def _figure(words: str) -> str:
    return re.sub(r"^premi[eè]re?\b", "premier", alpha2digit(words, "fr"), flags=re.IGNORECASE)


def _is_ours(reference: CrossReference, text: str, among: Sequence[str]) -> bool:
    if reference.instrument is None:  # of something without a number: a code, "le décret de 2023"
        return _OF_THE_DECREE.match(text, reference.end) is not None
    if reference.instrument == _HERE:
        return _OTHER_TEXT.search(text, 0, reference.start) is None
    return reference.instrument in among


def _inner(places: Sequence[str]) -> list[str]:
    """Join "paragraphe 2" and "paragraphe b", as "article 36, paragraphe 2, b)" is read."""
    return [place.removeprefix("paragraphe ") if i else place for i, place in enumerate(places)]
