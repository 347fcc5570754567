"""What an administrator types about a text → its name and its dates of force, or what is wrong."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.errors import InvalidForce
from assistant.records import Instrument
from assistant.searching.days import read_day
from assistant.searching.instruments import PROCUREMENT, KnownInstrument

MOST_CHARACTERS = 500
"""Of a title, a rule or a source."""
_LONGEST_NUMBER = 60
_NUMBER = re.compile(r"[\w.\-/ ]+")


@dataclass(frozen=True, slots=True)
class ForceClaim:
    """The form, as it was typed."""

    number: str
    title: str
    start: str  # "01/09/2023" or "1er septembre 2023"; "" when it is not known
    repealed: str  # first day on which it is repealed; "" while it is in force
    repealed_by: str
    transition: str
    source: str  # "" keeps the one that is known, as long as no date changes
    governs: bool  # it governs procedures in its turn, as the decrees on procurement do

    @property
    def says_dates(self) -> bool:
        """Whether anything but the name is filled in."""
        texts = (self.start, self.repealed, self.repealed_by, self.transition, self.source)
        return any(text.strip() for text in texts)


def checked_instrument(claim: ForceClaim) -> Instrument:
    """Give the number and the title that a claim names.

    Raises:
        InvalidForce: one of them is missing, too long or not a number.
    """
    number, title = _line(claim.number), _line(claim.title)
    if not number or len(number) > _LONGEST_NUMBER or not _NUMBER.fullmatch(number):
        raise InvalidForce(
            f"« {number[:_LONGEST_NUMBER]} » n’est pas un numéro de texte. Écrivez-le comme dans "
            "le titre, par exemple : 2-22-431."
        )
    if not title:
        raise InvalidForce(
            "L’intitulé du texte manque. Écrivez-le comme au Bulletin officiel, par exemple : "
            "« Arrêté n° 754-24 du 2 avril 2024 »."
        )
    return Instrument(number, _short_enough(title))


def checked_force(claim: ForceClaim, before: KnownInstrument | None) -> KnownInstrument | None:
    """Give the dates that a claim says; None when it says none and none were known `before`.

    Raises:
        InvalidForce: an impossible date, a repeal before the entry into force, no source for a
            date that changes, or a part that is missing.
    """
    instrument = checked_instrument(claim)
    if before is None and not claim.says_dates:
        return None
    start, repealed = _day(claim.start), _day(claim.repealed)
    if start is None:
        raise InvalidForce(
            "La date d’entrée en vigueur manque. Sans elle, l’assistant ne sait pas quelles "
            "procédures relèvent de ce texte."
        )
    if repealed and repealed <= start:
        raise InvalidForce(
            f"L’abrogation ({repealed:%d/%m/%Y}) doit être postérieure à l’entrée en vigueur "
            f"({start:%d/%m/%Y}). Vérifiez les deux dates."
        )
    if _line(claim.repealed_by) and not repealed:
        raise InvalidForce(
            "Un texte qui abroge est nommé, mais la date d’abrogation manque. Indiquez-la, ou "
            "effacez le nom de ce texte."
        )
    known = KnownInstrument(
        number=instrument.number,
        name=_name(instrument, before),
        family=_family(claim, before),
        start=start,
        end=repealed - timedelta(days=1) if repealed else None,
        source=_short_enough(_line(claim.source)),
        repealed_by=_short_enough(_line(claim.repealed_by)),
        transition=_sentence(_short_enough(_line(claim.transition))),
    )
    return _with_source(known, before)


def _with_source(known: KnownInstrument, before: KnownInstrument | None) -> KnownInstrument:
    """Keep the known source where no date changes; else one must be given."""
    if known.source:
        return known
    if before and (before.start, before.end) == (known.start, known.end):
        return replace(known, source=before.source)
    raise InvalidForce(
        "La source manque : une date de vigueur ne change pas sans le texte qui le dit. "
        "Indiquez-le, par exemple : « Article 169 du décret n° 2-22-431, Bulletin officiel "
        "n° 7176 du 9 mars 2023 »."
    )


def _name(instrument: Instrument, before: KnownInstrument | None) -> str:
    """Give the name for the middle of a sentence; the known one of the same text is kept."""
    if before and before.number == instrument.number:
        return before.name
    name = instrument.short_name
    return name[:1].lower() + name[1:]


def _family(claim: ForceClaim, before: KnownInstrument | None) -> str:
    if before and before.family and before.family != PROCUREMENT:
        return before.family
    return PROCUREMENT if claim.governs else ""


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    day = read_day(text)
    if day is None:
        raise InvalidForce(
            f"« {_line(text)[:40]} » n’est pas une date possible. Écrivez le jour, le mois et "
            "l’année, par exemple : 01/09/2023 ou 1er septembre 2023."
        )
    return day


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?" else f"{text}."


def _short_enough(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise InvalidForce(
            f"« {text[:40]}… » compte {len(text)} caractères, plus que les {MOST_CHARACTERS} "
            "admis. Abrégez."
        )
    return text


def _line(text: str) -> str:
    return " ".join(text.split())
