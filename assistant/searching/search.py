"""A question → its regime → ranked passages, the best one of each article."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.records import Article, Document, Passage, RankedPassage, Regime
from assistant.searching.focus import subject_of
from assistant.searching.governed import governed_documents, ranked_together, texts_of_law
from assistant.searching.index import Indexes
from assistant.searching.lexical import ADDED
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.lookup import ArticleAsked, ArticleRange, article_asked, names_another_text
from assistant.searching.options import ALL_PARTS, SearchOptions
from assistant.searching.passages import cut_passages, part_of, whole_passage
from assistant.searching.question_keys import all_questions, load_question_keys
from assistant.searching.ranking import add_keys, favour_places, fuse_by_rank
from assistant.searching.regime import find_regime
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
    term_weights: Mapping[int, float]  # IDF of each stem of the question
    seconds: float


class Search:
    """Finds articles for questions."""

    def __init__(
        self,
        library: Library,
        indexes: Indexes,
        lexicon: LexiconStore,
        *,
        max_question_characters: int,
        today: Callable[[], date],
    ) -> None:
        self._library = library
        self._indexes = indexes
        self._lexicon = lexicon
        self._max_characters = max_question_characters
        self._today = today
        self._vocabularies: Mapping[tuple[str, ...], Vocabulary] = {}

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        within: str | None = None,
        launched: date | None = None,
        options: SearchOptions = ALL_PARTS,
    ) -> SearchResult:
        """Give at most `limit` articles of the instruments that govern the question.

        `options` leaves parts of the search out, to measure what they are worth.

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
        regime = find_regime(
            question, indexed=indexed, today=self._today(), within=within, launched=launched
        )
        by_regime = options.regime or within is not None
        searched = tuple(governed_documents(documents, regime, within) if by_regime else documents)
        asked = article_asked(question, among=indexed) if options.lookup else None
        subject = subject_of(question) if by_regime else question
        query = _Query(question, subject, asked, limit, options)
        together = ranked_together(searched, regime) if by_regime else [searched]
        sides = [self._search_in(side, query) for side in together]
        named = asked is None or any(side.is_named for side in sides)
        ranges = () if named else tuple(self._ranges(searched))
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
            term_weights=self._vocabulary(searched).question_weights(content_words(subject)),
            seconds=time.monotonic() - start,
        )

    def _search_in(self, documents: Sequence[Document], query: "_Query") -> "_Side":
        """Search documents that are ranked together; an article that is named comes first."""
        vocabulary, subject, options = self._vocabulary(documents), query.subject, query.options
        if options.spelling:
            subject = " ".join([subject, *vocabulary.speller.correct(subject)])
        added = self._lexicon.lexicon().expand(subject) if options.lexicon else []
        words = f"{content_words(subject)} {ADDED} {' '.join(added)}"
        ids = [document.id for document in documents]
        count = query.limit * _PASSAGES_AN_ARTICLE
        ranked = self._indexes.passages.search(words, limit=count, document_ids=ids)
        asked_of = self._indexes.keys if options.weights.keys else None
        by_key = asked_of.search(words, limit=count, document_ids=ids) if asked_of else []
        ranked = add_keys(
            ranked,
            by_key,
            lambda key: self._best_passage(key, subject, vocabulary),
            options.weights,
        )
        ranked = favour_places(ranked, query.question, subject, vocabulary, options.weights)
        if options.encoder:
            near = self._indexes.passages.nearest(query.subject, limit=count, document_ids=ids)
            ranked = fuse_by_rank(ranked, near, options.weights)
        hits = tuple(self._hits(ranked, documents, query.limit))
        if named := self._named_article(documents, query.asked):
            others = [hit for hit in hits if hit.article.number != named.article.number]
            return _Side((named, *others)[: query.limit], CERTAIN, is_named=True)
        passages = [candidate.passage for candidate in ranked]
        key_score = self._key_score(passages[0], by_key) if passages and asked_of else None
        return _Side(hits, measure_relevance(subject, passages, vocabulary, key_score))

    def _best_passage(self, key: Passage, subject: str, vocabulary: Vocabulary) -> Passage | None:
        """Give the passage of an article, found by its questions alone, that is nearest."""
        try:
            article = self._library.article(key.document_id, key.article)
        except UnknownInstrument:
            return None  # its document was removed since the search began
        passages = cut_passages(article, key.document_id, key.instrument)
        weights = vocabulary.question_weights(content_words(subject))
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
        for document in texts_of_law(documents) if asked else ():
            for article in self._library.articles_of(document.id):
                if asked and article.number == asked.number:
                    whole = whole_passage(article, document.id, document.instrument.number)
                    passage = part_of(whole, article, asked.paragraph)
                    return Hit(RankedPassage(passage, 0.0), article, document)
        return None

    def _ranges(self, documents: Sequence[Document]) -> Iterable[ArticleRange]:
        """Give the first and the last article of each text."""
        for document in texts_of_law(documents):
            numbered = [a for a in self._library.articles_of(document.id) if a.is_numbered]
            if numbered:
                first, last = numbered[0].number, numbered[-1].number
                yield ArticleRange(document.instrument.short_name, first, last)

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
class _Query:
    """What is searched in each side."""

    question: str
    subject: str  # … without the words that only choose the text
    asked: ArticleAsked | None
    limit: int
    options: SearchOptions


@dataclass(frozen=True, slots=True)
class _Side:
    """What was found in documents that are ranked together."""

    hits: tuple[Hit, ...]
    relevance: Relevance
    is_named: bool = False  # the first is the article that the question names
