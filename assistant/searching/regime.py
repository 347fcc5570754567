"""Which instruments govern a question, why, and with which status.

The regime is chosen by the date on which the procedure was launched, not by today's date
(article 170 of the 2023 decree).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.records import Regime, Status
from assistant.searching.arabic import plain_digits
from assistant.searching.comparisons import asks_what_changed, asks_whether_it_stands
from assistant.searching.dates import Period, impossible_dates, launch_period
from assistant.searching.instruments import Instruments, KnownInstrument, shipped_instruments
from assistant.searching.text_words import ARABIC_TEXT, ENGLISH_TEXT, TEXT_WORD

_NUMBER = re.compile(r"(?<!\d)(\d)(?:\s?[-–.]\s?|\s)(\d\d)(?:\s?[-–.]\s?|\s)(\d{3})(?!\d)")
_OLD = re.compile(
    r"\b(?:ancien(?:ne)?s?|pr[ée]c[ée]dente?s?|antérieure?s?|abrogée?s?(?!\s+par))\b"
    rf"[^.?!]{{0,25}}\b{TEXT_WORD}\b"
    rf"|\b{TEXT_WORD}\s+(?:abrogée?|ancien(?:ne)?|pr[ée]c[ée]dente?|antérieure?)\b"
    r"|\bl['’]ancien(?:ne)?(?=\s*(?:[,;.?!]|$))"
    rf"|\bavant\s+(?:(?:la\s+|le\s+)?(?:nouveau\s+|nouvelle\s+)?{TEXT_WORD}\b|2023)"
    rf"|\b(?:old|previous|former|repealed|prior)\s+(?:\w+\s+)?{ENGLISH_TEXT}\b"
    rf"|\bbefore\s+(?:(?:the\s+)?(?:new\s+|2023\s+)?{ENGLISH_TEXT}\b|2023)"
    rf"|{ARABIC_TEXT}\s+(?:القديم|السابق|الملغى|المنسوخ)|قبل\s+(?:{ARABIC_TEXT}|2023)",
    re.IGNORECASE,
)
_NEW = re.compile(
    rf"\b(?:nouve(?:au|lle)s?|actuel(?:le)?s?)\s+{TEXT_WORD}\b|\bdepuis\s+(?:la\s+|le\s+)?{TEXT_WORD}\b"
    r"|\b(?:le\s+nouveau|la\s+nouvelle)(?=\s*(?:[,;.?!]|$))"
    rf"|\b(?:new|current)\s+(?:\w+\s+)?{ENGLISH_TEXT}\b|{ARABIC_TEXT}\s+(?:الجديد|الحالي)",
    re.IGNORECASE,
)
_BEFORE_THE_YEAR = re.compile(r"(?:\bavant|\bbefore|قبل)\s+2023\b", re.IGNORECASE)
"""Names the old text, unless a launch stands before it: then it is a date."""
_PRESENT = re.compile(r"\b(?:maintenant|désormais|aujourd.hui)\b", re.IGNORECASE)


def find_regime(  # noqa: PLR0913 - what a question is asked about, all by name
    question: str,
    *,
    indexed: Iterable[str],
    today: date,
    within: str | None = None,
    launched: date | None = None,
    instruments: Instruments | None = None,
) -> Regime:
    """Decide which instruments are searched; the basis tells the dates that do not exist.

    `instruments` are those shipped if not given.
    """
    question = plain_digits(question)
    found = _regime(
        question,
        indexed=indexed,
        today=today,
        within=within,
        launched=launched,
        instruments=instruments or shipped_instruments(),
    )
    if not (impossible := impossible_dates(question)):
        return found
    return replace(found, basis=f"{found.basis} {_not_used(impossible)}")


def _not_used(dates: Sequence[str]) -> str:
    return " ".join(
        f"La date «\u00a0{written}\u00a0» n’existe pas\u00a0: elle n’a pas été utilisée."
        for written in dict.fromkeys(dates)
    )


def _regime(  # noqa: PLR0911, PLR0913 - what `find_regime` was given; a case, a line
    question: str,
    *,
    indexed: Iterable[str],
    today: date,
    within: str | None,
    launched: date | None,
    instruments: Instruments,
) -> Regime:
    """Decide it without a word on the dates.

    In this order: the instrument asked for (`within`), a comparison, the launch date given, the
    instruments the question names, the launch date it tells, and else the one in force today.
    Without a launch date, whether a rule still stands is a comparison too.
    """
    if within:
        why = "texte choisi pour cette recherche"
        return _about(within, instruments.find(within), launched, today, why)
    family = instruments.family_in_use(indexed)
    period = launch_period(question)
    named = _named(_BEFORE_THE_YEAR.sub(" ", question) if period else question, family)
    if _compares(question, named, family):
        return _comparison(named if len(named) > 1 else family[-2:], launched)
    if launched:
        return _governing(family, launched, launched, today, "date de lancement indiquée")
    if not period and asks_whether_it_stands(question):
        return _whether_it_stands(family[-2:])
    if named:
        return _about(named[0].number, named[0], None, today, "texte désigné par la question")
    if period:
        return _governing(family, *period, today, "date de lancement donnée par la question")
    return _governing(family, today, today, today, None)


def _named(question: str, family: Sequence[KnownInstrument]) -> list[KnownInstrument]:
    """Give the instruments of the family that the question names, each once, oldest first.

    "Avant la réforme de 2023" names the one before, and only it.
    """
    numbers = {"-".join(found) for found in _NUMBER.findall(question)}
    old, new = _OLD.search(question), _NEW.search(question)
    rest = _OLD.sub(" ", question)
    named = [
        instrument
        for instrument in family
        if instrument.number in numbers or _named_by_year(instrument, rest)
    ]
    named += [i for i in family[-2:-1] if old and i not in named]
    named += [i for i in family[-1:] if new and i not in named]
    return sorted(named, key=lambda instrument: instrument.start)


def _named_by_year(instrument: KnownInstrument, question: str) -> bool:
    """Whether "le décret (de mars) 2013" or the like stands in the question."""
    year = instrument.year
    if year is None:
        return False
    named = (
        rf"\b(?:{TEXT_WORD}|{ENGLISH_TEXT})\b[^.?!,]{{0,25}}\b{year}\b"
        rf"|\b{year}\s+(?:\w+\s+)?{ENGLISH_TEXT}\b"
        rf"|(?:{ARABIC_TEXT}|مرسوم)[^.؟?!,]{{0,25}}\b{year}\b"
    )
    return re.search(named, question, re.IGNORECASE) is not None


def _compares(
    question: str, named: Sequence[KnownInstrument], family: Sequence[KnownInstrument]
) -> bool:
    """Whether it asks what changed, or names two instruments: by number, by year, or "today"."""
    years = [instrument.year for instrument in family[-2:]]
    return (
        len(named) > 1
        or asks_what_changed(question)
        or (bool(named) and named[0] is not family[-1] and _PRESENT.search(question) is not None)
        or (bool(named) and all(y and re.search(rf"\b{y}\b", question) for y in years))
    )


def _about(
    number: str, known: KnownInstrument | None, launched: date | None, today: date, why: str
) -> Regime:
    """Search one instrument because it was asked for."""
    if known is None:
        basis = f"{_capital(why)} ; ses dates d’entrée en vigueur ne sont pas connues."
        return Regime((number,), None, basis, launched)
    if launched and not known.governs(launched):
        why += f", bien qu’il ne régisse pas une procédure lancée le {launched:%d/%m/%Y}"
        status = Status.IN_FORCE if known.governs(today) else Status.REPEALED
    elif launched:
        status = _status(known, today)
    else:
        status = Status.IN_FORCE if known.governs(today) else Status.REPEALED
    return Regime((number,), status, f"{_capital(why)} : {known.name}{_force(known)}.", launched)


def _governing(
    family: Sequence[KnownInstrument], first: date, last: date, today: date, why: str | None
) -> Regime:
    """Search the instrument that governs a procedure launched between two days."""
    governing = [i for i in family if i.governs(first) or i.governs(last)]
    launched = first if why and first == last else None
    if not governing:
        return Regime((), None, _no_text(family, first), launched)
    known = governing[-1]
    if why is None:
        basis = f"Sans date de lancement indiquée, texte en vigueur aujourd’hui : {known.name}"
    else:
        day = (
            f"le {first:%d/%m/%Y}"
            if first == last
            else f"entre le {first:%d/%m/%Y} et le {last:%d/%m/%Y}"
        )
        basis = f"Procédure lancée {day} ({why}) : {known.name}"
    if len(governing) > 1:
        basis += (
            f". Avant le {known.start:%d/%m/%Y}, c’était le {governing[0].name} : précisez la date"
        )
    status = _status(known, today)
    basis += f"{_force(known)}.{_transition(known, status)}"
    return Regime((known.number,), status, basis, launched)


def _no_text(family: Sequence[KnownInstrument], day: date) -> str:
    oldest = family[0] if family else None
    if oldest and day < oldest.start:
        return f"Aucun texte connu ne régit une procédure lancée avant le {oldest.start:%d/%m/%Y}."
    return f"Aucun texte connu ne régit une procédure lancée le {day:%d/%m/%Y}."


def searched_period(
    question: str, regime: Regime, *, today: date, instruments: Instruments
) -> Period:
    """Give the first and last day whose law is searched beside the text that governs.

    Those of the launch; with none told, today, or the time of a text that is repealed today.
    """
    if regime.launched:
        return regime.launched, regime.launched
    governing = [known for n in regime.instruments if (known := instruments.find(n))]
    if period := launch_period(question):
        return period
    if any(known.governs(today) for known in governing) or not governing:
        return today, today
    return governing[0].start, governing[-1].end or today


def _comparison(instruments: Sequence[KnownInstrument], launched: date | None) -> Regime:
    names = " et ".join(i.name for i in instruments)
    basis = f"La question compare deux textes : {names}."
    return Regime(tuple(i.number for i in instruments), None, basis, launched)


def _whether_it_stands(instruments: Sequence[KnownInstrument]) -> Regime:
    """Search the text in force, and the one before: it is told second."""
    names = " et ".join(i.name for i in reversed(instruments))
    basis = f"La question demande si la règle est restée la même : {names}."
    return Regime(tuple(i.number for i in reversed(instruments)), None, basis, None)


def _status(known: KnownInstrument, today: date) -> Status:
    return Status.IN_FORCE if known.governs(today) else Status.TRANSITIONAL


def _force(known: KnownInstrument) -> str:
    if known.end is None:
        return f", en vigueur depuis le {known.start:%d/%m/%Y}"
    return f", en vigueur du {known.start:%d/%m/%Y} au {known.end:%d/%m/%Y}, abrogé depuis"


def _transition(known: KnownInstrument, status: Status) -> str:
    """Say why a repealed text still governs, where it is known."""
    return f" {known.transition}" if known.transition and status is Status.TRANSITIONAL else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
