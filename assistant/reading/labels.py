"""What the label of a paragraph looks like: "I)", "2 –", "a)", "1°", "Premièrement", "–"."""

import re
from dataclasses import dataclass

_MARK = r"\s?(?P<mark>°\s?[)–—-]?|[)/]\s?[–—-]?|[–—-]|\.\s?[–—-]?)"
_LABEL = re.compile(
    rf"(?:(?P<number>\d{{1,2}})|(?P<letters>[IVX]{{1,5}}|[ivx]{{1,5}}|[A-Za-z])){_MARK}"
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\s?[.)–—-]?(?=\s)")
_WORD = re.compile(
    r"(?P<word>premi(?=[eè]r)|deuxi|troisi|quatri|cinqui|sixi|septi|huiti|neuvi|dixi)"
    r"[eè][rm]ement\b\s?[:,.–—-]*",
    re.IGNORECASE,
)
_WORDS = tuple("premi deuxi troisi quatri cinqui sixi septi huiti neuvi dixi".split())  # noqa: SIM905
_ITEM = re.compile(r"(?P<sign>[-–—]+|[•▪●■◦∙·*➢➤✓\uf0a7\uf0b7\uf0d8\uf076\uf0fc])\s?(?=\S)")
_INITIALS = re.compile(r"[A-Z]\.\s?[A-Z]\.|M\. ")  # "S.A.", "M. le ministre": no label
_TENS, _UNITS = ("", "x"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {
    numeral: value
    for value, numeral in enumerate(tens + units for tens in _TENS for units in _UNITS)
    if numeral
}
"""Small Roman numerals, up to 19: "c", "d", "l" and "m" are letters here."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: "i" is the first Roman number and the ninth letter."""

    kind: str  # "1", "I", "i", "A", "a": the first label of its kind
    value: int  # 1-based place in a series of that kind


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph is introduced by, without its punctuation."""

    name: str  # "2", "IV", "b"; a number for "Deuxièmement"
    mark: str  # its punctuation, ")", "-", "°"…: the same all along a series, if printed with care
    readings: tuple[Reading, ...]
    end: int  # where what follows the label begins


@dataclass(frozen=True, slots=True)
class Bullet:
    """A dash, or a sign that stands for one."""

    sign: str  # "-" for every dash
    end: int


def parse_label(text: str) -> Label | None:
    """Read the label at the start of `text`, if there is one."""
    if word := _WORD.match(text):
        value = _WORDS.index(word["word"].lower()) + 1
        return Label(str(value), "mot", (Reading("mot", value),), word.end())
    if decimal := _DECIMAL.match(text):  # "1.2": under which level it stands is not looked for
        return Label(decimal["number"], ".", (Reading("1.1", 0),), decimal.end())
    found = _LABEL.match(text)
    if not found or _INITIALS.match(text) or not _stands_apart(text, found):
        return None
    mark = re.sub(r"[–—]", "-", found["mark"].replace(" ", ""))
    name = found["number"] or found["letters"]
    readings = (Reading("1", int(name)),) if found["number"] else tuple(_letter_readings(name))
    return Label(name.lstrip("0") or name, mark[:1], readings, found.end()) if readings else None


def parse_bullet(text: str) -> Bullet | None:
    """Read the dash or the bullet at the start of `text`, if there is one."""
    found = _ITEM.match(text)
    if not found:
        return None
    return Bullet("-" if found["sign"][0] in "-–—" else found["sign"], found.end())


def roman_value(numeral: str) -> int | None:
    """Give the value of a Roman numeral up to 19, in either case; None for anything else."""
    return _ROMAN.get(numeral.lower())


def _stands_apart(text: str, found: re.Match[str]) -> bool:
    """Tell "1.Objet" and "A- Travaux" from "1.500 dirhams", "1.2 Bois" and "a-t-il"."""
    following = text[found.end() : found.end() + 1]
    if not following or following.isspace():
        return bool(text[found.end() :].strip())
    if found["mark"] == "." or ((found["letters"] or "A").islower() and found["mark"] in "-–—"):
        return following.isupper()
    return not following.isdigit()


def _letter_readings(letters: str) -> list[Reading]:
    upper = letters.isupper()
    readings = []
    if len(letters) == 1:
        readings.append(Reading("A" if upper else "a", ord(letters.lower()) - ord("a") + 1))
    if letters.lower() in _ROMAN:
        readings.append(Reading("I" if upper else "i", _ROMAN[letters.lower()]))
    return readings


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A paragraph of the text, and what introduces it."""

    text: str
    start: int
    end: int
    label: Label | None
    bullet: Bullet | None

    @property
    def closing(self) -> str:
        """Its last sign: "." or ";" or ":", "" for a letter."""
        last = self.text.rstrip(" \u00a0»”\"'")[-1:]
        return last if last in (".", ";", ":", ",", "!", "?", "…") else ""

    @property
    def is_lower(self) -> bool:
        """Whether it begins with a small letter, its label left out."""
        mark = self.label or self.bullet
        return self.text[mark.end if mark else 0 :].lstrip(' «“"')[:1].islower()

    @property
    def is_plain(self) -> bool:
        """Whether nothing introduces it."""
        return self.label is None and self.bullet is None


def split_labelled(text: str) -> list[LabelledText]:
    """Give the paragraphs of an article's text, which line feeds part."""
    return [
        LabelledText(piece, found.start(), found.end(), parse_label(piece), parse_bullet(piece))
        for found in re.finditer(r"[^\n]*\S[^\n]*", text)
        if (piece := found.group())
    ]
