"""What is left of an answer for who rates it: nothing that says which configuration wrote it."""

from collections.abc import Mapping
from typing import Any

_SHOWN = ("question", "outcome", "answer", "language", "regime", "citations", "sentences")
_UNSAID = {
    "contact": None,
    "model": "",
    "cached": False,
    "written_at": None,
    "seconds": {"search": 0.0, "first_token": None, "total": 0.0},
}
"""The rest of the contract, said of every answer alike (see `answering.contract`)."""


def blind(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give an answer as the command line prints it, without model, cache, dates and times.

    What is kept is named: a key that the contract gains is hidden until someone adds it here.
    """
    return {key: content[key] for key in _SHOWN if key in content} | _UNSAID
