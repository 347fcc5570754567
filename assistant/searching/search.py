"""A question → its regime → ranked passages, the best one of each article."""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.records import Article, Document, RankedPassage, Regime
from assistant.searching.index import PassageIndex
from assistant.searching.instruments import known_instruments
from assistant.searching.library import Library
from assistant.searching.regime import find_regime
from assistant.searching.relevance import Relevance, content_words, measure_relevance
from assistant.searching.vocabulary import Vocabulary, build_vocabulary

_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # what no database can keep
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
    term_weights: Mapping[int, float]  # IDF of each stem of the question
    seconds: float


class Search:
    """Finds articles for questions."""

    def __init__(
        self,
        library: Library,
        index: PassageIndex,
        *,
        max_question_characters: int,
        today: Callable[[], date],
    ) -> None:
        self._library = library
        self._index = index
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
        regime = find_regime(
            question, indexed=indexed, today=self._today(), within=within, launched=launched
        )
        searched = tuple(_governed(documents, regime, within))
        ids = [document.id for document in searched]
        ranked = self._index.search(question, limit=limit * _PASSAGES_AN_ARTICLE, document_ids=ids)
        vocabulary = self._vocabulary(searched)
        return SearchResult(
            question=question,
            regime=regime,
            hits=tuple(self._hits(ranked, searched, limit)),
            indexed=bool(documents),
            searched=searched,
            relevance=measure_relevance(question, [r.passage for r in ranked], vocabulary),
            term_weights=vocabulary.question_weights(content_words(question)),
            seconds=time.monotonic() - start,
        )

    def _vocabulary(self, documents: Iterable[Document]) -> Vocabulary:
        """Count stems once for each set of documents; two people at once count it twice."""
        key = tuple(sorted(document.id for document in documents))
        if key not in self._vocabularies:
            articles = [a for id_ in key for a in self._library.articles_of(id_)]
            self._vocabularies = {**self._vocabularies, key: build_vocabulary(articles)}
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
            article = self._library.article(passage.document_id, passage.article)
            yield Hit(candidate, article, documents[passage.document_id])


def _governed(
    documents: Iterable[Document], regime: Regime, within: str | None
) -> Iterable[Document]:
    """Give the documents to search: the governing ones, and those no regime is known for.

    An arrêté or a règlement de consultation without known dates is not left out; the specimen is,
    as soon as real law is indexed.
    """
    known = {instrument.number for instrument in known_instruments()}
    for document in documents:
        number = document.instrument.number
        if number in regime.instruments or (not within and number not in known):
            yield document
