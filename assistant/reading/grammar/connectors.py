"""The small words between the parts of a cross-reference: "et", "au", "du même", "à"."""

from enum import StrEnum

from assistant.reading.grammar.tokens import Token, Tokens

SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies")
_LARGEST_RANGE = 300  # numbers; a longer range is a mistake, and only its bounds are kept
_DETERMINERS = (
    *("au", "aux", "du", "des", "de", "a", "à", "la", "le", "les", "l'"),
    *("celui", "celle", "ceux", "celles"),
)
_UNITS = (
    *("jour", "jours", "mois", "an", "ans", "annee", "annees", "heure", "heures", "h"),
    *("dirhams", "dh", "%", "millions"),
)


class Link(StrEnum):
    """How a mention points at an instrument or at an article."""

    NUMBER = "number"
    OWN = "own"  # "présent"
    SAME = "same"  # "même", "précité": one named before
    OTHER = "other"  # known to be another one, without saying which


_ADJECTIVES = dict.fromkeys(
    ("present", "presente", "presents", "presentes"), Link.OWN
) | dict.fromkeys(
    (
        *("meme", "memes", "ce", "cet", "cette", "ces", "dit", "dite", "dits", "dites"),
        *("ledit", "ladite", "lesdits", "lesdites", "dudit", "desdits", "desdites"),
    ),
    Link.SAME,
)


def separator(tokens: Tokens, at: int) -> int | None:
    """Pass "," or "et" or "ou" or ", et"; None when there is none."""
    after = at + (tokens[at].text == ",")
    if tokens[after].word in ("et", "ou"):
        after += 1
        if tokens[after].text == "/" and tokens[after + 1].word == "ou":
            after += 2
    elif tokens[after].word == "ainsi" and tokens[after + 1].word == "que":
        after += 2
    return after if after > at else None


def determiner(tokens: Tokens, at: int) -> int:
    """Pass "au", "à l’", "celles du"…, if any."""
    while tokens[at].word in _DETERMINERS and tokens[at].text != "A":
        at += 1
    return at


def pass_of(tokens: Tokens, at: int) -> int:
    """Pass "du", "de l’", "de la", "des", "dudit"."""
    if tokens[at].word in ("dudit", "desdits"):
        return at + 1
    if tokens[at].word not in ("du", "de", "des"):
        return at
    return at + 1 + (tokens[at + 1].word in ("la", "l'"))


def adjective(token: Token) -> Link | None:
    """Tell what "présent", "même", "ledit", "cet" point at; None for another word."""
    return _ADJECTIVES.get(token.word)


def is_determined(tokens: Tokens, first: int) -> bool:
    """Whether an article stands before a token: "au 2 du I" is a place, "lot 2" is not."""
    return first > 0 and tokens[first - 1].word in ("au", "aux", "du", "le", "les", "des")


def counts_something(tokens: Tokens, after: int) -> bool:
    """Whether what follows a number makes it an amount: "15 jours"."""
    return tokens[after].word in _UNITS


def numbers_between(first: str, last: str) -> list[str]:
    """Give what stands between the bounds of a range of numbers or letters, bounds left out."""
    if first.isdigit() and last.isdigit():
        between = range(int(first) + 1, int(last))
        return [str(number) for number in between] if len(between) <= _LARGEST_RANGE else []
    if len(first) == len(last) == 1 and first.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []
