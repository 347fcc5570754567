"""Holders: the instruments that a text names, and those whose articles it names.

holder := "présent décret" | "même décret" | "loi … n° 69-00" | "loi précitée" | "code de commerce"
"""

import re
from dataclasses import dataclass

from assistant.reading.grammar.connectors import Link, adjective, pass_of, separator
from assistant.reading.grammar.tokens import Tokens

KINDS = {
    kind + plural: kind
    for kind in ("loi", "decret", "dahir", "arrete", "circulaire", "decision")
    for plural in ("", "s")
}
_DIVISIONS = ("chapitre", "section", "titre", "livre", "partie", "sous")
_OTHERS = (  # texts that have no number here, or are no law: their articles are not ours
    *("code", "constitution", "cgi", "traite", "accord", "directive", "charte", "protocole"),
    *("cahier", "cahiers", "ccag", "ccagt", "cctg", "cctp", "cps", "cpc", "reglement", "rc"),
    *("marche", "contrat", "convention", "statut", "statuts", "bordereau"),
)
_NUMBERED = (  # other things that have a number
    *("article", "articles", "art", "annexe", "annexes", "paragraphe", "alinea", "lot", "prix"),
    *("marche", "marches", "offres", "officiel", "avis", "bon", "compte", "registre"),
)
KNOWN = re.compile(r"precitee?s?|susvisee?s?|susmentionnee?s?|susindiquee?s?|susditee?s?|susdits?")
_LONGEST_NAME = 40  # tokens between "arrêté" and its number


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an article, of an annexe or of an instrument, and where it stands."""

    text: str  # "163", "4 bis", "annexe-2", "69-00"
    start: int  # 0-based, in the text
    end: int


@dataclass(frozen=True, slots=True)
class Holder:
    """The instrument a mention names, or that holds the articles it names."""

    link: Link
    kind: str  # "loi", "decret"…; empty for a chapter or another document
    numbers: tuple[Number, ...] = ()


def read_holder(tokens: Tokens, at: int) -> tuple[Holder | None, int]:
    """Read "du présent décret", "de la loi n° 69-00", "du code de commerce" after an article."""
    known = at + (KNOWN.fullmatch(tokens[at].word) is not None)
    comma = tokens[known].text == ","
    start = pass_of(tokens, known + comma)
    if start == known + comma:
        return None, at
    noun = start + (adjective(tokens[start]) is not None)
    noun += KNOWN.fullmatch(tokens[noun].word) is not None
    if tokens[noun].word in KINDS:
        return read_instrument(tokens, start)
    document = None if comma else _document(tokens, start, noun)
    return (None, at) if document is None else document


def _document(tokens: Tokens, start: int, noun: int) -> tuple[Holder, int] | None:
    """Read what is no instrument: "présent marché", "code de commerce", "chapitre II"."""
    if adjective(tokens[start]) is Link.OWN:
        return Holder(Link.OWN, ""), noun + 1
    if tokens[noun].word in _DIVISIONS:
        whole = pass_of(tokens, noun + 2)  # "du chapitre II de la loi n° 69-00"
        if whole > noun + 2 and tokens[whole].word in KINDS:
            return read_instrument(tokens, whole)
        return Holder(Link.OWN, ""), noun + 1
    return (Holder(Link.OTHER, ""), noun + 1) if tokens[noun].word in _OTHERS else None


def read_instrument(tokens: Tokens, at: int) -> tuple[Holder, int]:
    """Read "présent décret", "loi organique susvisée n° 111-14", from its first word on."""
    link = adjective(tokens[at]) or (at and adjective(tokens[at - 1])) or None
    known = False
    while tokens[at].word not in KINDS:
        known |= KNOWN.fullmatch(tokens[at].word) is not None
        at += 1
    kind, end = KINDS[tokens[at].word], at + 1
    if link is not None and tokens[end].kind != "sign":
        return Holder(link, kind), end
    numbers, past = _find_numbers(tokens, end, kind)
    if numbers:
        return Holder(Link.NUMBER, kind, tuple(numbers)), past
    names = tokens[end : end + 3]
    if known or any(KNOWN.fullmatch(token.word) for token in names) or _is_dated(names):
        return Holder(Link.SAME, kind), end
    return Holder(Link.OTHER, kind), end


def _is_dated(tokens: Tokens) -> bool:
    """Whether "du 20 mars 2013" follows, instead of a number."""
    return len(tokens) > 1 and tokens[0].word == "du" and tokens[1].text.isdigit()


def _find_numbers(tokens: Tokens, at: int, kind: str) -> tuple[list[Number], int]:
    """Find the number of an instrument whose first word was read: it may stand after its name."""
    direct = at
    while KNOWN.fullmatch(tokens[direct].word) or tokens[direct].word in ("organique", "royal"):
        direct += 1
    for index in range(at, min(at + _LONGEST_NAME, len(tokens))):
        token = tokens[index]
        if token.kind == "dotted" and (
            tokens[index - 1].kind == "sign" or (index == direct and token.text.count("-") > 0)
        ):
            return _read_number_list(tokens, index)
        if _ends_name(tokens, index, kind):
            break
    return [], at


def _ends_name(tokens: Tokens, index: int, kind: str) -> bool:
    token = tokens[index]
    if token.word in KINDS:
        return tokens[index - 1].word not in ("portant", "-")
    return (
        token.kind in ("stop", "where")
        or token.text in (".", "(", ")", "«")
        or (token.text == "," and kind not in ("arrete", "decision", "circulaire"))
        or token.word in _NUMBERED
    )


def _read_number_list(tokens: Tokens, at: int) -> tuple[list[Number], int]:
    numbers: list[Number] = []
    end = at
    while tokens[at].kind == "dotted" and re.fullmatch(r"\d+(?:\D+\d+){1,3}", tokens[at].text):
        token, end = tokens[at], at + 1
        numbers.append(Number("-".join(re.findall(r"\d+", token.text)), token.start, token.end))
        after = separator(tokens, end)
        if after is None:
            break
        at = after + (tokens[after].kind == "sign")
    return numbers, end
