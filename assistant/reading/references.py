"""Cross-references of an article: which instrument, which article, which place in it, and where.

They are read in the text each time they are asked for (a whole decree takes some tenths of a
second, an article some milliseconds), so they are stored nowhere and never out of date.

tokens → mentions (what the words say) → references (what they point at, in the light of the
mentions around: "du même décret", "de cet article", "articles 5 et 7 de la loi n° 69-00").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from assistant.reading.grammar.connectors import Link
from assistant.reading.grammar.holders import Holder
from assistant.reading.grammar.labels import Label, Path
from assistant.reading.grammar.mentions import Mention, read_mentions
from assistant.reading.grammar.tokens import Tokens, read_tokens
from assistant.reading.numbering import paragraph_at
from assistant.records import CrossReference

_JOINING = (
    *("et", "ou", ",", "ainsi", "que", "à", "au", "aux", "de", "du", "des"),
    *("la", "le", "les", "l'", "celles", "ceux"),
)
_COUNTED = ("alinéa", "tiret")  # words that are kept before a number: they bear no label in print
_THIS_PARAGRAPH = re.compile(r"\W*(?:alinéas?)?\s*du\s+présent\s+paragraphe\b")
_DIVISIONS = ("chapitre", "section", "titre", "livre")

Target = tuple[str | None, str]
"""An instrument, and an article of it."""


def find_references(text: str, *, instrument: str, article: str) -> tuple[CrossReference, ...]:
    """Find the cross-references in the text of `article` of `instrument`, ordered by start.

    A pure function of its arguments; empty when the text refers to nothing.
    """
    tokens = read_tokens(text)
    mentions = list(read_mentions(tokens))
    holders = _resolve_holders(tokens, mentions, instrument)
    found = (_from_here(text, one) for one in _resolve(mentions, holders, (instrument, article)))
    return tuple(sorted(dict.fromkeys(found), key=lambda reference: reference.start))


def _resolve(
    mentions: Sequence[Mention], holders: Sequence[str | None], own: tuple[str, str]
) -> Iterator[CrossReference]:
    """Give the references of each mention, in order: "cet article" is the last one named."""
    last: Target = own
    last_annexe: Target = own
    for mention, holder in zip(mentions, holders, strict=True):
        if mention.link is Link.NUMBER:
            yield from _references_to_articles(mention, holder)
            if mention.annexe:
                last_annexe = (holder, mention.articles[-1].text)
            else:
                last = (holder, mention.articles[-1].text)
        elif mention.link is Link.OWN:
            last = own
            yield from _references_to_places(mention, own)
        elif mention.link is Link.SAME:
            yield from _references_to_places(mention, last_annexe if mention.annexe else last)
        yield from _references_to_instruments(mention, own[0])


def _references_to_articles(mention: Mention, holder: str | None) -> Iterator[CrossReference]:
    """Give one for each place of each article.

    The article's number is what is shown; where it would be for several places, their labels are.
    """
    before: list[Path] = [path for group in mention.paths for path in group] or [()]
    for number in mention.articles:
        paths = before
        if mention.inner and number is mention.articles[-1]:
            paths = [out + inner for out, inner in product(mention.inner, before)]
        for path in paths:
            start, end = _printed(path) if len(paths) > 1 else (number.start, number.end)
            yield CrossReference(start, end, holder, number.text, _written(path))


def _from_here(text: str, reference: CrossReference) -> CrossReference:
    """Complete "premier alinéa du présent paragraphe" by the paragraph in which it stands."""
    if not _THIS_PARAGRAPH.match(text, reference.end):
        return reference
    here = (paragraph_at(text, reference.start) or "").partition(", alinéa")[0]
    if not here.startswith("paragraphe"):
        return reference
    return replace(reference, paragraph=f"{here}, {reference.paragraph}")


def _references_to_places(mention: Mention, target: Target) -> Iterator[CrossReference]:
    for path in (path for group in mention.paths for path in group):
        yield CrossReference(*_printed(path), *target, _written(path))


def _references_to_instruments(mention: Mention, own: str) -> Iterator[CrossReference]:
    """Give those named for themselves: not for an article of theirs, nor in this text’s title."""
    numbers = mention.holder.numbers if mention.holder else ()
    for number in numbers[1:] if mention.articles else numbers:
        if number.text != own:
            yield CrossReference(number.start, number.end, number.text, None, None)


def _printed(path: Path) -> tuple[int, int]:
    """Where the label stands that is printed first."""
    first = min(path, key=lambda label: label.start)
    return first.start, first.end


def _written(path: Path) -> str | None:
    """Write a place as a citation does: "paragraphe I, A, 2", "paragraphe 1, alinéa 3"."""
    return ", ".join(_step(label, depth) for depth, label in enumerate(path)) or None


def _step(label: Label, depth: int) -> str:
    if label.word in _COUNTED and (label.text.isdigit() or label.text == "dernier"):
        return f"{label.word} {label.text}"
    return label.text if depth else f"paragraphe {label.text}"


def _resolve_holders(tokens: Tokens, mentions: Sequence[Mention], own: str) -> list[str | None]:
    """Give the number of the instrument of each mention; None when it cannot be told."""
    named: dict[str, str] = {}  # kind of instrument → number of the last one named
    holders: list[str | None] = []
    for mention in mentions:
        holder = mention.holder
        if holder is None:
            holders.append(_possessor(tokens, mentions, mention, own))
            continue
        holders.append(_resolve_holder(holder, named, own))
        if holders[-1] is not None and holder.link is not Link.SAME:
            named[holder.kind] = holders[-1]
    for index in range(len(mentions) - 2, -1, -1):
        if _shares_holder(tokens, mentions[index], mentions[index + 1]):
            holders[index] = holders[index + 1]
    return holders


def _resolve_holder(holder: Holder, named: dict[str, str], own: str) -> str | None:
    match holder.link:
        case Link.NUMBER:
            return holder.numbers[0].text
        case Link.OWN:
            return own
        case Link.SAME:
            return named.get(holder.kind)
        case _:
            return None


def _shares_holder(tokens: Tokens, mention: Mention, following: Mention) -> bool:
    """Whether "l’article 42 et les articles 45 à 48 de la loi" names the law for both."""
    between = tokens[mention.last : following.first]
    return (
        bool(mention.articles and following.articles)
        and mention.holder is None
        and not (mention.here or mention.possessive or following.here)
        and all(token.word in _JOINING for token in between)
    )


def _possessor(
    tokens: Tokens, mentions: Sequence[Mention], mention: Mention, own: str
) -> str | None:
    """Tell whose article it is when no instrument follows: this text’s, or "la loi …, son article".

    The instrument that promulgates or amends ("par le dahir") is not the one that has the article.
    """
    if not mention.possessive:
        return own
    start = _sentence_start(tokens, mention.first)
    for before in reversed([m for m in mentions if start <= m.first < mention.first]):
        by = {token.word for token in tokens[max(before.first - 2, 0) : before.first]}
        if before.holder and before.holder.numbers and "par" not in by:
            return before.holder.numbers[0].text
    in_division = any(token.word in _DIVISIONS for token in tokens[start : mention.first])
    return own if in_division else None


def _sentence_start(tokens: Tokens, at: int) -> int:
    while at > 0 and tokens[at - 1].text not in ("\n", ";", "."):
        at -= 1
    return at
