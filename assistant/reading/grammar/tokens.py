"""Text → tokens: the words, numbers and signs that cross-references are made of.

Spelling is folded first: apostrophes, dashes, spaces and accents are told apart by typography
alone ("ci –dessus", "l’alinéa", "ARTICLE", "n º"). The accent of "à" is kept: "a) à d)".
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_SAME = {
    **dict.fromkeys(map(ord, "’‘ʼ´`′"), "'"),
    **dict.fromkeys(map(ord, "–—‐‑‒−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t\r"), " "),
    ord("“"): "«",
    ord("º"): "°",
    **dict.fromkeys(map(ord, "»”"), ")"),  # « b » is another way to write b)
}
_LETTERS = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0xC0, 0x250)
    if chr(code) not in "àÀ" and unicodedata.decomposition(chr(code))
}
_FOLDING = _SAME | _LETTERS | {ord("À"): "à"}
_INVISIBLE = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]")
_TOKEN = re.compile(
    r"""
      (?P<stop>[\n;:!?…])
    | (?P<where>ci\ ?-\ ?(?:dessus|dessous|apres|avant)\b)
    | (?P<sign>n\ ?°(?:\ ?s\b)?|nos?\b(?=\ *\d))
    | (?P<dotted>\d+(?:\ {0,2}[-.]\ {0,2}\d+)+)
    | (?P<ordinal>\d+(?:ers?|eres?|res?|emes?|es?|nde?s?)\b|1\ er\b)
    | (?P<integer>\d+)
    | (?P<word>avant\ ?-\ ?dernier|[^\W\d_]+'?)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Token(NamedTuple):
    """A piece of text."""

    kind: str  # stop, where, sign, dotted, ordinal, integer, word, mark; end after the last one
    text: str  # folded, its case kept: "I" is a label, "i" another
    word: str  # the same in lower case
    start: int  # 0-based, in the text as given
    end: int


Tokens = Sequence[Token]
"""Those of a whole text: the last ones are of the kind "end", so that one can look ahead."""

_LOOK_AHEAD = 4


def read_tokens(text: str) -> list[Token]:
    """Cut a text into tokens, closed by some of the kind "end"."""
    folded, places = _fold(text)
    tokens = [
        Token(
            found.lastgroup or "",
            found.group(),
            found.group().lower(),
            places[found.start()],
            places[found.end() - 1] + 1,
        )
        for found in _TOKEN.finditer(folded)
    ]
    return [*tokens, *[Token("end", "", "", len(text), len(text))] * _LOOK_AHEAD]


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Give the folded text, and where each of its characters stands in the text as given."""
    plain = text.translate(_FOLDING)
    if not _INVISIBLE.search(plain):
        return plain, range(len(plain))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(plain):
        if character == "\u0300" and characters and characters[-1] in "aA":
            characters[-1] = "à"
        elif not _INVISIBLE.match(character):
            characters.append(character)
            places.append(place)
    return "".join(characters), places
