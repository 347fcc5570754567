"""The instruments whose dates of force are known, each with its source.

Dates are data and never computed: "the first day of the sixth month after publication" counted
from the French edition of the 2023 decree gives 1 October 2023, and is wrong (DOMAIN). Those that
come with the assistant are in `instruments.json`; `instrument_store` adds what administrators say.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from assistant.records import Status

PROCUREMENT = "marchés publics"
"""The family of the decrees that govern procedures, one after the other."""
SPECIMEN = "spécimen"
"""The family of the project's own fictional decrees."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class KnownInstrument:
    """An instrument with its dates of force."""

    number: str
    name: str  # "décret n° 2-22-431 du 8 mars 2023"
    family: str  # instruments of one family replace each other; "": it stands beside them
    start: date  # first day of force
    end: date | None  # last day of force; None: still in force
    source: str
    repealed_by: str = ""  # "décret n° 2-22-431 du 8 mars 2023"
    transition: str = ""  # a French sentence: what it still governs once repealed

    def governs(self, day: date) -> bool:
        """Whether a procedure launched that day is governed by it."""
        return self.start <= day and (self.end is None or day <= self.end)

    def is_in_force_between(self, first: date, last: date) -> bool:
        """Whether it is in force on a day of that period."""
        return self.start <= last and (self.end is None or first <= self.end)

    @property
    def repealed_from(self) -> date | None:
        """First day on which it is repealed."""
        return self.end and self.end + timedelta(days=1)

    @property
    def year(self) -> str | None:
        """Year by which people name it, "2023"; None when its name gives none."""
        years = _YEAR.findall(self.name)
        return years[-1] if years else None

    def status(self, *, today: date, launched: date | None = None) -> Status | None:
        """Give its status for a procedure launched that day, or by itself; None before its force.

        Repealed today, it is transitional for the procedures that it governed at their launch.
        """
        if self.governs(today):
            return Status.IN_FORCE
        if launched and self.governs(launched):
            return Status.TRANSITIONAL
        return Status.REPEALED if self.start <= today else None

    def force_on(self, day: date) -> str:
        """Say in French whether it is in force that day, and since when or until when."""
        if day < self.start:
            return f"en vigueur à partir du {self.start:%d/%m/%Y}"
        if self.repealed_from is None:
            return f"en vigueur depuis le {self.start:%d/%m/%Y}"
        by = f" par le texte suivant : {self.repealed_by}" if self.repealed_by else ""
        if day < self.repealed_from:
            return f"en vigueur depuis le {self.start:%d/%m/%Y}, abrogé à partir du " + (
                f"{self.repealed_from:%d/%m/%Y}{by}"
            )
        return f"abrogé le {self.repealed_from:%d/%m/%Y}{by}"


@dataclass(frozen=True, slots=True)
class Instruments:
    """Every instrument whose dates are known, by family, oldest first."""

    known: tuple[KnownInstrument, ...]

    def find(self, number: str) -> KnownInstrument | None:
        """Find one by its number."""
        return next((i for i in self.known if i.number == number), None)

    def governing_numbers(self) -> frozenset[str]:
        """Give the numbers of those that govern procedures, each in its turn."""
        return frozenset(i.number for i in self.known if i.family)

    def family_in_use(self, indexed: Iterable[str]) -> tuple[KnownInstrument, ...]:
        """Give the family that answers: the law; the specimen only where nothing else is."""
        numbers = set(indexed)
        specimen = {i.number for i in self.known if i.family == SPECIMEN}
        family = SPECIMEN if numbers and numbers <= specimen else PROCUREMENT
        return tuple(i for i in self.known if i.family == family)


@cache
def shipped_instruments() -> Instruments:
    """Give those that come with the assistant."""
    entries = json.loads(Path(__file__).with_name("instruments.json").read_text("utf-8"))
    return Instruments(
        tuple(
            KnownInstrument(
                number=entry["number"],
                name=entry["name"],
                family=entry["family"],
                start=date.fromisoformat(entry["from"]),
                end=date.fromisoformat(entry["until"]) if entry["until"] else None,
                source=entry["source"],
                repealed_by=entry["repealed_by"],
                transition=entry["transition"],
            )
            for entry in entries
        )
    )


def is_specimen(number: str) -> bool:
    """Whether an instrument is one of the project's fictional decrees."""
    known = shipped_instruments().find(number)
    return known is not None and known.family == SPECIMEN
