"""Labels of the parts of an article: "a), b) et d)", "1 à 7", "I-A-2)", "premier et deuxième"."""

import re
from dataclasses import dataclass, replace

from assistant.reading.grammar.connectors import (
    SUFFIXES,
    counts_something,
    determiner,
    numbers_between,
    separator,
)
from assistant.reading.grammar.tokens import Token, Tokens

PLACE_WORDS = {
    **dict.fromkeys(("paragraphe", "paragraphes", "§"), "paragraphe"),
    **dict.fromkeys(("alinea", "alineas", "al"), "alinéa"),
    **dict.fromkeys(("tiret", "tirets"), "tiret"),
    **dict.fromkeys(("point", "points"), "point"),
}
ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        [
            "premier",
            "deuxieme",
            "troisieme",
            "quatrieme",
            "cinquieme",
            "sixieme",
            "septieme",
            "huitieme",
            "neuvieme",
            "dixieme",
            "onzieme",
            "douzieme",
            "treizieme",
            "quatorzieme",
            "quinzieme",
        ],
        start=1,
    )
    for word in (words, words + "s")
} | {
    **dict.fromkeys(("premiere", "premieres"), "1"),
    **dict.fromkeys(("second", "seconde"), "2"),
    **dict.fromkeys(("dernier", "derniers", "derniere"), "dernier"),
    **dict.fromkeys(("avant-dernier", "avant - dernier"), "avant-dernier"),
}
_KINDS = (  # outer to inner, as a decree nests them
    ("roman", re.compile(r"[IVX]+")),
    ("capital", re.compile(r"[A-Z]")),
    ("number", re.compile(r"\d{1,2}")),
    ("letter", re.compile(r"[a-z]|[ivx]{2,4}")),
)
_LONGEST_LIST = 20  # ordinals: a text made of them alone would be read again from each
LONGEST_LABEL = 5  # characters, "XVIII"; most tokens are longer words
_AFTER_LABEL = (
    *("et", "ou", "du", "de", "des", "d'", "à", "ainsi"),
    *("vise", "vises", "visee", "visees", "prevu", "prevus", "prevue", "prevues"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """One step of a path, with the printed label it belongs to ("I-A-2" is one, of three steps)."""

    text: str  # "2", "I", "b", "dernier"
    start: int  # 0-based, in the text
    end: int
    word: str | None = None  # "paragraphe", "alinéa"… as printed, if printed
    marked: bool = False  # closed by a parenthesis or a degree sign: surely a label

    @property
    def kind(self) -> tuple[str | None, str]:
        """What it can be in a list with: a path holds one label of each kind."""
        kinds = (name for name, form in _KINDS if form.fullmatch(self.text))
        return self.word, next(kinds, "number")

    @property
    def rank(self) -> int:
        """How deep its word stands: "paragraphe 1, alinéa 3" is one place, read inwards."""
        return ("paragraphe", "point", "alinéa", "tiret").index(self.word or "paragraphe")


Path = tuple[Label, ...]
"""From outer to inner, at least one label."""

Paths = list[Path]


def read_ordinals(tokens: Tokens, at: int) -> tuple[Paths, int] | None:
    """Read "premier et deuxième" where "alinéas" follows."""
    paths: Paths = []
    while len(paths) < _LONGEST_LIST and (text := _ordinal(tokens[at])) is not None:
        paths.append((Label(text, tokens[at].start, tokens[at].end),))
        if tokens[at + 1].word in PLACE_WORDS:
            return paths, at + 1
        after = separator(tokens, at + 1)
        if after is None:
            break
        at = determiner(tokens, after)
    return None


def _ordinal(token: Token) -> str | None:
    if token.kind == "ordinal":
        found = re.match(r"\d{1,2}(?!\d)", token.text)
        return found.group() if found else None
    return ORDINALS.get(token.word)


def read_labels(tokens: Tokens, at: int, *, worded: bool) -> tuple[Paths, int] | None:
    """Read "a), b) et d)", "1 à 7", "I-A-2)", "II) A) a), B) et C)"."""
    read = _read_path(tokens, at, worded=worded)
    if read is None:
        return None
    paths, end = [read[0]], read[1]
    while True:
        ranged = tokens[end].word in ("à", "a") and tokens[end].text != "a"
        after = end + 1 if ranged else separator(tokens, end)
        following = None if after is None else _read_path(tokens, after, worded=False)
        if following is None or (not worded and _is_loose(tokens, following)):
            break
        label, last = following[0][0], paths[-1]
        if ranged and len(last) == len(following[0]) == 1:
            between = numbers_between(last[0].text, label.text)
            paths += [(replace(last[0], text=text),) for text in between]
        paths.append(_beside(last, following[0]))
        end = following[1]
    return paths, end


def _is_loose(tokens: Tokens, read: tuple[Path, int]) -> bool:
    return not read[0][0].marked and not closes_label(tokens, read[1])


def _beside(previous: Path, path: Path) -> Path:
    """Give a label the path of the one before it: "II) A) a), B)" is II, A, a and II, B."""
    kinds = [label.kind[1] for label in previous]
    depth = kinds.index(path[0].kind[1]) if path[0].kind[1] in kinds else 0
    return (
        tuple(replace(label, start=path[0].start, end=path[0].end) for label in previous[:depth])
        + path
    )


def _read_path(tokens: Tokens, at: int, *, worded: bool) -> tuple[Path, int] | None:
    """Read one label, or several that make one: "I-A-2)", "II) A) 2)"."""
    read = _read_label(tokens, at, worded=worded)
    if read is None:
        return None
    labels, end = read
    while len(labels) < len(_KINDS):
        touches = (
            tokens[end - 1].end == tokens[end].start,
            tokens[end].end == tokens[end + 1].start,
        )
        joined = (tokens[end].text == "-" and any(touches)) or (
            tokens[end].text == "." and all(touches)
        )
        if not joined and not labels[-1].marked:
            break
        following = _read_label(tokens, end + joined, worded=False)
        if following is None or following[0][0].kind == labels[-1].kind:
            break
        if not joined and not following[0][0].marked:
            break
        labels, end = [*labels, *following[0]], following[1]
    start, stop = labels[0].start, labels[-1].end
    return tuple(replace(label, start=start, end=stop) for label in labels), end


def _read_label(tokens: Tokens, at: int, *, worded: bool) -> tuple[list[Label], int] | None:
    opened = tokens[at].text in ("(", "«")
    token = tokens[at + opened]
    texts = _label_texts(token, worded=worded)
    if not texts:
        return None
    end = at + opened + 1
    if tokens[end].word in SUFFIXES:
        texts[-1] += f" {tokens[end].word}"
        end += 1
    stop = tokens[end - 1].end
    degree = tokens[end].text == "°"
    closed = tokens[end + degree].text == ")"
    if opened and not closed:
        return None
    marked = degree or closed
    end += degree + closed
    is_word = token.kind == "word" and not marked and token.word not in ORDINALS
    if is_word and (token.text.islower() or not worded) and not closes_label(tokens, end):
        return None  # "l’alinéa a pour objet", "et A défaut"
    if token.kind == "integer" and counts_something(tokens, end):
        return None
    return [Label(text, token.start, stop, marked=marked) for text in texts], end


def _label_texts(token: Token, *, worded: bool) -> list[str]:
    """Give the labels of a token: none when it cannot be one, several for "1.2"."""
    if token.kind == "dotted":
        parts = re.findall(r"\d+", token.text)
        return parts if len(parts) < 4 and all(len(part) < 3 for part in parts) else []
    if token.kind == "ordinal" or token.word in ORDINALS:
        text = _ordinal(token) if worded else None
        return [text] if text else []
    if len(token.text) > LONGEST_LABEL:
        return []
    fits = any(form.fullmatch(token.text) for _, form in _KINDS)
    return [token.text] if fits else []


def closes_label(tokens: Tokens, at: int) -> bool:
    """Whether what follows can follow a label that nothing closes."""
    token = tokens[at]
    return token.kind in ("stop", "where", "mark", "end") or token.word in _AFTER_LABEL
