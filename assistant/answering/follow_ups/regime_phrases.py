"""What of a question says under which text, or at which date: found, taken out, put in.

A phrase is put in only where the whole question then falls under the same text as the phrase alone:
who completes asks `regime`.
"""

import re
from dataclasses import dataclass

from assistant.answering.follow_ups.plain import flat
from assistant.searching.text_words import TEXT_WORD

_MONTH = r"(?:janv\w*|fevr?\w*|mars|avril|mai|juin|juil\w*|aout|sept\w*|oct\w*|nov\w*|dec\w*)\.?"
_DATE = (
    rf"(?:(?:le\s+)?\d{{1,2}}(?:er)?\s+{_MONTH}\s+20\d\d|(?:le\s+)?\d{{1,2}}[/.-]\d{{1,2}}[/.-]20\d\d"
    rf"|20\d\d-\d\d-\d\d|(?:(?:debut|fin|mi|milieu|courant)[\s-]+)?(?:de\s+)?(?:{_MONTH}\s+)?20\d\d)"
)
_AT = (
    r"(?:(?:en|au|du|avant|apres|depuis|des|vers|a partir d[eu]|à partir d[eu]|posterieur\w* au"
    r"|anterieur\w* au)\s+(?:mois\s+d['e]\s*)?)"
)
_WHEN = rf"(?P<when>{_AT}?{_DATE})(?!\d)"
_GENERIC = (
    r"(?:(?:une?|le|la|les|des|ce|cette|notre|mon|ma|nos)\s+)?(?:marche|procedure|dossier|contrat"
    r"|projet|procedure de passation)s?(?:\s+publics?)?"
)
_PARTICIPLE = r"(?:lance|publie|passe|paru|engage|initie)e?s?"
_BEEN = r"(?:(?:qui\s+)?(?:est|etait|a ete|ait ete|avait ete|aurait ete|serait|fut)\s+)?"
_BY = r"(?:dans|sous|selon|d'apres|avec|suivant|par|en vertu d[eu]|au titre d[eu]|pour|chez)"
_QUALIFIER = r"(?:ancien|nouveau|actuel|precedent)(?:ne|le|lle)?"
_TEXT = flat(TEXT_WORD).replace("[ee]", "e")
_NUMBER = r"(?:n\s?[°º]\s?)?\d[-–.\s]\d\d[-–.\s]\d{3}"
_NAMED = (
    rf"(?:l['a]\s*|le\s+|cet?\s+)?(?:{_QUALIFIER}\s+{_TEXT}|{_TEXT}\s+{_QUALIFIER}"
    rf"|{_TEXT}(?:\s+{_NUMBER})?(?:\s+d[eu]\s+(?:\d{{1,2}}(?:er)?\s+)?(?:{_MONTH}\s+)?20\d\d)"
    rf"|{_TEXT}\s+(?:{_NUMBER}|20\d\d)|{_NUMBER})"
)
_ALONE = rf"(?:(?:le|la)\s+(?:{_QUALIFIER})|l'{_QUALIFIER})(?=\s*$)"
_SINCE = rf"(?:avant|depuis)\s+(?:la|le)\s+(?:nouve\w+\s+)?{_TEXT}(?:\s+de\s+20\d\d)?|avant\s+2023"
_NOW = r"(?:aujourd'hui|maintenant|actuellement|desormais|a ce jour|à ce jour)"

_LAUNCH = re.compile(
    rf"(?:\b(?:pour|pr|dans|sur|avec|si|quand)\s+)?\b{_GENERIC}\s+{_BEEN}{_PARTICIPLE}\s+{_WHEN}"
)
_LAUNCHED = re.compile(rf"\b{_BEEN}{_PARTICIPLE}\s+{_WHEN}")
_BY_TEXT = re.compile(rf"\b{_BY}\s+(?P<named>{_NAMED}|{_ALONE})")
_SIDE_OF_TEXT = re.compile(rf"\b(?:{_SINCE})(?!\d)")
_DATED = re.compile(rf"\b{_AT}{_DATE}(?!\d)")
_TODAY = re.compile(rf"\b{_NOW}\b")
_SUBJECT = re.compile(rf"\b{_NAMED}")
_PATTERNS = (_LAUNCH, _LAUNCHED, _BY_TEXT, _SIDE_OF_TEXT, _DATED, _TODAY)
_BARE_TEXT = re.compile(rf"^(?:celui|celle)?\s*(?:{_NAMED}|{_ALONE}|de\s+20\d\d)\s*$")


@dataclass(frozen=True, slots=True)
class RegimePhrase:
    """What says under which text, or at which date."""

    text: str  # as it is added to a question, "pour un marché lancé en 2020"
    when: str | None = None  # "en 2020", where it is a date of launch


def find_phrase(said: str) -> tuple[RegimePhrase, str] | None:
    """Give the first phrase of a text, and the text without it; None where there is none."""
    said_flat = flat(said)
    for pattern in _PATTERNS:
        if found := pattern.search(said_flat):
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            return _phrase(pattern, found, said), " ".join(rest.split())
    if _BARE_TEXT.match(said_flat):
        return RegimePhrase(_by_text(said)), ""
    return None


def change_phrase(question: str, phrase: RegimePhrase) -> str:
    """Say another date, or another text, in a question (without the sign at its end)."""
    launched = _LAUNCHED.search(flat(question))
    if launched and phrase.when:  # in its place: "AO lancé le 31/08/2023 : combien de jours …"
        start, end = launched.span("when")
        return question[:start] + phrase.when + question[end:]
    left = without_phrases(question)
    return f"{left.rstrip(' ,')}, {phrase.text}"


def without_phrases(question: str) -> str:
    """Take out every phrase; a text that is the subject of the question becomes "le décret"."""
    for pattern in _PATTERNS:
        while found := pattern.search(flat(question)):
            before = question[: found.start()].rstrip(" ,")
            after = question[found.end() :].lstrip(" ,:" if not before else " ")
            question = f"{before} {after}".strip()
    if found := _SUBJECT.search(flat(question)):
        article = "Le décret" if found.start() == 0 else "le décret"
        question = f"{question[: found.start()]}{article}{question[found.end() :]}"
    return question[:1].upper() + question[1:]


def _phrase(pattern: re.Pattern[str], found: re.Match[str], said: str) -> RegimePhrase:
    text = said[found.start() : found.end()]
    if pattern in (_LAUNCH, _LAUNCHED):
        when = said[found.start("when") : found.end("when")]
        return RegimePhrase(f"pour un marché lancé {when}", when)
    if pattern is _DATED:
        return RegimePhrase(f"pour un marché lancé {text}", text)
    if pattern is _BY_TEXT and re.search(rf"{_ALONE}", flat(text)):
        text += " décret"
    return RegimePhrase(text[:1].lower() + text[1:])


def _by_text(said: str) -> str:
    """Write a text that stands alone after a preposition: "dans l’ancien décret"."""
    plain = flat(said)
    if re.match(r"^(?:celui|celle)?\s*de\s+20\d\d", plain):
        return f"dans le décret {said[plain.index('de ') :]}"
    return f"dans {said[:1].lower()}{said[1:]}" + (" décret" if re.search(_ALONE, plain) else "")
