"""A question → its regime → ranked passages, the best one of each article."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.records import Article, Document, Passage, RankedPassage, Regime
from assistant.searching.article_wording import write_plainly
from assistant.searching.asked_words import term_weights
from assistant.searching.focus import subject_of
from assistant.searching.governed import governed_documents
from assistant.searching.index import Indexes
from assistant.searching.instruments import Instruments, shipped_instruments
from assistant.searching.lexical import ADDED
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.lookup import (
    ArticleAsked,
    ArticleRange,
    article_asked,
    is_look_up,
    names_another_text,
)
from assistant.searching.numbered_articles import NumberedArticles
from assistant.searching.passages import cut_passages
from assistant.searching.question_keys import all_questions, load_question_keys
from assistant.searching.ranking import add_keys, favour_places
from assistant.searching.regime import find_regime, searched_period
from assistant.searching.relevance import (
    CERTAIN,
    Relevance,
    content_words,
    covered_share,
    measure_relevance,
)
from assistant.searching.vocabulary import Vocabulary, build_vocabulary

_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # what no database can keep
_NEARLY = 0.8  # of the gate: what the other text of a comparison must reach
_VOCABULARIES_KEPT = 3  # of sets of documents: each decree and both; a megabyte or two each
_PASSAGES_AN_ARTICLE = 4  # fetched for each article wanted, since several passages share one


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that search proposes, with its best passage."""

    ranked: RankedPassage
    article: Article
    document: Document

    @property
    def page(self) -> int:
        """1-based PDF index of the page where the passage starts."""
        return self.article.page_at(self.ranked.passage.start).pdf


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


class Search:
    """Finds articles for questions."""

    def __init__(  # noqa: PLR0913 - what it stands on; the last three by name
        self,
        library: Library,
        indexes: Indexes,
        lexicon: LexiconStore,
        *,
        max_question_characters: int,
        today: Callable[[], date],
        instruments: Callable[[], Instruments] = shipped_instruments,
    ) -> None:
        self._library = library
        self._numbered = NumberedArticles(library)
        self._indexes = indexes
        self._lexicon = lexicon
        self._max_characters = max_question_characters
        self._today = today
        self._instruments = instruments
        self._vocabularies: Mapping[tuple[str, ...], Vocabulary] = {}

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        within: str | None = None,
        launched: date | None = None,
    ) -> SearchResult:
        """Give at most `limit` articles of the instruments that govern the question.

        Raises:
            InvalidQuestion: the question is empty or too long.
            UnknownInstrument: `within` is not indexed.
        """
        start = time.monotonic()
        question = self._checked(question)
        documents = self._library.searched_documents()
        indexed = [d.instrument.number for d in documents]
        if within and within not in indexed:
            listed = ", ".join(sorted(indexed)) or "aucun texte"
            raise UnknownInstrument(
                f"Le texte « {within} » n’est pas indexé", f"Sont indexés : {listed}."
            )
        today, instruments = self._today(), self._instruments()
        asked = article_asked(question, among=indexed)
        regime = find_regime(
            write_plainly(question) if asked else question,
            indexed=indexed,
            today=today,
            within=within,
            launched=launched,
            instruments=instruments,
        )
        period = searched_period(question, regime, today=today, instruments=instruments)
        searched = tuple(governed_documents(documents, regime, within, instruments, period))
        looked_up = asked is not None and is_look_up(question)
        search_in = self._look_up_in if looked_up else self._search_in
        sides = [search_in(side, question, asked, limit) for side in _sides(searched, regime)]
        named = asked is None or any(side.is_named for side in sides)
        ranges = () if named else tuple(self._numbered.ranges(searched, instruments))
        elsewhere = names_another_text(question, among=indexed)
        best = max(
            sides, key=lambda side: side.relevance.share_of_gate, default=_Side((), Relevance())
        )
        kept = [s for s in sides if s.relevance.share_of_gate >= _NEARLY] or sides
        ranks = zip_longest(*(side.hits for side in kept))  # the firsts, then the seconds…
        return SearchResult(
            question=question,
            regime=regime,
            hits=tuple(hit for hits in ranks for hit in hits if hit)[:limit],
            indexed=bool(documents),
            searched=searched,
            relevance=Relevance() if ranges or elsewhere else best.relevance,
            asked=asked,
            ranges=ranges,
            elsewhere=elsewhere,
            term_weights={} if looked_up else self._term_weights(searched, question),
            seconds=time.monotonic() - start,
            today=today,
            instruments=instruments,
        )

    def _look_up_in(
        self, documents: Sequence[Document], _question: str, asked: ArticleAsked | None, _limit: int
    ) -> "_Side":
        """Give the article that is asked for, and nothing else: there is nothing to rank by."""
        named = self._named_article(documents, asked)
        return _Side((named,), CERTAIN, is_named=True) if named else _Side((), Relevance())

    def _search_in(
        self,
        documents: Sequence[Document],
        question: str,
        asked: ArticleAsked | None,
        limit: int,
    ) -> "_Side":
        """Search documents that are ranked together; an article that is named comes first."""
        vocabulary = self._vocabulary(documents)
        subject = vocabulary.with_corrections(subject_of(question))
        ids = [document.id for document in documents]
        count = limit * _PASSAGES_AN_ARTICLE
        lexicon = self._lexicon.lexicon()
        added = lexicon.expand(subject)
        words = f"{content_words(subject)} {ADDED} {' '.join(added)}"
        proposed = self._indexes.passages.search(words, limit=count, document_ids=ids)
        by_key = self._indexes.keys.search(words, limit=count, document_ids=ids)
        both = add_keys(proposed, by_key, lambda key: self._best_passage(key, subject, vocabulary))
        ranked = favour_places(both, question, subject, vocabulary)
        hits = tuple(self._hits(ranked, documents, limit))
        if named := self._named_article(documents, asked):
            others = [hit for hit in hits if hit.article.number != named.article.number]
            return _Side((named, *others)[:limit], CERTAIN, is_named=True)
        passages = [candidate.passage for candidate in ranked]
        key_score = self._key_score(passages[0], by_key) if passages else None
        relevance = measure_relevance(subject, passages, vocabulary, lexicon, key_score)
        return _Side(hits, relevance)

    def _best_passage(self, key: Passage, subject: str, vocabulary: Vocabulary) -> Passage | None:
        """Give the passage of an article, found by its questions alone, that is nearest."""
        try:
            article = self._library.article(key.document_id, key.article)
        except UnknownInstrument:
            return None  # its document was removed since the search began
        passages = cut_passages(article, key.document_id, key.instrument)
        content = content_words(subject)
        weights = term_weights(subject, content, vocabulary, self._lexicon.lexicon())
        return max(passages, key=lambda passage: covered_share(weights, passage.text))

    def _key_score(self, best: Passage, by_key: Sequence[RankedPassage]) -> float | None:
        """Give the score of the questions of an article; None where nobody wrote any."""
        if best.article not in load_question_keys(best.instrument):
            return None
        return sum(
            key.score
            for key in by_key
            if (key.passage.document_id, key.passage.article) == (best.document_id, best.article)
        )

    def _named_article(
        self, documents: Sequence[Document], asked: ArticleAsked | None
    ) -> Hit | None:
        """Give an article asked for by its number, or the place in it, as one passage."""
        found = self._numbered.find(documents, asked, self._instruments())
        if found is None:
            return None
        document, article, passage = found
        return Hit(RankedPassage(passage, 0.0), article, document)

    def _term_weights(self, documents: Iterable[Document], question: str) -> Mapping[int, float]:
        vocabulary = self._vocabulary(documents)
        subject = vocabulary.with_corrections(subject_of(question))
        return term_weights(subject, content_words(subject), vocabulary, self._lexicon.lexicon())

    def _vocabulary(self, documents: Iterable[Document]) -> Vocabulary:
        """Count stems once for each set of documents; two people at once count it twice."""
        numbers = {document.id: document.instrument.number for document in documents}
        key = tuple(sorted(numbers))
        if key not in self._vocabularies:
            articles = [a for id_ in key for a in self._library.articles_of(id_)]
            built = build_vocabulary(articles, all_questions(numbers.values()))
            kept = list(self._vocabularies.items())[-_VOCABULARIES_KEPT:]
            self._vocabularies = {**dict(kept), key: built}
            return built
        return self._vocabularies[key]

    def _checked(self, question: str) -> str:
        text = " ".join(_NO_CHARACTER.sub(" ", question).split())
        if not any(character.isalnum() for character in text):
            raise InvalidQuestion(
                "La question est vide. Écrivez-la en une phrase, par exemple : "
                "« Quel est le délai de validité des offres ? »"
            )
        if len(text) > self._max_characters:
            raise InvalidQuestion(
                f"La question compte {len(text)} caractères, plus que les "
                f"{self._max_characters} admis. Résumez-la, ou posez plusieurs questions."
            )
        return text

    def _hits(
        self, ranked: Iterable[RankedPassage], searched: Iterable[Document], limit: int
    ) -> Iterable[Hit]:
        documents = {document.id: document for document in searched}
        seen: set[tuple[str, str]] = set()
        for candidate in ranked:
            passage = candidate.passage
            key = (passage.instrument, passage.article)
            if key in seen or len(seen) == limit:
                continue
            seen.add(key)
            try:
                article = self._library.article(passage.document_id, passage.article)
            except UnknownInstrument:
                continue  # its document was removed since the search began
            yield Hit(candidate, article, documents[passage.document_id])


@dataclass(frozen=True, slots=True)
class _Side:
    """What was found in documents that are ranked together."""

    hits: tuple[Hit, ...]
    relevance: Relevance
    is_named: bool = False  # the first is the article that the question names


def _sides(searched: Sequence[Document], regime: Regime) -> list[list[Document]]:
    """Give the documents to rank together: each text of a comparison by itself, else all."""
    if len(regime.instruments) < 2:
        return [list(searched)] if searched else []
    return [
        side
        for number in regime.instruments
        if (side := [d for d in searched if d.instrument.number == number])
    ]
