"""A model writes: fewer passages when memory runs out, nothing kept of what is stopped."""

import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage, ChatResponse
from sqlalchemy import func, select

from assistant.answer_records import Answer, Stage, Waiting
from assistant.answering.answer_cache import AnswerCache
from assistant.answering.answering import Answering, Writer
from assistant.answering.prompts import REMINDER_TOKENS
from assistant.answering.writing import Written, write_from
from assistant.errors import ModelUnavailable, OutOfMemory
from assistant.searching.results import Hit
from assistant.storage.tables import AnswerRow, CachedAnswerRow
from assistant.wiring import Services, open_services

from .conftest import make_settings
from .scripted_llm import ScriptedLLM

CEILING = "Quel est le plafond des bons de commande ?"
TRUE = "Les bons de commande sont admis dans la limite de 85.000 dirhams [1]."


class ForgetfulLLM(ScriptedLLM):
    """Runs out of memory over more than `most` passages, after its first word."""

    most: int

    def stream_chat(self, messages: Sequence[ChatMessage], **_: Any) -> Iterator[ChatResponse]:
        responses = super().stream_chat(messages)
        yield next(responses)
        if (messages[-1].content or "").count("<<<") > self.most:
            raise OutOfMemory("forgetful", "la mémoire manque", "Posez une question plus courte.")
        yield from responses


class CountingLLM(ScriptedLLM):
    """Counts a token a character."""

    def count_tokens(self, messages: Sequence[ChatMessage]) -> int:
        return sum(len(message.content or "") for message in messages)


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[Services]:
    """The specimen, indexed once for all these tests."""
    opened = open_services(make_settings(tmp_path_factory.mktemp("specimen")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


@pytest.fixture
def hits(specimen: Services) -> list[Hit]:
    found = list(specimen.search.search(CEILING).hits[:5])
    assert len(found) == 5
    return found


def written(events: Generator[Any, None, Written]) -> tuple[list[Any], Written]:
    seen = []
    while True:
        try:
            seen.append(next(events))
        except StopIteration as end:
            return seen, end.value


@pytest.mark.parametrize(("most", "kept"), [(5, 5), (4, 2), (2, 2), (1, 1)])
def test_where_memory_runs_out_half_the_passages_are_shown(
    hits: list[Hit], most: int, kept: int
) -> None:
    events, result = written(write_from(ForgetfulLLM(script=TRUE, most=most), CEILING, hits))

    assert result.hits == tuple(hits[:kept])
    assert result.text.strip() == TRUE
    assert result.is_short_of_memory is (kept < 5)
    assert events.count(Waiting(Stage.AGAIN)) == (0 if kept == 5 else 1 if kept == 2 else 2)


def test_where_memory_holds_no_passage_at_all_the_person_is_told(hits: list[Hit]) -> None:
    with pytest.raises(OutOfMemory, match="la mémoire manque"):
        written(write_from(ForgetfulLLM(script=TRUE, most=0), CEILING, hits))


def test_passages_are_left_out_whole_at_the_very_token_where_they_no_longer_fit(
    hits: list[Hit],
) -> None:
    probe = CountingLLM(script=TRUE, context=10**6)
    written(write_from(probe, CEILING, hits))
    exact = len(probe.asked[-1]) - 1 + 512 + REMINDER_TOKENS  # a line end joins two messages

    for context, kept in ((exact, 5), (exact - 1, 4)):
        _, result = written(write_from(CountingLLM(script=TRUE, context=context), CEILING, hits))
        assert result.hits == tuple(hits[:kept])


def test_a_question_that_leaves_no_room_for_a_passage_is_refused_in_a_sentence(
    hits: list[Hit],
) -> None:
    with pytest.raises(ModelUnavailable, match="ne tient pas dans les 1200 jetons"):
        written(write_from(CountingLLM(script=TRUE, context=1200), CEILING, hits))


def kept(services: Services) -> tuple[int, int]:
    """How many answers are kept, and how many of them to be given again."""
    with services.database.session() as session:
        answers, cached = (
            session.scalar(select(func.count()).select_from(table))
            for table in (AnswerRow, CachedAnswerRow)
        )
        return answers or 0, cached or 0


def answering(services: Services, llm: ScriptedLLM) -> Answering:
    cache = AnswerCache(services.database, services.lexicon.lexicon, contact="")
    writer = Writer(f"scripted {id(llm)}", llm)
    return Answering(services.search, services.history, lambda: writer, contact="", cache=cache)


def test_nothing_is_kept_of_an_answer_that_is_stopped(specimen: Services) -> None:
    before = kept(specimen)
    events = answering(specimen, ScriptedLLM(script=TRUE)).stream(CEILING)
    while not isinstance(next(events), str):
        pass

    events.close()

    assert kept(specimen) == before


def test_an_answer_from_fewer_passages_is_kept_and_not_given_again(specimen: Services) -> None:
    answers, cached = kept(specimen)

    answer = answering(specimen, ForgetfulLLM(script=TRUE, most=3)).ask(CEILING)

    assert answer.citations
    assert kept(specimen) == (answers + 1, cached)


def test_who_leaves_while_the_model_is_loaded_leaves_it_loading(specimen: Services) -> None:
    loaded, may_load = threading.Event(), threading.Event()

    def load() -> Writer:
        may_load.wait(10)
        loaded.set()
        return Writer("scripted", ScriptedLLM(script=TRUE))

    events = Answering(specimen.search, specimen.history, load, contact="").stream(CEILING)
    assert next(events) == Waiting(Stage.LOADING)

    events.close()

    may_load.set()
    assert loaded.wait(5)


def test_a_failure_to_load_reaches_who_asks(specimen: Services) -> None:
    def load() -> Writer:
        raise ModelUnavailable("absent", "il n’est pas là", "Téléchargez-le.")

    with pytest.raises(ModelUnavailable, match="Téléchargez-le"):
        Answering(specimen.search, specimen.history, load, contact="").ask(CEILING)


def test_the_last_event_is_the_answer(specimen: Services) -> None:
    *_, last = answering(specimen, ScriptedLLM(script=TRUE)).stream(CEILING)

    assert isinstance(last, Answer)
