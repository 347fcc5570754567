"""Whether the text layer of a page can be used: what it looks like decides, not how much there is.

A layer is refused for what is wrong with it (`Flaw`). Another language is no flaw: Tesseract is
asked to read French, and would only spoil a good English or Arabic page.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from assistant.reading.french import bits_per_letter, french_share, neighbour_share


class Flaw(StrEnum):
    """What makes a text layer unusable, or worse than what a reader sees."""

    UNDEFINED_CODES = "undefined_codes"  # (cid:12), private use, replacement characters
    STRANGE_CODES = "strange_codes"  # letters exchanged: "DUWLFOH" for "article"
    GLUED_WORDS = "glued_words"  # no spaces at all
    WRONG_ACCENTS = "wrong_accents"  # "DONNmES", "rËglement", "rÃ¨glement"
    LOST_ACCENTS = "lost_accents"  # "reglement", everywhere

    @property
    def spares_words(self) -> bool:
        """Whether most words can still be found in the layer."""
        return self in (Flaw.WRONG_ACCENTS, Flaw.LOST_ACCENTS)


_UNDEFINED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\ufffe\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LEADERS = re.compile(r"([._…·*=~–—-])(?:\s?\1){2,}")  # dots of a form, rules
_ADDRESS = re.compile(r"\S+(?:@|://|www\.|%[0-9A-F]{2})\S*|www\.\S+")  # of the Web, or of mail
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_RUN = re.compile(r"[A-Za-z\u00c0-\u024f]+")

# A symbol between two letters that French never puts there (an apostrophe, a hyphen, a stop or a
# slash may stand there), or a capital after a small letter: "rËglement", "DONNmES", "Ã©".
_CASE_BREAK = re.compile(r"[^\W\d_A-ZÀ-ÞŠŒŽŸ][A-ZÀ-ÖØ-ÞŠŽŸ]")
_ODD_SYMBOL = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’‘‐‑–—\-./,:;()&@+*%°…«»\"“”|<>=·•?!#\u00ad\u200b-\u200f](?=[^\W\d_])"
)
_MOJIBAKE = re.compile(r"Ã[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\xa0«»°§]|√[©®†¢¥¶´]|‚Ä")
_FRENCH_ACCENTS = "éèêëàâùûüçîïôœ"

_FEW_LETTERS = 25  # below, letters after each other say nothing
_UNDEFINED_SHARE = 0.1  # of the characters; a bullet without a code begins many a line
_STRANGE_BITS = 4.9  # a line of French reaches it by chance, hardly a page …
_EXCHANGED_BITS = 5.3  # … and letters exchanged at random nearly always
_FRENCH_BITS = 4.2
_STRANGE_SHARE = 0.2  # of the letters of a page: a second font is enough to spoil it
_EXCHANGED_SHARE = 0.4
_COMMON_WORDS = 0.04  # share of common words below which a text is in no language we know
_FRENCH_WORDS = 0.12
_LETTERS_WITHOUT_SPACES = 80  # enough for the pairs alone to tell French
_GLUED = 22  # letters; "anticonstitutionnellement" has 25
_ODD_WORDS = 0.03  # one word in five carries an accent in French
_LETTERS_FOR_ACCENTS = 250
_FEWEST_ACCENTS = 0.003  # of the small letters; French has 3 %
_SHIFTS = tuple(shift for shift in range(-100, 101) if shift)
_SAMPLE = 800  # characters, enough to tell a shift


@lru_cache(maxsize=512)
def find_flaw(text: str) -> Flaw | None:
    """Say what makes the text of a page unusable, or None; a text without marks has no flaw.

    `text` has a line for each fragment, as the file draws them.
    """
    text = _ADDRESS.sub(" ", _LEADERS.sub(" ", text))
    visible = sum(not c.isspace() for c in text)
    undefined = _UNDEFINED.findall(text)
    if sum(map(len, undefined)) > _UNDEFINED_SHARE * visible:
        return Flaw.UNDEFINED_CODES
    if _is_other_script(text):
        return None
    if _has_strange_codes(text, visible):
        return Flaw.STRANGE_CODES
    if _has_glued_words(text):
        return Flaw.GLUED_WORDS
    return _accent_flaw(text)


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(map(str.isalpha, text))


def _is_other_script(text: str) -> bool:
    """Whether most letters are Arabic, Greek, Chinese…."""
    return 2 * sum(map(len, _LATIN_RUN.findall(text))) < letters(text)


def _has_strange_codes(text: str, visible: int) -> bool:
    signs = sum(c.isalnum() for c in text)
    if visible >= 4 and 2 * signs < visible:
        return True  # more symbols than letters and digits
    if letters(text) >= _FEW_LETTERS and bits_per_letter(text) < _FRENCH_BITS - 0.4:
        return False
    strange = "\n".join(line for line in text.splitlines() if _is_strange(line))
    if letters(strange) >= max(_FEW_LETTERS, _STRANGE_SHARE * letters(text)):
        most = letters(strange) > _EXCHANGED_SHARE * letters(text)
        exchanged = most and bits_per_letter(strange) > _EXCHANGED_BITS
        known = neighbour_share(strange) >= _COMMON_WORDS
        return _is_shifted(strange) or (exchanged and not known)
    return visible >= 2 * _FEW_LETTERS and neighbour_share(text) == 0 and _is_shifted(text)


def _is_strange(line: str) -> bool:
    return letters(line) >= 4 and bits_per_letter(line) > _STRANGE_BITS


def _is_shifted(text: str) -> bool:
    """Whether a constant added to every code makes French of a text that is not.

    Glyph numbers taken for characters: 29 less in many fonts, whose spaces are then lost.
    """
    sample = text[:_SAMPLE]
    now = bits_per_letter(sample) if letters(sample) >= _FEW_LETTERS else 99.0
    return any(
        letters(moved) >= _FEW_LETTERS
        and bits_per_letter(moved) < min(_FRENCH_BITS, now - 1.0)
        and (french_share(moved) >= _FRENCH_WORDS or letters(moved) >= _LETTERS_WITHOUT_SPACES)
        for moved in (_move(sample, shift) for shift in _SHIFTS)
    )


def _move(text: str, shift: int) -> str:
    return "".join(
        c if c == "\n" else chr(ord(c) + shift) if 32 <= ord(c) + shift < 0x250 else " "
        for c in text
    )


def _has_glued_words(text: str) -> bool:
    words = _LATIN_RUN.findall(text)
    glued = sum(len(word) for word in words if len(word) > _GLUED)
    return glued >= 2 * _FEW_LETTERS and 3 * glued > letters(text)


def _accent_flaw(text: str) -> Flaw | None:
    words = _WORD.findall(text)
    mojibake, symbols = len(_MOJIBAKE.findall(text)), len(_ODD_SYMBOL.findall(text))
    breaks = sum(bool(_CASE_BREAK.search(word)) for word in words if len(word) > 2)
    odd = breaks + symbols + mojibake
    if (odd >= 3 and odd > _ODD_WORDS * len(words)) or mojibake > 0.01 * len(words) + 1:
        return Flaw.WRONG_ACCENTS
    small = [c for c in unicodedata.normalize("NFC", text) if c.islower()]
    if len(small) < _LETTERS_FOR_ACCENTS or french_share(text) < _FRENCH_WORDS:
        return None
    accents = [c for c in small if ord(c) > 127]
    if len(accents) < _FEWEST_ACCENTS * len(small):
        return Flaw.LOST_ACCENTS
    return Flaw.WRONG_ACCENTS if _are_misplaced(accents) else None


def _are_misplaced(accents: Iterable[str]) -> bool:
    """Whether accented letters are not those of French, where é is two in three of them."""
    found = list(accents)
    french = sum(c in _FRENCH_ACCENTS for c in found)
    acute = found.count("é")
    return len(found) >= 10 and (french < 0.85 * len(found) or acute < 0.3 * len(found))
