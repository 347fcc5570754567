"""A question → its regime → ranked passages, the best one of each article."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import InvalidQuestion, UnknownInstrument
from assistant.records import CrossReference, Document, Passage, RankedPassage
from assistant.searching.article_wording import write_plainly
from assistant.searching.asked_words import term_weights
from assistant.searching.focus import subject_of
from assistant.searching.governed import governed_documents, ranked_together
from assistant.searching.index import Indexes
from assistant.searching.instruments import Instruments, shipped_instruments
from assistant.searching.lexical import ADDED
from assistant.searching.lexicon import Lexicon
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.lookup import ArticleAsked, article_asked, is_look_up, names_another_text
from assistant.searching.nearest import nearest_questions
from assistant.searching.neighbourhood import neighbours, referred
from assistant.searching.numbered_articles import NumberedArticles
from assistant.searching.options import ALL_PARTS, SearchOptions
from assistant.searching.parts import rank_within, split_question
from assistant.searching.passages import cut_passages
from assistant.searching.question_keys import load_question_keys
from assistant.searching.question_words import content_words
from assistant.searching.ranking import add_keys, favour_nearest, favour_places, fuse_by_rank
from assistant.searching.regime import find_regime, searched_period
from assistant.searching.relevance import (
    CERTAIN,
    Relevance,
    covered_share,
    measure_relevance,
)
from assistant.searching.results import Hit, Part, SearchResult
from assistant.searching.sides import Ranking, Side, rank_counterparts, take_turns
from assistant.searching.vocabularies import Vocabularies
from assistant.searching.vocabulary import Vocabulary

_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # what no database can keep
_PASSAGES_AN_ARTICLE = 4  # fetched for each article wanted, since several passages share one


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
        self._vocabularies = Vocabularies(library)
        self._indexes = indexes
        self._lexicon = lexicon
        self._max_characters = max_question_characters
        self._today = today
        self._instruments = instruments

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
        _check_within(within, indexed)
        today, instruments = self._today(), self._instruments()
        asked = article_asked(question, among=indexed) if options.lookup else None
        regime = find_regime(
            write_plainly(question) if asked else question,
            indexed=indexed,
            today=today,
            within=within,
            launched=launched,
            instruments=instruments,
        )
        period = searched_period(question, regime, today=today, instruments=instruments)
        by_regime = options.regime or within is not None
        governed = governed_documents(documents, regime, within, instruments, period)
        searched = tuple(governed if by_regime else documents)
        subject = subject_of(question) if by_regime else question
        query = _Query(question, subject, asked, limit, options, self._lexicon.lexicon())
        together = ranked_together(searched, regime) if by_regime else [searched]
        found = self._search_sides(together, query)
        is_named = asked is None or found.is_named
        ranges = () if is_named else tuple(self._numbered.ranges(searched, instruments))
        elsewhere = names_another_text(question, among=indexed)
        return SearchResult(
            question=question,
            regime=regime,
            hits=found.hits[:limit],
            indexed=bool(documents),
            searched=searched,
            relevance=Relevance() if ranges or elsewhere else found.relevance,
            asked=asked,
            ranges=ranges,
            elsewhere=elsewhere,
            term_weights={} if query.is_look_up else self._term_weights(searched, query),
            seconds=time.monotonic() - start,
            today=today,
            instruments=instruments,
            parts=tuple(self._parts(found.hits, together, query)),
        )

    def governing(self, question: str) -> tuple[str, ...]:
        """Give the instruments that govern a question, without searching."""
        indexed = [d.instrument.number for d in self._library.searched_documents()]
        today, instruments = self._today(), self._instruments()
        return find_regime(
            question, indexed=indexed, today=today, instruments=instruments
        ).instruments

    def neighbours(self, result: SearchResult, *, limit: int) -> list[Hit]:
        """Give at most `limit` articles that the best hits refer to, as context for an answer."""
        return neighbours(result, self._library, limit=limit)

    def referred(self, hit: Hit, reference: CrossReference, result: SearchResult) -> Hit | None:
        """Give what an article refers to; None where the documents searched do not have it."""
        return referred(hit, reference, result, self._library)

    def _search_sides(self, together: Iterable[Sequence[Document]], query: "_Query") -> Side:
        """Search each side by itself, and take turns."""
        if query.is_look_up:
            return take_turns([self._look_up_in(documents, query) for documents in together])
        rankings = [self._rank(documents, query) for documents in together]
        return take_turns([self._propose(r, query) for r in rank_counterparts(rankings)])

    def _parts(
        self, hits: Sequence[Hit], together: Sequence[Sequence[Document]], query: "_Query"
    ) -> Iterator[Part]:
        """Search each part of a question by itself, among what was found for the whole of it."""
        if len(together) != 1 or query.asked:
            return
        for question in split_question(query.question):
            part = replace(query, question=question, subject=subject_of(question))
            ranking = rank_within(self._rank(together[0], part), hits)
            side = self._propose(ranking, part)
            if side.relevance.suffices:
                yield Part(question, side.hits[0], ranking.terms)

    def _look_up_in(self, documents: Sequence[Document], query: "_Query") -> Side:
        """Give the article that is asked for, and nothing else: there is nothing to rank by."""
        named = self._named_article(documents, query.asked)
        return Side((named,), CERTAIN, is_named=True) if named else Side((), Relevance())

    def _propose(self, ranking: Ranking, query: "_Query") -> Side:
        """Give the best articles of a ranking; one that is named comes first."""
        hits = tuple(self._hits(ranking.passages, ranking.documents, query.limit))
        if named := self._named_article(ranking.documents, query.asked):
            others = [hit for hit in hits if hit.article.number != named.article.number]
            return Side((named, *others)[: query.limit], CERTAIN, is_named=True)
        passages = [candidate.passage for candidate in ranking.passages]
        has_keys = passages and query.options.weights.keys
        key_score = self._key_score(passages[0], ranking.keys) if has_keys else None
        relevance = measure_relevance(
            ranking.subject, passages, ranking.vocabulary, ranking.lexicon, key_score
        )
        return Side(hits, relevance)

    def _rank(self, documents: Sequence[Document], query: "_Query") -> Ranking:
        """Rank passages, the best first; also the questions of articles that were found."""
        options, weights = query.options, query.options.weights
        vocabulary = self._vocabularies.of(documents)
        subject = query.corrected(vocabulary)
        lexicon = query.lexicon
        added = lexicon.expand(subject) if options.lexicon else []
        terms = term_weights(subject, content_words(subject), vocabulary, lexicon)
        words = f"{content_words(subject)} {ADDED} {' '.join(added)}"
        ids = [document.id for document in documents]
        count = query.limit * _PASSAGES_AN_ARTICLE
        ranked = self._indexes.passages.search(words, limit=count, document_ids=ids)
        by_key: list[RankedPassage] = []
        if weights.keys:
            by_key = self._indexes.keys.search(words, limit=count, document_ids=ids)
        ranked = add_keys(ranked, by_key, lambda key: self._best_passage(key, terms), weights)
        ranked = favour_places(ranked, query.question, subject, vocabulary, weights)
        ranked = favour_nearest(ranked, nearest_questions(subject, by_key), weights)
        if options.encoder:
            near = self._indexes.passages.nearest(query.subject, limit=count, document_ids=ids)
            ranked = fuse_by_rank(ranked, near, weights)
        return Ranking(documents, subject, vocabulary, lexicon, terms, ranked, by_key)

    def _best_passage(self, key: Passage, terms: Mapping[int, float]) -> Passage | None:
        """Give the passage of an article, found by its questions alone, that has most terms."""
        try:
            article = self._library.article(key.document_id, key.article)
        except UnknownInstrument:
            return None  # its document was removed since the search began
        passages = cut_passages(article, key.document_id, key.instrument)
        return max(passages, key=lambda passage: covered_share(terms, passage.text))

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
        found = self._numbered.find(documents, asked, self._instruments()) if asked else None
        if found is None:
            return None
        document, article, passage = found
        return Hit(RankedPassage(passage, 0.0), article, document)

    def _term_weights(self, documents: Iterable[Document], query: "_Query") -> Mapping[int, float]:
        vocabulary = self._vocabularies.of(documents)
        subject = query.corrected(vocabulary)
        return term_weights(subject, content_words(subject), vocabulary, query.lexicon)

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
    lexicon: Lexicon

    @property
    def is_look_up(self) -> bool:
        """Whether it asks for an article by its number, and for nothing else."""
        return self.asked is not None and is_look_up(self.question)

    def corrected(self, vocabulary: Vocabulary) -> str:
        """Give the subject, with its misspelt words as the documents write them."""
        return vocabulary.with_corrections(self.subject) if self.options.spelling else self.subject


def _check_within(within: str | None, indexed: Iterable[str]) -> None:
    if within and within not in indexed:
        listed = ", ".join(sorted(indexed)) or "aucun texte"
        raise UnknownInstrument(
            f"Le texte « {within} » n’est pas indexé", f"Sont indexés : {listed}."
        )
