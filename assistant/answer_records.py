"""What an answer is made of: sentences, citations, findings."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records import PageBox, RankedPassage, Regime


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted piece of an article, with everything needed to find it in the file."""

    label: int  # 1-based, as printed in the answer
    document_id: str
    instrument: str
    instrument_name: str
    article: str
    paragraph: str | None
    heading: str
    quote: str  # an exact piece of the article's text, from the character `start` on
    start: int  # 0-based
    page: int
    printed_page: int | None
    bo_page: int | None
    boxes: tuple[PageBox, ...]
    force: str | None = None  # "en vigueur depuis le 01/09/2023"; None: dates not known


class FindingKind(StrEnum):
    """What can be wrong with a sentence of an answer."""

    UNKNOWN_LABEL = "unknown_label"
    NO_LABEL = "no_label"
    FIGURE_NOT_IN_SOURCE = "figure_not_in_source"
    UNSUPPORTED = "unsupported"
    NOT_FRENCH = "not_french"
    REPEATED = "repeated"
    WRONG_REFERENCE = "wrong_reference"
    UNFINISHED = "unfinished"
    NEGATION = "negation"
    OBLIGATION = "obligation"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a sentence, kept and shown; a serious one takes it out of the answer."""

    kind: FindingKind
    message: str  # a French sentence
    serious: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the labels of what supports it."""

    sentence: str
    labels: tuple[int, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it stands in the body of the answer."""
        return not any(f.serious for f in self.findings)


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    NO_DOCUMENTS = "no_documents"


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of one answer went."""

    search: float
    first_token: float | None  # from the question; None when nothing was written
    total: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a model read and wrote, counted by its own tokenizer.

    Over all its attempts, but those that ran out of memory.
    """

    prompt: int
    answer: int

    def __add__(self, other: "Tokens") -> "Tokens":
        """Count two attempts together."""
        return Tokens(self.prompt + other.prompt, self.answer + other.answer)


class Stage(StrEnum):
    """What an answer waits for."""

    LOADING = "loading"  # the model, which is loaded once
    QUEUED = "queued"  # others are answered first
    READING = "reading"  # the model reads, or looks for its next word
    AGAIN = "again"  # it is written once more: the text that came so far does not count


@dataclass(frozen=True, slots=True)
class Waiting:
    """There is nothing new to read; said several times a second, so that who waits can leave."""

    stage: Stage
    ahead: int = 0  # how many are answered first, when `QUEUED`


@dataclass(frozen=True, slots=True)
class Review:
    """That a person wrote, or stands for, an answer."""

    by: str  # their name
    at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with everything that produced it."""

    question: str
    outcome: Outcome
    text: str
    regime: Regime
    citations: tuple[Citation, ...]
    sentences: tuple[Sentence, ...]
    contact: str | None
    model: str
    seconds: Seconds
    nearest: tuple[RankedPassage, ...] = field(default=())  # what search proposed, best first
    searched: tuple[str, ...] = ()  # identifiers of the documents that were searched
    prompt: str | None = None  # what a model was asked, word for word
    draft: str | None = None  # what it wrote, before the checks
    id: str | None = None  # once kept
    cached: bool = False  # whether it was written for someone who asked the same
    original: str | None = None  # … then the identifier of that answer
    written_at: str | None = None  # … and when it was written: ISO 8601, UTC
    review: Review | None = None  # of one that a person wrote
    tokens: Tokens | None = None  # None: no model wrote for it, or its engine did not count
