"""Mentions: what the words of a cross-reference say, before anything is resolved.

mention := [places] ("l’article" | "l’annexe n°") numbers [inner places] ["du" holder]
         | places ("du présent article" | "du même article" | "ci-dessus" | nothing)
         | holder
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.grammar.connectors import (
    SUFFIXES,
    Link,
    adjective,
    counts_something,
    is_determined,
    numbers_between,
    pass_of,
    separator,
)
from assistant.reading.grammar.holders import (
    KINDS,
    KNOWN,
    Holder,
    Number,
    read_holder,
    read_instrument,
)
from assistant.reading.grammar.labels import LONGEST_LABEL, ORDINALS, PLACE_WORDS, Paths
from assistant.reading.grammar.places import read_inner_places, read_places
from assistant.reading.grammar.tokens import Tokens

_ARTICLES = ("article", "articles", "art", "arts")
_ANNEXES = ("annexe", "annexes")
_POSSESSIVES = ("son", "ses", "leur", "leurs")
_OPENING = frozenset((*_ARTICLES, *_ANNEXES, *KINDS, *PLACE_WORDS, *ORDINALS, "present"))


@dataclass(frozen=True, slots=True)
class Mention:
    """One article or several, one place or several, one instrument, as the text names them."""

    first: int  # 0-based index of its first token
    last: int  # one past its last token
    paths: tuple[Paths, ...] = ()
    link: Link | None = None  # how it points at the article; None: an instrument alone
    articles: tuple[Number, ...] = ()
    inner: Paths | None = None  # places printed after the last article's number
    holder: Holder | None = None
    annexe: bool = False
    here: bool = False  # "ci-dessus": an article of this text
    possessive: bool = False  # "ses articles": of what was named before


def read_mentions(tokens: Tokens) -> Iterator[Mention]:
    """Read the mentions of a text, in order."""
    at = 0
    while tokens[at].kind != "end":
        read = _read_mention(tokens, at)
        if isinstance(read, Mention):
            yield read
            at = max(read.last, at + 1)
        else:
            at = max(read, at + 1)


def _read_mention(tokens: Tokens, at: int) -> Mention | int:
    """Read a mention, or give the token to go on from."""
    if len(tokens[at].word) > LONGEST_LABEL and tokens[at].word not in _OPENING:
        return at  # most words of a text
    if tokens[at].word in KINDS or (tokens[at].word == "present" and tokens[at + 1].word in KINDS):
        holder, end = read_instrument(tokens, at)
        return Mention(at, end, holder=holder)
    if (mention := _read_articles(tokens, at, at)) is not None:
        return mention
    places = read_places(tokens, at)
    if places is None:
        return at
    paths, end = places
    return _read_end(tokens, at, end, tuple(paths)) or end


def _read_end(tokens: Tokens, first: int, at: int, paths: tuple[Paths, ...]) -> Mention | None:
    """Read what places are places of; None when they are not places after all."""
    after = at + (tokens[at].kind == "mark" and tokens[at].text == ",")
    past = pass_of(tokens, after)
    if past > after:
        mention = _read_articles(tokens, first, past, paths)
        mention = mention or _read_unnumbered(tokens, first, past, paths)
        if mention is not None:
            return mention if _begins_place(tokens, first, paths) else None
    paths = paths[:1] if any(not _is_sure(group) for group in paths[1:]) else paths
    here = tokens[at].kind == "where"
    holder, _ = read_holder(tokens, at)
    if holder is not None and holder.link is not Link.OWN:
        return None  # "le paragraphe 2 de la circulaire": no article is named
    sure = here or all(map(_is_sure, paths))
    named = _has_word(paths) and tokens[first].text != "§"
    if named or (sure and is_determined(tokens, first)):
        return Mention(first, at + here, paths, Link.OWN, here=here)
    return None


def _begins_place(tokens: Tokens, first: int, paths: tuple[Paths, ...]) -> bool:
    """Whether labels are no mark of a list, as in "b) de l’article 5", nor a count of things."""
    if _has_word(paths) or is_determined(tokens, first):
        return True
    opens = first == 0 or tokens[first - 1].text == "\n"
    return all(map(_is_sure, paths)) and (not opens or sum(map(len, paths)) > 1)


def _has_word(paths: tuple[Paths, ...]) -> bool:
    """Whether a word says that they are places; "18 points" and "cf. § 4" are not."""
    words = {label.word for group in paths for path in group for label in path}
    return not words <= {None, "point"}


def _is_sure(group: Paths) -> bool:
    return any(label.word or label.marked for path in group for label in path)


def _read_unnumbered(
    tokens: Tokens, first: int, at: int, paths: tuple[Paths, ...]
) -> Mention | None:
    """Read "présent article", "même article", "article précité", "même annexe"."""
    link = adjective(tokens[at]) or adjective(tokens[at - 1])
    at += adjective(tokens[at]) is not None
    if tokens[at].word == "article" or tokens[at].word in _ANNEXES:
        if tokens[at + 1].word in ("precedent", "suivant"):
            link = Link.OTHER
        elif KNOWN.fullmatch(tokens[at + 1].word):
            link = Link.SAME
        annexe = tokens[at].word in _ANNEXES
        return Mention(first, at + 1, paths, link, annexe=annexe) if link else None
    if link is Link.OWN and tokens[at].word in ("paragraphe", "alinea", "point"):
        return Mention(first, at + 1, paths, link)
    return None


def _read_articles(
    tokens: Tokens, first: int, at: int, paths: tuple[Paths, ...] = ()
) -> Mention | None:
    """Read "article 12", "articles 45, 65 et 83", "annexe n° 2", and the instrument they are in."""
    at += adjective(tokens[at]) is Link.SAME or tokens[at].word in _POSSESSIVES
    possessive = at > 0 and tokens[at - 1].word in _POSSESSIVES
    annexe = tokens[at].word in _ANNEXES
    if not annexe and tokens[at].word not in _ARTICLES:
        return None
    several = tokens[at].word.endswith("s")
    at += 1 + (tokens[at + 1].text == ".")
    at += tokens[at].kind == "sign"
    numbers, end = _read_numbers(tokens, at, several=several, annexe=annexe)
    if not numbers:
        return None
    inner = read_inner_places(tokens, end)
    if inner is not None and _names_article(tokens, inner[1]):
        inner = None  # "l’article 5, paragraphe 2 de l’article 6"
    end = inner[1] if inner else end
    if tokens[separator(tokens, end) or end].word in ("ligne", "lignes"):
        return Mention(first, end, link=Link.OTHER)  # of a budget
    here = tokens[end].kind == "where"
    holder, end = read_holder(tokens, end + here)
    return Mention(
        first=first,
        last=end,
        paths=paths,
        link=Link.NUMBER,
        articles=tuple(numbers),
        inner=inner and inner[0],
        holder=holder,
        annexe=annexe,
        here=here,
        possessive=possessive,
    )


def _names_article(tokens: Tokens, at: int) -> bool:
    past = pass_of(tokens, at)
    past += adjective(tokens[past]) is not None
    return past > at and tokens[past].word in (*_ARTICLES, *_ANNEXES)


def _read_numbers(
    tokens: Tokens, at: int, *, several: bool, annexe: bool
) -> tuple[list[Number], int]:
    read = _read_number(tokens, at, annexe=annexe)
    numbers, end = ([], at) if read is None else ([read[0]], read[1])
    while numbers:
        ranged = several and tokens[end].word in ("à", "a", "au")
        after = end + 1 if ranged else separator(tokens, end)
        if after is None or (not several and tokens[end].text == ","):
            break
        after += tokens[after].kind == "sign"
        read = _read_number(tokens, after, annexe=annexe)
        if read is None or counts_something(tokens, read[1]) or tokens[read[1]].text == "°":
            break
        last = numbers[-1]
        if ranged:
            bounds = last.text.removeprefix("annexe-"), read[0].text.removeprefix("annexe-")
            prefix = "annexe-" * annexe
            between = numbers_between(*bounds)
            numbers += [Number(prefix + text, last.start, last.end) for text in between]
        numbers.append(read[0])
        end = read[1]
    return numbers, end


def _read_number(tokens: Tokens, at: int, *, annexe: bool) -> tuple[Number, int] | None:
    token, end = tokens[at], at + 1
    digits = re.match(r"\d{1,4}(?!\d)", token.text)
    if annexe and re.fullmatch(r"[IVX]+|[A-Z]", token.text) and tokens[end].kind != "word":
        return Number(f"annexe-{token.text}", token.start, token.end), end
    if token.word in ("premier", "premiere", "unique") or token.kind == "ordinal":
        text, stop = "1", token.end
    elif digits:
        text, stop = digits.group(), token.start + len(digits.group())
    else:
        return None
    if tokens[end].word in SUFFIXES:
        text, stop, end = f"{text} {tokens[end].word}", tokens[end].end, end + 1
    return Number(f"annexe-{text}" if annexe else text, token.start, stop), end
