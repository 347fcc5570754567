"""What human evaluation is made of: campaigns, what a rater is given, and what a rater gives.

A `Task` is what a rater sees. It has no place for a configuration or for another rater's marks:
a screen that is given nothing else cannot show them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

LOWEST, HIGHEST = 1, 5
"""Of the scale of every criterion."""


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"  # being made: nobody rates yet
    OPEN = "open"
    CLOSED = "closed"  # for good: what was hidden from the raters may be seen


class RatingState(StrEnum):
    """Where a rating stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DISCARDED = "discarded"  # the rater will not rate this one, and says why in the comment


class SentenceVerdict(StrEnum):
    """What a rater says of a sentence."""

    GOOD = "good"
    TO_IMPROVE = "to_improve"
    WRONG = "wrong"


class CitationVerdict(StrEnum):
    """What a rater says of a citation."""

    RIGHT = "right"
    BESIDE = "beside"  # it does not say what the sentence says
    MISSING = "missing"  # the sentence cites nothing, and should


class Preference(StrEnum):
    """Which of two answers is better, in the order in which they were shown."""

    FIRST = "first"
    SECOND = "second"
    TIE = "tie"


class TaskKind(StrEnum):
    """What is asked of a rater."""

    RATING = "rating"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that is rated from 1 to 5."""

    key: str  # in exports; letters, digits and underscores
    name: str
    anchors: tuple[str, str, str, str, str]  # what 1, 2, 3, 4 and 5 mean


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What an administrator decides of a campaign."""

    name: str
    guidelines: str = ""  # Markdown, shown beside the form
    criteria: tuple[Criterion, ...] = ()  # none: the default ones
    overlap_share: float = 0.2  # of the items, that several rate: 0 to 1
    overlap_raters: int = 2  # how many rate those: 2 or 3
    raters: tuple[int, ...] = ()  # people
    reviewers: tuple[int, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it is kept."""

    id: int
    plan: CampaignPlan
    state: CampaignState
    item_count: int
    sources: tuple[str, ...]  # where its items came from, in French
    created_by: int | None
    created_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """Named settings under which answers are made: never shown to who rates them."""

    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article, as a rater names it."""

    instrument: str
    number: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a rater gives, or a reviewer decides; all of it may be missing in a draft."""

    scores: Mapping[str, int] = field(default_factory=dict)
    """Criterion → 1 to 5. A criterion that is not rated has no score, and never 0."""

    sentences: Mapping[int, SentenceVerdict] = field(default_factory=dict)
    """Place of a sentence in the answer, 0-based → verdict."""

    citations: Mapping[str, CitationVerdict] = field(default_factory=dict)
    """Label of a citation ("1") → verdict; "sentence-2" for a sentence that cites nothing."""

    corrected_answer: str = ""
    right_articles: tuple[ArticleRef, ...] = ()  # those that answer, where the answer cites others
    comment: str = ""  # of a comparison: the reason
    preference: Preference | None = None  # of a comparison


@dataclass(frozen=True, slots=True)
class RaterCampaign:
    """What a rater is told of a campaign."""

    id: int
    name: str
    guidelines: str  # Markdown
    criteria: tuple[Criterion, ...]
    deadline: date | None
    state: CampaignState
    progress: "RaterProgress"


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """One line of what a rater has to do."""

    item_id: int
    number: int  # 1-based, in the order of this rater
    question: str
    state: RatingState | None  # None: not begun


@dataclass(frozen=True, slots=True)
class Task:
    """What a rater is given, and what this rater gave already; nothing else."""

    item_id: int
    campaign_id: int
    campaign_name: str
    kind: TaskKind
    number: int  # 1-based
    total: int
    question: str
    answers: tuple[dict[str, Any], ...]  # one, or two to compare; as `blinding` leaves them
    criteria: tuple[Criterion, ...]  # none of a comparison
    marks: Marks
    state: RatingState | None  # None: not begun
    is_open: bool  # False: it can be read, and no longer changed
    previous: int | None  # the item before it in this rater's order
    next: int | None


@dataclass(frozen=True, slots=True)
class RaterProgress:
    """How far a rater is in a campaign."""

    person_id: int
    assigned: int
    submitted: int
    drafts: int
    discarded: int
    seconds: float  # spent

    @property
    def left(self) -> int:
        """How many are still to be submitted or discarded."""
        return self.assigned - self.submitted - self.discarded
