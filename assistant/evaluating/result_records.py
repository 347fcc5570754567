"""What comes out of a campaign. A figure that cannot be measured says why, and is no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.evaluating.campaign_records import Campaign, Criterion
from assistant.evaluating.intervals import Interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, with its 95 % interval where one can be had."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class NotMeasurable:
    """Why there is no figure."""

    reason: str  # a French sentence


Measure = Figure | NotMeasurable


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree on one criterion, on preferences, or on all criteria together."""

    criterion: str  # its key; "preference"; "" for all criteria together
    items: int  # rated by two at least
    ratings: int  # of these items
    alpha: Measure  # Krippendorff's; ordinal, of preferences nominal
    ac2: Measure  # Gwet's, with ordinal weights; of preferences AC1
    raw: Measure  # share of pairs of ratings that are the same
    marginals: Mapping[int, tuple[int, ...]]  # rater → how often each score, lowest first


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two raters agree."""

    first: int
    second: int
    criteria: tuple[Agreement, ...]  # the last one: all together


@dataclass(frozen=True, slots=True)
class CampaignAgreement:
    """How far the raters of a campaign agree."""

    criteria: tuple[Agreement, ...]  # the last one: all together
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """How far a rater was from the others, in one stretch of the items that they share."""

    person_id: int
    first_day: date
    last_day: date
    items: int
    distance: Figure  # mean of this rater's score less the others': above 0 is more generous


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one criterion among some ratings."""

    criterion: str
    mean: Measure  # over ratings; its interval is over items
    counts: tuple[int, ...]  # ratings that gave 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Group:
    """Ratings that have something in common."""

    label: str
    items: int
    ratings: int
    scores: tuple[Scored, ...]  # in the order of the criteria


@dataclass(frozen=True, slots=True)
class Difference:
    """Two configurations on the questions that both answered."""

    criterion: str
    first: str
    second: str
    questions: int
    mean: Measure  # of the first less the second, question by question
    p_value: Measure  # of the paired permutation test, two-sided


@dataclass(frozen=True, slots=True)
class Duel:
    """How often each of two configurations was preferred."""

    first: str
    second: str
    first_wins: int  # ratings
    second_wins: int
    ties: int
    p_value: Measure  # of the sign test over items, those without a majority left out


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a configuration is among all that were compared (Bradley and Terry)."""

    configuration: str
    strength: Measure  # log scale; the mean over configurations is 0


@dataclass(frozen=True, slots=True)
class WorstAnswer:
    """One of the answers with the lowest scores."""

    item_id: int
    question: str
    answer: str
    configuration: str
    mean: float  # over criteria and ratings
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A version of the assistant, as campaigns rated it."""

    campaign_id: int
    campaign: str
    day: date  # the campaign was opened
    version: str
    configuration: str
    items: int
    scores: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """What a campaign says."""

    campaign: Campaign
    criteria: tuple[Criterion, ...]
    raters: Mapping[int, str]  # names
    all: Group
    by_kind: tuple[Group, ...]
    by_instrument: tuple[Group, ...]
    by_configuration: tuple[Group, ...]
    differences: tuple[Difference, ...]
    duels: tuple[Duel, ...]
    strengths: tuple[Strength, ...]  # empty where two configurations, or none, are compared
    worst: tuple[WorstAnswer, ...]
    agreement: CampaignAgreement
    drift: tuple[DriftPoint, ...]
    discarded: int  # ratings
    decisions: int  # items that a reviewer decided
    seconds_median: Measure  # spent on a rating
