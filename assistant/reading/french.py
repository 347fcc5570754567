"""What French looks like, in few numbers: which letters follow each other, which words come often.

The letter pairs were counted in the texts of the specimen (`documents/specimen/*.txt`, 22 597
letters and gaps), accents and case left aside, half a count added to each pair. A real decree, a
règlement or a CCTP stands between 2.9 and 3.7 bits a letter, English between 4.0 and 4.4, Polish at
5.5, letters exchanged at random above 5.3 and mostly above 6 (measured on ../shared/data).
"""

import re
import unicodedata
from collections.abc import Set

_ALPHABET = " abcdefghijklmnopqrstuvwxyz"
_ROWS = (  # half-bits in base 36: row = the first letter, column = the second, " " = a gap
    "q6d757dffcbq6aba7ba8acdqqjq"
    "5hc8endei7nn9b6nae7957andkn"
    "a7hhh6hhh8ah4hh6hh8hc5hhhhh"
    "e9lfl5ll57ll9ll4lg8i98lllil"
    "68lll2lhl7lllfl9lldll7lllll"
    "3dkagbgeleipaa7pbi9579epcpp"
    "78iii94ii5iiiii7ii5fiaiiiii"
    "d5ggg4ggg8gg9g69gg9g77ggggg"
    "h2hhh3hhhbhhhha7hhhhhahhhhh"
    "7gb9b7bcncnn8a76dc867kbnanh"
    "fafff6fffffffff2fffff5fffff"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "45mmm3mmm7mm9mmammmjcbmmmmm"
    "c5ckk5kkk7kkk5k77kkak6kkkkk"
    "49n896dcnannnnbbndi64eennkg"
    "hmdcch9fm7mme63jej8aa5emmfm"
    "g5lll6llhbll6ll69l4ha9lllll"
    "8hhhhhhhhhhhhhhhhhhhh0hhhhh"
    "58iid3ned8nnndcakia88ffnnnk"
    "2cnen6jnn8nnnnn8dcn979nnnnn"
    "38nnn6nni5nnnnnbnn69bbnnnnn"
    "6bbeh7emm8mmae6mff487mam9mh"
    "d5hhh4hhh3hhhhh8hh9hh8hhhhh"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "2ah9h4hhh9hhhhhhbhhhchhhhhh"
    "4cc8c4ccccccc8ccccccccccccc"
    "bbbbb2bbbbbbbbbbbbbbbbbbbbb"
)
_BITS = {
    first + second: int(_ROWS[27 * row + column], 36) / 2
    for row, first in enumerate(_ALPHABET)
    for column, second in enumerate(_ALPHABET)
}

_FRENCH_WORDS = """
de la le les des du et en au aux un une par pour dans sur est sont qui que ou ne pas ce cette ces
son sa ses leur leurs il ils avec sans doit peut avant lors dont
"""
_OTHER_WORDS = """
the and for with this that are not you from which any los las del con una por der die das und ist
den von mit van het een voor dat niet che per non dos nie jest oraz
"""  # English, Spanish, German, Dutch, Italian, Portuguese, Polish
_FRENCH = frozenset(_FRENCH_WORDS.split())
_LONGER = frozenset(word for word in [*_FRENCH, *_OTHER_WORDS.split()] if len(word) > 2)
_WORD = re.compile(r"[^\W\d_]{2,}")


def bits_per_letter(text: str) -> float:
    """How surprising the letters of a text are after each other, in bits; 0.0 without letters."""
    letters = _fold(text)
    pairs = map(str.__add__, letters, letters[1:])
    return sum(map(_BITS.__getitem__, pairs)) / max(1, len(letters) - 1)


def french_share(text: str) -> float:
    """Share of the words of two letters or more that are among the commonest French ones."""
    return _share(text, _FRENCH)


def neighbour_share(text: str) -> float:
    """Give the same for words of three letters or more, of French and of seven languages beside it.

    Of two letters, one exchanged word in ten is another word of some language.
    """
    return _share(text, _LONGER)


def _share(text: str, common: Set[str]) -> float:
    words = _WORD.findall(text.lower())
    return sum(word in common for word in words) / max(1, len(words))


def _fold(text: str) -> str:
    """Lower case without accents, everything that is no letter of the alphabet made one gap."""
    spelt = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "replace").decode()
    return re.sub(r"[^a-z]+", " ", plain.replace("?", ""))
