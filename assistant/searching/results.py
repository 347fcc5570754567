"""What a search gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.records import Article, Document, RankedPassage, Regime
from assistant.searching.instruments import Instruments
from assistant.searching.lookup import ArticleAsked, ArticleRange
from assistant.searching.relevance import Relevance


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that search proposes, with its best passage."""

    ranked: RankedPassage
    article: Article
    document: Document
    cited_by: str | None = None  # of context: the number of the article that refers to it

    @property
    def page(self) -> int:
        """1-based PDF index of the page where the passage starts."""
        return self.article.page_at(self.ranked.passage.start).pdf


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks, and the article that answers it."""

    question: str
    hit: Hit
    term_weights: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found; no hit is a result, not an error."""

    question: str
    regime: Regime
    hits: tuple[Hit, ...]  # best first, an article once
    indexed: bool  # whether anything is indexed at all
    searched: tuple[Document, ...]  # the documents that the regime lets search
    relevance: Relevance  # of the best passage
    asked: ArticleAsked | None  # the article that the question names
    ranges: tuple[ArticleRange, ...]  # … those of the texts searched, when none has that one
    elsewhere: bool  # whether it names articles of other texts alone
    term_weights: Mapping[int, float]  # IDF of each stem of the question; the law's own too, less
    seconds: float
    today: date
    instruments: Instruments = field(repr=False)  # whose dates were known
    parts: tuple[Part, ...] = ()  # of a question that asks several things
