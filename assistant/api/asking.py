"""Ask: the answer at once, or as it is written."""

import json
from collections.abc import AsyncIterator, Generator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Body
from fastapi.sse import format_sse_event
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import StreamingResponse

from assistant.answer_records import Answer, Waiting
from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json
from assistant.answering.models import EXTRACTIVE
from assistant.api.opened import Asker, Opened
from assistant.api.problems import problem_of
from assistant.api.shapes import AnswerShape, Question
from assistant.wiring import Services

router = APIRouter(tags=["Questions"])

Event = str | Waiting | Answer

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Événements `waiting`, `text` (pas encore vérifié), puis `answer`, la même "
        "réponse que celle de `/ask`, ou `problem`.",
        "content": {"text/event-stream": {}},
    }
}


@router.post("/ask")
def ask(asked: Annotated[Question, Body()], services: Opened, _: Asker) -> AnswerShape:
    """Answer a question, from the texts that govern it or from one of them."""
    *_earlier, last = _events(services, asked)
    assert isinstance(last, Answer)  # what a stream ends on
    return AnswerShape.model_validate(asked_json(last))


@router.post("/ask/stream", response_class=StreamingResponse, responses=_STREAM)
def ask_stream(asked: Annotated[Question, Body()], services: Opened, _: Asker) -> StreamingResponse:
    """Answer a question while it is written (server-sent events); hanging up stops the model."""
    events = _events(services, asked)
    first = next(events)  # what cannot be asked is refused before anything is sent
    return StreamingResponse(
        frames(first, events),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


def asked_json(answer: Answer) -> dict[str, Any]:
    """Give an answer as the command line does, and under the names that evaluations use.

    `retrieved_answer` is what the texts say of it, `llm_generated_answer` what a model made of
    that: null where no model wrote.
    """
    return {
        "id": answer.id,
        **answer_json(answer),
        "user_question": answer.question,
        "retrieved_answer": "\n\n".join(citation.quote for citation in answer.citations),
        "llm_generated_answer": None if answer.model == EXTRACTIVE else answer.text,
    }


def _events(services: Services, asked: Question) -> Generator[Event, None, None]:
    return services.answering.stream(
        asked.question,
        within=asked.within,
        launched=asked.launched,
        cache=CacheUse.REFRESH if asked.refresh else CacheUse.NORMAL,
    )


async def frames(first: Event, events: Generator[Event, None, None]) -> AsyncIterator[bytes]:
    """Write events on the wire; however it ends, the generator is closed and the model stops."""
    try:
        yield _frame(first)
        async for event in iterate_in_threadpool(events):
            yield _frame(event)
    except Exception as error:  # noqa: BLE001 - the answer has begun: it can only end on a problem
        yield _encoded("problem", problem_of(error))
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(events.close)


def _frame(event: Event) -> bytes:
    if isinstance(event, Answer):
        return _encoded("answer", asked_json(event))
    if isinstance(event, Waiting):
        return _encoded("waiting", {"stage": event.stage.value, "ahead": event.ahead})
    return _encoded("text", {"text": event})


def _encoded(event: str, content: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(content, ensure_ascii=False), event=event)
