"""Whether a sentence denies what its source affirms, or affirms what it denies.

Not every "ne" denies: "ne … que" restricts, "à moins qu'il ne" is no more than style, and "ne peut
être inférieur à" is a limit, which has a check of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer_records import Finding, FindingKind
from assistant.answering.checks.sources import Clause, Source

_PARTICLES = frozenset(("ne", "n"))
_DENYING = frozenset(("pas", "plus", "jamais", "aucun", "aucune", "ni", "nul", "nulle", "rien"))
_DENYING_BEFORE = frozenset(("aucun", "aucune", "ni", "nul", "nulle", "personne", "rien"))
_BARE_VERBS = re.compile(r"(?:peu|pou|pui|sau|sach|du$|pu$|doi|doiv|dev)")
"""After these "ne" denies alone: "ne peut", "ne saurait", "n'a pu"."""

_LIMIT = re.compile(r"(?:depass|exced|inferieur|superieur)")
_DENYING_WORDS = re.compile(r"(?:sans|aucune?|non|ni|nulle?ment|sauf|excepte\w*|hormis|jamais)$")
_DENYING_ALONE = re.compile(
    r"(?:interdi\w*|impossibl\w*|irrecevabl\w*|exclu\w*|inutil\w*|prohib\w*|defend\w*"
    r"|incompatibl\w*|inacceptabl\w*|dispens\w*)$"
)
"""What they deny may stand before them: "la sous-traitance du lot principal est interdite"."""

_HINTS = re.compile(
    r"(?:absence|defaut|faute|exception|hors|ecart\w*|elimin\w*|rejet\w*|refus\w*|evinc\w*"
    r"|eviction|seule?s?|uniquement|reserv\w*|insuffisan\w*|secret|huis|confidentiel\w*|vice"
    r"|deroge\w*|derogation|outre|anormale\w*|infructueu\w*|annul\w*|cesse\w*|fin)$"
)
"""What a denial can say in other words: "n'est pas retenu" is "est écarté"."""

_MODALS = re.compile(
    r"(?:p[eo]u[vtr]\w*|doi\w*|dev\w*|tenue?s?|oblig\w*|etre|avoir|ete|ont|a|est|sont|soit|encore"
    r"|cas|en|y|se|s)$"
)
"""Words that do not tell what is denied: "n'est pas encore tenu de le notifier"."""

_KEYS = 4  # words after a denial that tell what is denied …
_NEAREST = 2  # … and those of them that tell it best
_REACH = 9  # words after a denial that it can bear on
_LOOK_AHEAD = 7  # words between "ne" and "pas"
_NOTHING = ("prejudice", "delai", "reserve")  # "sans préjudice de" denies nothing


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in a clause."""

    place: int  # 0-based, of its first word
    keys: tuple[str, ...]  # stems of the words that tell what is denied


def check_negations(said: Clause, source: Source) -> Iterator[Finding]:
    """Compare a sentence with the clauses closest to it."""
    near = source.closest(said)
    if not near or any(clause.is_headless for clause in near):
        return
    if any(_is_added(denial, said, near) for denial in read_denials(said)):
        message = "Cette phrase nie ce que la source citée affirme."
        yield Finding(FindingKind.NEGATION, message, serious=True)
    elif any(_is_dropped(denial, said, near[0]) for denial in read_denials(near[0])):
        message = "Cette phrase affirme ce que la source citée nie."
        yield Finding(FindingKind.NEGATION, message, serious=True)


def read_denials(clause: Clause) -> list[Denial]:
    """Give the denials of a clause in order."""
    words = clause.words
    return [
        Denial(place, () if _DENYING_ALONE.match(word) else _keys(clause, place))
        for place, word in enumerate(words)
        if (word in _PARTICLES and _denies(words, place)) or _is_denying_word(words, place)
    ]


def _keys(clause: Clause, place: int) -> tuple[str, ...]:
    after = zip(clause.words[place + 1 :], clause.stems[place + 1 :], strict=True)
    keys = [
        stem
        for word, stem in after
        if stem is not None and word not in _DENYING and not _MODALS.match(word)
    ]
    return tuple(keys[:_KEYS])


def _is_denying_word(words: tuple[str, ...], place: int) -> bool:
    if _DENYING_ALONE.match(words[place]):
        return True
    if not _DENYING_WORDS.match(words[place]) or _is_limit(words, place):
        return False
    return words[place + 1 : place + 2] not in [(nothing,) for nothing in _NOTHING]


def _denies(words: tuple[str, ...], place: int) -> bool:
    """Whether the "ne" at `place` denies."""
    after = words[place + 1 : place + 1 + _LOOK_AHEAD]
    if _is_limit(words, place) or set(words[max(0, place - 12) : place]) & _DENYING_BEFORE:
        return False  # a limit, or "aucun pli n'est accepté": it is "aucun" that denies
    if any(word in _DENYING for word in after):
        return True
    if "que" in after or "qu" in after:
        return False
    return any(_BARE_VERBS.match(word) for word in after[:2])


def _is_limit(words: tuple[str, ...], place: int) -> bool:
    after = words[place + 1 : place + 7]
    compared = any(one in ("plus", "moins") and two in ("de", "d") for one, two in pairwise(after))
    return compared or any(_LIMIT.match(word) for word in after[:5])


def _is_added(denial: Denial, said: Clause, near: list[Clause]) -> bool:
    """Whether the source says the same without denying it, or denies nothing at all."""
    nearest = denial.keys[:_NEAREST]
    having = [clause for clause in near if set(nearest) & clause.content][:1]
    if having:
        return not any(_is_denied(key, clause) for key in nearest for clause in having)
    return not any(_denies_somehow(clause, but_for=said) for clause in near)


def _is_dropped(denial: Denial, said: Clause, clause: Clause) -> bool:
    """Whether what a clause denies is said without denial, and not in other words either."""
    nearest = denial.keys[:_NEAREST]
    if len(nearest) < _NEAREST or not set(nearest) <= said.content:
        return False
    if any(_is_denied(key, said) for key in nearest):
        return False
    return not _hints(said) - _hints(clause)


def _is_denied(stem: str, clause: Clause) -> bool:
    """Whether a word stands where a denial bears on it, be it only "ne … que"."""
    starts = [
        place
        for place, word in enumerate(clause.words)
        if word in _PARTICLES or _DENYING_WORDS.match(word) or _DENYING_ALONE.match(word)
    ]
    places = [place for place, other in enumerate(clause.stems) if other == stem]
    return any(start < place <= start + _REACH for start in starts for place in places)


def _denies_somehow(clause: Clause, *, but_for: Clause) -> bool:
    return bool(read_denials(clause) or _hints(clause) - _hints(but_for))


def _hints(clause: Clause) -> set[str]:
    return {word[:5] for word in clause.words if _HINTS.match(word)}
