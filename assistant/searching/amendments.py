"""The arrêtés that are known to have changed figures of a decree: data, each from its source.

Only that they changed thresholds is known of them, not which ones: an answer says "peuvent".
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Amendment:
    """A text that changed figures of another one."""

    amended: str  # number of the instrument
    what: str  # "seuil"
    number: str  # "754-24"
    name: str  # "arrêté n° 754-24"
    year: int


@cache
def known_amendments() -> tuple[Amendment, ...]:
    """Give those that come with the assistant, oldest first."""
    entries = json.loads(Path(__file__).with_name("amendments.json").read_text("utf-8"))
    return tuple(Amendment(**entry) for entry in entries)
