"""Whether a sentence allows what its source requires, or requires what it allows.

In a decree the indicative requires: "le maître d'ouvrage publie" is "doit publier". So a sentence
may turn an indicative into an obligation, never into a faculty.
"""

import re
from collections.abc import Iterator

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.negations import read_denials
from assistant.answering.checks.sources import Clause, Source

_ALLOWS = re.compile(
    r"(?:peut|peuvent|pourra|pourront|pouvant|puisse|puissent|faculte|faculta\w*|possib\w*|permis\w*"
    r"|permet\w*|autoris\w*|libre\w*|liberte|loisible|susceptible\w*|admise?s?|droit)$"
)
_REQUIRES = re.compile(
    r"(?:doit|doivent|devra|devront|devant|tenue?s?|oblig\w*|faut|impos\w*|exig\w*|astrein\w*"
    r"|necessair\w*|requi\w*|contrain\w*|obligatoire\w*)$"
)
_SAYS_MAY = re.compile(
    r"(?:peut|peuvent|pourra|pourront|faculte|facultati\w*|possible|permise?s?|libre|loisible)$"
)
_SAYS_MUST = re.compile(
    r"(?:doit|doivent|devra|devront|tenue?s?|obligatoire\w*|oblige\w*|obligation|faut|impose)$"
)
_LITTLE = re.compile(r"(?:etre|avoir|aussi|egalement|toujours|alors|en|y|se|s|l|le|la|les|de|d|a)$")
_REACH = 50  # words before a verb where what governs it stands


def check_obligations(said: Clause, source: Source) -> Iterator[Finding]:
    """Compare what a sentence allows and requires with the clauses closest to it."""
    near = source.closest(said)
    if not near or near[0].is_headless:
        return
    may, must = _say(said, _SAYS_MAY), _say(said, _SAYS_MUST)
    if may and not must and _is_required(_verb(said, may[0]), near):
        message = "Cette phrase présente comme une faculté ce que la source citée impose."
        yield Finding(FindingKind.OBLIGATION, message, serious=True)
    if must and not may and _is_allowed(_verb(said, must[0]), near):
        message = "Cette phrase présente comme une obligation ce que la source citée permet."
        yield Finding(FindingKind.OBLIGATION, message, serious=True)


def _say(clause: Clause, pattern: re.Pattern[str]) -> list[int]:
    """Give the places of the words of a kind that are not denied."""
    return [p for p in _have(clause, pattern) if not _is_denied(clause, p)]


def _is_denied(clause: Clause, place: int) -> bool:
    return bool({"ne", "n"} & set(clause.words[max(0, place - 3) : place]))


def _have(clause: Clause, pattern: re.Pattern[str]) -> list[int]:
    around = zip(("", *clause.words), clause.words, (*clause.words[1:], ""), strict=False)
    return [
        place
        for place, (before, word, after) in enumerate(around)
        if pattern.match(word)
        and (before, word) != ("compte", "tenu")
        and (word != "libre" or after in ("de", "d"))  # "l'accès est libre"
    ]


def _is_required(verb: str | None, near: list[Clause]) -> bool:
    """Whether the closest clause requires or forbids this verb, or nothing nearby allows."""
    closest = near[0]
    governed = _governor(closest, verb, _ALLOWS)
    if governed in ("may", "must"):
        return governed == "must"
    if _forbids(closest) or (_say(closest, _SAYS_MUST) and not _say(closest, _SAYS_MAY)):
        return True
    return not any(_have(clause, _ALLOWS) for clause in (near[:1] if governed else near))


def _is_allowed(verb: str | None, near: list[Clause]) -> bool:
    """Whether the closest clause allows this verb, or forbids, or only allows."""
    closest = near[0]
    governed = _governor(closest, verb, _SAYS_MAY)
    if governed in ("may", "must"):
        return governed == "may"
    if _forbids(closest):
        return True
    return bool(_say(closest, _SAYS_MAY)) and not _have(closest, _REQUIRES)


def _forbids(clause: Clause) -> bool:
    """Whether all it has of "peut" and "doit" is denied: "ne doivent subir aucune modification"."""
    modals = [*_have(clause, _SAYS_MAY), *_have(clause, _SAYS_MUST)]
    denials = {denial.place for denial in read_denials(clause)}
    return bool(modals) and all({p - 1, p - 2} & denials for p in modals)


def _verb(clause: Clause, place: int) -> str | None:
    """Give the stem of the verb that the word at `place` governs."""
    for word, stem in list(zip(clause.words, clause.stems, strict=True))[place + 1 : place + 7]:
        if stem is not None and not _LITTLE.match(word):
            return stem
    return None


def _governor(clause: Clause, verb: str | None, allows: re.Pattern[str]) -> str:
    """Say how a clause governs a verb: "may", "must", "plain"; "" when it has not that verb."""
    if verb is None or verb not in clause.stems:
        return ""
    place = clause.stems.index(verb)
    may = [p for p in _have(clause, allows) if place - _REACH <= p < place]
    must = [p for p in _have(clause, _REQUIRES) if place - _REACH <= p < place]
    if not may and not must:
        return "plain"
    return "may" if max(may, default=-1) > max(must, default=-1) else "must"
