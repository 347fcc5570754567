"""The instruments whose dates of force are known, each with its source.

Dates are data and never computed: "the first day of the sixth month after publication" counted
from the French edition of the 2023 decree gives 1 October 2023, and is wrong (DOMAIN).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SPECIMEN = "spécimen"
"""The family of the project's own fictional decrees."""


@dataclass(frozen=True, slots=True)
class KnownInstrument:
    """An instrument with its dates of force."""

    number: str
    name: str  # "décret n° 2-22-431 du 8 mars 2023"
    family: str  # instruments of one family replace each other
    start: date  # first day of force
    end: date | None  # last day of force; None: still in force
    source: str

    def governs(self, day: date) -> bool:
        """Whether a procedure launched that day is governed by it."""
        return self.start <= day and (self.end is None or day <= self.end)


@cache
def known_instruments() -> tuple[KnownInstrument, ...]:
    """Give them by family, oldest first."""
    entries = json.loads(Path(__file__).with_name("instruments.json").read_text("utf-8"))
    return tuple(
        KnownInstrument(
            number=entry["number"],
            name=entry["name"],
            family=entry["family"],
            start=date.fromisoformat(entry["from"]),
            end=date.fromisoformat(entry["until"]) if entry["until"] else None,
            source=entry["source"],
        )
        for entry in entries
    )


def known_instrument(number: str) -> KnownInstrument | None:
    """Find one by its number."""
    return next((i for i in known_instruments() if i.number == number), None)


def family_in_use(indexed: Iterable[str]) -> tuple[KnownInstrument, ...]:
    """Give the family that answers: the law; the specimen only where nothing else is indexed."""
    numbers = set(indexed)
    specimen = {i.number for i in known_instruments() if i.family == SPECIMEN}
    only_specimen = bool(numbers) and numbers <= specimen
    return tuple(i for i in known_instruments() if (i.family == SPECIMEN) == only_specimen)
