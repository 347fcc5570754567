"""A question → an answer with its sources, or a refusal that helps."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol

from assistant.answer_records import Answer, Citation, Outcome, Sentence, Stage, Waiting
from assistant.answering.answer_cache import AnswerCache
from assistant.answering.cache_use import CacheUse
from assistant.answering.checks import Shown, read_draft
from assistant.answering.citations import cite
from assistant.answering.drafting import Draft
from assistant.answering.events import in_background, tap
from assistant.answering.extractive import extract
from assistant.answering.history import History
from assistant.answering.models import EXTRACTIVE
from assistant.answering.pointed_passages import point_passages
from assistant.answering.prompts import is_refusal
from assistant.answering.quotations import best_quote
from assistant.answering.reviewed_answers import ReviewedAnswers
from assistant.answering.turns import Turns
from assistant.answering.wanted import Wanted
from assistant.answering.writing import write_from
from assistant.records import CrossReference
from assistant.searching.lexical import encode_questions
from assistant.searching.passages import table_header
from assistant.searching.results import Hit, SearchResult

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_PASSAGES_SHOWN = 5  # to a model
_AT_ONCE = 2  # questions that are searched or quoted: one computes while the other reads the disk
_NEIGHBOURS_SHOWN = 2  # articles that these refer to, the first to go where there is no room


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the answers."""

    name: str  # as the screen and the JSON say it
    llm: "LLM | None"  # None: the sentences of the law themselves


class Searching(Protocol):
    """What an answer needs of search."""

    def search(
        self, question: str, *, within: str | None = None, launched: date | None = None
    ) -> SearchResult:
        """Give the articles that may answer."""

    def neighbours(self, result: SearchResult, *, limit: int) -> list[Hit]:
        """Give articles that these refer to."""

    def referred(self, hit: Hit, reference: CrossReference, result: SearchResult) -> Hit | None:
        """Give what an article refers to."""


class Answering:
    """Answers questions; safe for several people at once."""

    def __init__(  # noqa: PLR0913 - what it stands on; the last three by name
        self,
        search: Searching,
        history: History,
        writer: Callable[[], Writer],
        *,
        contact: str,
        cache: AnswerCache | None = None,
        reviewed: ReviewedAnswers | None = None,
    ) -> None:
        """Answer with what `writer` gives, which is asked only once there is something to write.

        Without a `cache` every answer is written; what a person wrote (`reviewed`) comes first.
        """
        self._search = search
        self._history = history
        self._writer = writer
        self._contact = contact or None
        self._cache = cache
        self._reviewed = reviewed
        self._known_writer: Writer | None = None
        self._turns = Turns(_AT_ONCE)

    def ask(
        self,
        question: str,
        *,
        within: str | None = None,
        launched: date | None = None,
        cache: CacheUse = CacheUse.NORMAL,
        keep: bool = True,
    ) -> Answer:
        """Answer a question and keep the answer, unless nobody asked: an evaluation.

        Raises:
            AssistantError: the question cannot be searched, or the model cannot answer.
        """
        answer: Answer | None = None
        events = self.stream(question, within=within, launched=launched, cache=cache, keep=keep)
        for event in events:
            answer = event if isinstance(event, Answer) else answer
        assert answer is not None
        return answer

    def stream(
        self,
        question: str,
        *,
        within: str | None = None,
        launched: date | None = None,
        cache: CacheUse = CacheUse.NORMAL,
        keep: bool = True,
    ) -> Generator[str | Waiting | Answer, None, None]:
        """Give the text while it is written, not yet checked, and last the answer, kept.

        In between comes what is waited for, several times a second. Closing the generator stops
        the model, and keeps nothing.
        """
        start = time.monotonic()
        keep_it = partial(self._history.keep, within=within)
        keep_answer = keep_it if keep else _as_it_is
        with self._turns.turn():
            version = self._cache.corpus_version() if self._cache else 0
            result = self._search.search(question, within=within, launched=launched)
            draft = Draft(result, self._contact, start)
            reviewed = self._reviewed.find(result) if self._reviewed and keep else None
        if reviewed:
            yield keep_it(draft.review(reviewed))
            return
        if not result.relevance.suffices:
            yield keep_answer(draft.refuse(EXTRACTIVE))
            return
        writer = yield from self._loaded()
        if self._cache is None or cache is CacheUse.NONE or not keep:
            written, _ = yield from self._write(draft, writer)
            yield keep_answer(written)
            return
        place = self._cache.place(result, writer.name, version)
        if cache is CacheUse.NORMAL and (original := self._cache.find(place)):
            yield keep_it(draft.repeat(original))
            return
        written, is_lasting = yield from self._write(draft, writer)
        kept = keep_it(written)
        if is_lasting:
            self._cache.keep(place, kept)
        yield kept

    def _loaded(self) -> Generator[Waiting, None, Writer]:
        """Give who writes, loaded by the first question; the others start no thread to wait."""
        if self._known_writer is None:
            loading = in_background(self._writer, Waiting(Stage.LOADING))
            self._known_writer = yield from loading
        return self._known_writer

    def _write(
        self, draft: Draft, writer: Writer
    ) -> Generator[str | Waiting, None, tuple[Answer, bool]]:
        """Write an answer; the value is also whether it would be the same again."""
        if writer.llm is not None:
            return (yield from self._have_written(draft, writer.name, writer.llm))
        refer = partial(self._search.referred, result=draft.result)
        with self._turns.turn():
            answer = draft.finish(writer.name, *extract(draft.result, refer))
        return answer, answer.outcome is Outcome.ANSWERED

    def _have_written(
        self, draft: Draft, name: str, llm: "LLM"
    ) -> Generator[str | Waiting, None, tuple[Answer, bool]]:
        """Have a model write, then check and cite what it wrote."""
        result = point_passages(draft.result)
        hits = [
            *result.hits[:_PASSAGES_SHOWN],
            *self._search.neighbours(result, limit=_NEIGHBOURS_SHOWN),
        ]
        written = yield from tap(write_from(llm, draft.result.question, hits), draft.note)
        shown = {number: _shown(hit) for number, hit in enumerate(written.hits, start=1)}
        refuses = is_refusal(written.text)
        sentences = [] if refuses else read_draft(written.text, shown, is_cut=written.is_cut)
        answer = draft.finish(name, *cite_sentences(sentences, written.hits))
        # What the checks took apart, or fewer passages gave, may be written better the next time.
        is_whole = answer.outcome is Outcome.ANSWERED or (refuses and bool(written.text.strip()))
        is_lasting = is_whole and not written.is_cut and not written.is_short_of_memory
        said = replace(answer, prompt=written.prompt, draft=written.draft, tokens=written.tokens)
        return said, is_lasting


def _as_it_is(answer: Answer) -> Answer:
    return answer


def cite_sentences(
    sentences: Sequence[Sentence], hits: Sequence[Hit]
) -> tuple[list[Sentence], list[Citation]]:
    """Write the citations of what is kept, numbered from 1 in the order they are first used.

    A sentence that was taken out keeps the labels the model gave it.
    """
    kept = [sentence for sentence in sentences if sentence.is_kept]
    used = dict.fromkeys(n for s in kept for n in s.labels if 1 <= n <= len(hits))
    renumbered = {label: number for number, label in enumerate(used, start=1)}
    citations = []
    for label, number in renumbered.items():
        said = " ".join(s.sentence for s in kept if label in s.labels)
        citations.append(_cite_passage(hits[label - 1], said, number))
    cited = [
        replace(s, labels=tuple(renumbered[n] for n in s.labels if n in renumbered))
        if s.is_kept
        else s
        for s in sentences
    ]
    return cited, citations


def _cite_passage(hit: Hit, said: str, label: int) -> Citation:
    """Quote of a passage what the sentences that cite it say."""
    [stems], _ = encode_questions([said])
    passage = hit.ranked.passage
    whole = (passage.start, passage.start + len(passage.text.rstrip()))
    wanted = Wanted(dict.fromkeys(stems, 1.0))
    span = best_quote(hit.article, wanted, within=(passage.start, passage.end))
    return cite(hit, span or whole, label)


def _shown(hit: Hit) -> Shown:
    passage = hit.ranked.passage
    header = table_header(hit.article.text, passage.start)
    text = f"{header}\n{passage.text}" if header else passage.text
    return Shown(text, passage.article, passage.instrument, passage.heading)
