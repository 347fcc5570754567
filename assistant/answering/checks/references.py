"""Whether the articles and instruments that a sentence names are those it cites.

A sentence may also name what its source names: "dans les conditions de l'article 23", where the
cited article says so.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.quantities import in_digits
from assistant.answering.checks.sources import Clause, Shown, Source
from assistant.reading.references import find_references
from assistant.records import CrossReference

_NUMBER = re.compile(r"(?<![\d/.-])\d{1,2}[-.–]\d{2}[-.–]\d{3}(?![\d/])")
_DATED = re.compile(
    r"\b(?:décret|arrêté|texte|règlement|réglementation|régime|version)s?\s+(?:\w+\s+)?"
    r"(?:de\s+(?:l[’']année\s+)?|du\s+\d{1,2}(?:er)?\s+[a-zéû]+\s+)((?:19|20)\d\d)\b",
    re.IGNORECASE,
)

Named = tuple[str | None, str]
"""An instrument and an article of it."""


def check_references(said: Clause, source: Source) -> Iterator[Finding]:
    """Find the articles and instruments that the source neither is nor names."""
    for reference in dict.fromkeys((*_other_articles(said, source), *_other_texts(said, source))):
        message = f"La référence « {reference} » n’est pas celle de la source citée."
        yield Finding(FindingKind.WRONG_REFERENCE, message, serious=True)


def _other_articles(said: Clause, source: Source) -> Iterator[str]:
    given = {named for shown in source.shown for named in _given(shown)}
    # read as from each passage in turn: "l'article 36" is of the instrument that is cited
    readings = [_references(said.text, shown) for shown in source.shown]
    for ways in zip(*readings, strict=False):
        article = ways[0].article
        if article and not any((way.instrument, way.article) in given for way in ways):
            is_annexe = article.startswith("annexe")
            yield article.replace("-", " ") if is_annexe else f"article {article}"


def _given(shown: Shown) -> set[Named]:
    named = {(r.instrument, r.article) for r in _references(shown.text, shown) if r.article}
    return {*named, (shown.instrument, shown.article)}


def _references(text: str, shown: Shown) -> Sequence[CrossReference]:
    """Read the references of a text; "l'article vingt-cinq" is one too."""
    where = {"instrument": shown.instrument, "article": shown.article}
    found = find_references(text, **where)
    return found if text[:1].isdigit() else (*found, *_in_words(text, found, where))


def _in_words(
    text: str, found: Sequence[CrossReference], where: dict[str, str]
) -> list[CrossReference]:
    """Give the references that only appear once numbers are written in digits."""
    known = {(reference.instrument, reference.article) for reference in found}
    again = find_references(in_digits(text), **where)
    return [r for r in again if (r.instrument, r.article) not in known]


def _other_texts(said: Clause, source: Source) -> Iterator[str]:
    """Give the instruments named by number, or by year, that the source does not name."""
    given = f"{source.text} {source.names} " + " ".join(s.instrument for s in source.shown)
    numbers = {_plain(number) for number in _NUMBER.findall(given)}
    for number in _NUMBER.findall(said.text):
        if _plain(number) not in numbers:
            yield _plain(number)
    for found in _DATED.finditer(said.text):
        if found[1] not in given:
            yield found[0]


def _plain(number: str) -> str:
    return re.sub(r"[.–]", "-", number)
