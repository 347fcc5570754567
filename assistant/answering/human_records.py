"""A question sent to a human, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.storage import conversation_tables as tables


class Standing(StrEnum):
    """Where a question that was sent stands."""

    OPEN = "open"
    ANSWERED = tables.ANSWERED
    OUTSIDE = "outside"  # of what the texts rule
    WITHDRAWN = "withdrawn"  # by who sent it, with its conversation


@dataclass(frozen=True, slots=True)
class Place:
    """A quoted piece of an article: `text[start:end]`."""

    instrument: str
    article: str
    start: int
    end: int
    digest: str  # of the article's heading and text, when it was quoted


@dataclass(frozen=True, slots=True)
class HumanQuestion:
    """A question that the texts did not answer, with what it was asked in."""

    id: int
    asker: str  # the name of who sent it
    sent_at: datetime
    question: str  # that stands by itself
    earlier: tuple[str, ...]  # the questions before it in its conversation, oldest first
    regime: dict[str, Any]  # as the refusal showed it, with the date of launch
    nearest: tuple[dict[str, Any], ...]  # articles, as the refusal's JSON names them
    standing: Standing
    text: str  # what was answered, or why nothing was; "" while it is open
    reviewer: str  # the name of who closed it; "" while it is open
    closed_at: datetime | None
    content: dict[str, Any] | None  # the answer as it is shown, where there is one
    is_outdated: bool = False  # whether the law it cites has changed since
