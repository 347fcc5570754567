"""A follow-up → the question that it asks, with what the turns before say.

Plain code, on purpose: a completion repeats words of the person, and nothing else. A question that
could stand by itself is left alone: a false completion searches for something nobody asked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.follow_ups.anaphora import speaks_of_something_before
from assistant.answering.follow_ups.plain import (
    content,
    end,
    flat,
    lower_first,
    own_content,
    stem_of,
)
from assistant.answering.follow_ups.regime_phrases import (
    RegimePhrase,
    change_phrase,
    find_phrase,
)
from assistant.answering.follow_ups.siblings import put_in_place
from assistant.searching.languages import identify_language
from assistant.searching.lookup import article_asked

Governing = Callable[[str], tuple[str, ...]]
"""The instruments that govern a question."""

_LONGEST = 200  # characters: a longer question tells its case itself
_SHORTEST_TOLD = 25  # letters: "et AO restreint" is taken for another language
_OPENING = re.compile(
    r"^(?:(?:ok|d'accord|merci|tres bien|bien|bon|super|parfait)(?:[\s,.!;:]+(?!de\b|que\b)))*"
    r"(?P<on>(?:et|mais|quid d[eu]s?|quid)\b[\s,]*"
    r"(?:(?:alors|donc|aussi|sinon|du coup|qu'en est-il)\b[\s,]*)?"
    r"|(?:la\s+)?meme (?:question|chose)\b[\s,:]*|(?:idem|pareil)\b[\s,:]*)?"
)
_CLAUSE = re.compile(
    r"\b(?:qu(?:el(?:le)?s?|i|oi|e)|combien|comment|pourquoi|où|est-ce|(?:le|la|les)quel(?:le)?s?)\b"
    r"|\bqu'|^(?:quand|ou)\b(?! (?:le|la|les|l'|un|une|il|elle))|\b(?:de|à|depuis) quand\b"
    r"|-(?:t-)?(?:ils?|elles?|on|je|nous|vous|ce)\b"
    r"|\b(?:est|sont|etait|doit|doivent|devait|peut|peuvent|pouvait|faut|fallait|ont|avait|va|vont"
    r"|peux|pouvez|pourriez|veux)\b"
)
"""What only a whole clause has: a question word, an inversion, a verb that people ask with."""
_CIRCUMSTANCE = re.compile(
    r"^(?:pour|pr|en|dans|avec|sans|sous(?! trait)|avant|apres|chez|entre|pendant|lors|depuis|hors"
    r"|par|sur|contre|à|a|au|aux|d'une?|du|des|de|jusqu'|selon|moins|plus)\b"
)
_CASE = re.compile(r"^(?:si|s'|quand|lorsqu|meme si|sauf si)\b")
_NOUN = re.compile(r"^(?:le|la|les|l'|un|une|des|son|sa|ses|leurs?|celui|celle|ceux|celles)\b")
_THAT_ARTICLE = re.compile(r"\bcet article\b")
_LAUNCHED_THEN = re.compile(r"^(?:lance|publie)e?s?\b")  # at a date that is not understood
_OF_A_CHANGE = re.compile(
    r"\b(?:marches?|procedures?|publics?|dis(?:ait|aient)|prevo(?:it|yait)|lance|etait|serait)\b"
)
"""Words with which another text or date is asked for: "que disait l’ancien décret ?"."""


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question of an earlier turn."""

    question: str
    completed: str | None = None  # what was searched instead, if anything
    cited: str = ""  # the first article of its answer, "article 36 du décret n° 2-22-431"


@dataclass(frozen=True, slots=True)
class Completion:
    """A follow-up, completed."""

    text: str
    names_regime: bool  # whether the follow-up itself says a text or a date of launch


def complete(
    question: str, before: Sequence[AskedBefore], *, governing: Governing
) -> Completion | None:
    """Complete a follow-up from the turns before, oldest first; None when it stands by itself."""
    question = " ".join(question.split())
    if not before or len(question) > _LONGEST:
        return None
    if identify_language(question, shortest=_SHORTEST_TOLD) != "fr":
        return None
    opening = _OPENING.match(flat(question))
    assert opening is not None  # it matches nothing, too
    said = stem_of(question[opening.end() :])
    if not said:
        return None
    if before[-1].cited and _THAT_ARTICLE.search(flat(said)):
        return Completion(end(_name_article(said, before[-1].cited)), names_regime=True)
    subject = _subject(before[-1])
    completed, phrase = _complete(said, subject, goes_on=bool(opening["on"]))
    if completed is None or not _falls_under(completed, phrase, governing):
        return None
    return Completion(end(completed), names_regime=find_phrase(said) is not None)


def _name_article(said: str, cited: str) -> str:
    """Write the number of "cet article", that of the source shown first."""
    start, stop = next(_THAT_ARTICLE.finditer(flat(said))).span()
    return f"{said[:start]}l’{cited}{said[stop:]}"


def _subject(turn: AskedBefore) -> str:
    """Give what the last turn was about, without what was only added to ask for more of it."""
    whole = stem_of(turn.completed or turn.question)
    head, joined, added = whole.rpartition(", et ")
    was_added = joined and turn.completed and flat(added) in flat(turn.question)
    return head if was_added else whole


def _falls_under(completed: str, phrase: RegimePhrase | None, governing: Governing) -> bool:
    """Whether a completion falls under the text that its phrase says, if it has one."""
    alone = f"Quel est le délai, {phrase.text}\u00a0?" if phrase else ""
    return not phrase or governing(end(completed)) == governing(alone)


def _complete(said: str, subject: str, *, goes_on: bool) -> tuple[str | None, RegimePhrase | None]:
    """Complete a follow-up; also what it says of the text or the date."""
    plain = flat(said)
    phrase, rest = find_phrase(said) or (None, said)
    if speaks_of_something_before(plain):
        return _join(subject, said), phrase
    if phrase and not content(_OF_A_CHANGE.sub(" ", flat(rest))):
        return change_phrase(subject, phrase), phrase
    if goes_on and _stands(plain):
        return (None, None) if phrase else _carry(said, subject)
    if phrase and own_content(flat(rest)) and (not goes_on or _has_clause(flat(rest))):
        return None, None
    changed = change_phrase(subject, phrase) if phrase else subject
    return _put(rest, changed, goes_on=goes_on), phrase


def _put(said: str, subject: str, *, goes_on: bool) -> str | None:
    """Put what is said into the question before, or after it."""
    plain = flat(said)
    own = own_content(plain)
    if _has_clause(plain) and not _CASE.match(plain):
        asks_more = not own or (goes_on and len(own) == 1)
        return _join(subject, said) if asks_more and article_asked(said) is None else None
    is_circumstance = _CIRCUMSTANCE.match(plain) is not None
    goes_on = goes_on or plain.startswith(("meme si ", "sauf si "))
    if not goes_on and not (is_circumstance and len(own) <= 2):
        return None
    if _LAUNCHED_THEN.search(plain):
        return None
    if placed := put_in_place(said, subject):
        return placed
    return f"{subject}, {lower_first(said)}" if is_circumstance else _join(subject, said)


def _stands(plain: str) -> bool:
    """Whether what follows "et" is a question of its own, in a clause or by its name alone."""
    if _CASE.match(plain) and "," not in plain:
        return False
    if article_asked(plain) is not None:
        return True
    own = own_content(plain)
    is_name = _NOUN.match(plain) and len(content(plain)) > len(own)  # "le délai de validité …"
    return len(own) > 1 and bool(_has_clause(plain) or is_name)


def _carry(said: str, subject: str) -> tuple[str | None, RegimePhrase | None]:
    """Ask a new question under the text, or at the date, of the one before, if it has any."""
    found = find_phrase(subject)
    if found is None:
        return None, None
    which = "Quelle est" if flat(said).startswith("la ") else "Quel est"
    asked = said if _has_clause(flat(said)) else f"{which} {lower_first(said)}"
    return f"{asked}, {found[0].text}", found[0]


def _join(subject: str, said: str) -> str:
    return f"{subject}, et {lower_first(said)}"


def _has_clause(plain: str) -> bool:
    return _CLAUSE.search(plain) is not None
