"""What of a question another word takes the place of: "travaux" and "fournitures"."""

import re
from dataclasses import dataclass, replace

from assistant.answering.follow_ups.determiners import (
    BEFORE,
    Determiner,
    Kind,
    read_determiner,
    write_determiner,
)
from assistant.answering.follow_ups.plain import content, flat

_CLASSES = (
    (  # ways of choosing, and what comes of them
        r"appels? d'offres(?: (?:ouverts?(?: simplifies?)?|restreints?|simplifies?"
        r"|avec preselection|au rabais|[aà] majoration|internationa(?:l|ux)|nationa(?:l|ux)))?",
        r"ao[or]?\b(?: (?:ouverts?(?: simplifies?)?|restreints?|simplifies?))?",
        r"concours(?: architectura(?:l|ux)| d'architecture)?",
        r"consultations? architecturales?(?: (?:ouverte|simplifiee|negociee)s?)?",
        r"procedures? negociees?",
        r"marches? negocies?",
        r"dialogues? competitifs?",
        r"bons? de commande",
        r"encheres? electroniques?(?: inversees?)?",
        r"marches?[ -]cadres?",
        r"marches? reconductibles?",
        r"marches? allotis?",
        r"marches? [aà] tranches conditionnelles",
        r"marches? de conception[ -]realisation",
    ),
    (r"travaux", r"fournitures?", r"services", r"etudes"),
    (
        r"etat\b",
        r"collectivites? territoriales?",
        r"communes?",
        r"etablissements? publics?",
        r"regions?",
    ),
    (
        r"pme\b",
        r"tpe\b",
        r"tpme\b",
        r"petites et moyennes entreprises",
        r"cooperatives?",
        r"auto-?entrepreneurs?",
        r"entreprises? innovantes?",
    ),
    (r"attributaires?", r"titulaires?", r"sous-traitants?"),
    (r"cautionnements? (?:provisoires?|definitifs?)", r"retenues? de garantie"),
    (r"commissions? d'appels? d'offres", r"jurys?(?: d[eu] concours)?"),
)
_SIBLINGS = tuple(
    re.compile(rf"\b{BEFORE}\b(?P<term>{'|'.join(terms)})", re.IGNORECASE) for terms in _CLASSES
)
_FIRST_WORD = re.compile(r"(?:pour|dans|avec|sans|sous|sur|par|chez)\b")
_COMMISSION = re.compile(r"commissions? d'\Z")

_CONTRASTS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"anormalement basses?|excessives?",
        r"ouverts?(?: simplifies?)?|restreints?",
        r"provisoires?|definiti(?:f|ve)s?",
        r"techniques?|financi(?:er|ere)s?|administrati(?:f|ve)s?|additifs?",
        r"minimum|maximum",
        r"minima(?:l|le|ux)s?|maxima(?:l|le|ux)s?",
        r"conjoints?|solidaires?",
        r"nationa(?:l|le|ux|les)|internationa(?:l|le|ux|les)|etrang(?:er|ere)s?",
    )
)
_PRONOUN = re.compile(
    r"(?P<verb>\b\w+-(?:t-)?)(?:il|elle)\b(?P<been>(?:\s+être|\s+été)?\s+)(?P<part>\w*ée?)?\b"
)


@dataclass(frozen=True, slots=True)
class _Term:
    """A noun of a class, with what stands before it."""

    start: int
    end: int
    determiner: Determiner
    text: str  # flat


def put_in_place(said: str, before: str) -> str | None:
    """Put what a follow-up names in the place of its like in the question before.

    None where the follow-up says more than that, or the question has none, or several, of its kind.
    """
    return _put_sibling(said, before) or _put_contrast(said, before) or _put_last(said, before)


def _put_sibling(said: str, before: str) -> str | None:
    for pattern in _SIBLINGS:
        said_terms, before_terms = _terms(pattern, said), _terms(pattern, before)
        if len(said_terms) != 1 or len(before_terms) != 1:
            continue
        new, old = said_terms[0], before_terms[0]
        rest = flat(f"{said[: new.start]} {said[new.end :]}")
        if [w for w in content(rest) if not w.startswith("marche")] or new.text == old.text:
            continue
        return _write(said, new, before, old)
    return None


def _terms(pattern: re.Pattern[str], text: str) -> list[_Term]:
    plain = flat(text)
    return [
        _Term(f.start(), f.end(), read_determiner(f["det"]), f["term"])
        for f in pattern.finditer(plain)
        if not _COMMISSION.search(plain, 0, f.start("term"))
    ]


def _write(said: str, new: _Term, before: str, old: _Term) -> str | None:
    wanted = _determiner(new, old)
    determiner = write_determiner(wanted, new.text)
    if determiner is None:
        return None
    kind = wanted.kind
    term = said[new.end - len(new.text) : new.end]
    after = before[old.end :]
    if not old.determiner.preposition and kind is not Kind.NONE:
        agreed = _agree(after, old.determiner.gender, wanted.gender)
        if agreed is None:
            return None
        after = agreed
    written = f"{before[: old.start]}{determiner}{term}{after}"
    return written[:1].upper() + written[1:]


def _determiner(new: _Term, old: _Term) -> Determiner:
    """Give what stands before the new noun: its own article after the old preposition."""
    is_same_noun = new.text.split()[0] == old.text.split()[0]  # "un AO ouvert", "AO restreint"
    if new.determiner.kind is Kind.NONE and is_same_noun:
        return old.determiner
    kind = new.determiner.kind if old.determiner.kind is not Kind.NONE else Kind.NONE
    if kind is Kind.NONE and old.determiner.kind is not Kind.NONE:
        return replace(old.determiner, gender="")  # "et travaux": its gender is not told
    return replace(new.determiner, preposition=old.determiner.preposition, kind=kind)


def _agree(after: str, old: str, new: str) -> str | None:
    """Make "est-il restitué" agree with a subject of another gender; None where it cannot be."""
    found = _PRONOUN.search(after)
    if not found or old == new or not {old, new} <= {"m", "f"}:
        return None if found and old != new and "p" in (old, new) else after
    pronoun, part = ("elle", "e") if new == "f" else ("il", "")
    participle = f"{found['part'].rstrip('e')}{part}" if found["part"] else ""
    agreed = f"{found['verb']}{pronoun}{found['been']}{participle}"
    return f"{after[: found.start()]}{agreed}{after[found.end() :]}"


def _put_contrast(said: str, before: str) -> str | None:
    """Put "restreint" in the place of "ouvert", where all else that is said stands before too."""
    plain_said, plain_before = flat(said), flat(before)
    for pattern in _CONTRASTS:
        new, old = list(pattern.finditer(plain_said)), list(pattern.finditer(plain_before))
        if len(new) != 1 or len(old) != 1 or _root(new[0][0]) == _root(old[0][0]):
            continue
        others = content(f"{plain_said[: new[0].start()]} {plain_said[new[0].end() :]}")
        if set(others) <= set(content(plain_before)):
            term = said[new[0].start() : new[0].end()]
            return f"{before[: old[0].start()]}{term}{before[old[0].end() :]}"
    return None


def _put_last(said: str, before: str) -> str | None:
    """Put "pour l’entretien d’un bâtiment" in the place of "pour un bâtiment neuf", at the end."""
    first = _FIRST_WORD.match(flat(said))
    start = flat(before).rfind(f" {first[0]} ") if first else -1
    if start < 0 or not set(content(flat(said))) & set(content(flat(before[start:]))):
        return None
    return f"{before[:start]}, {said}"


def _root(word: str) -> str:
    return word[:5]
