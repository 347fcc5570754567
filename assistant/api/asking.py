"""Ask: the answer at once, or as it is written."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import aclosing
from typing import Annotated, Any

import anyio
from anyio import to_thread
from anyio.lowlevel import RunVar
from fastapi import APIRouter, Body, Request
from fastapi.sse import format_sse_event
from starlette.requests import ClientDisconnect
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

_AT_ONCE = 40
"""Threads in which questions wait and are answered: the other routes, the pages and the sign-in
have others, and never wait for a question."""

_THREADS: RunVar[anyio.CapacityLimiter] = RunVar("threads of questions")  # of each event loop

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Événements `waiting`, `text` (pas encore vérifié), puis `answer`, la même "
        "réponse que celle de `/ask`, ou `problem`.",
        "content": {"text/event-stream": {}},
    }
}


@router.post("/ask")
async def ask(
    asked: Annotated[Question, Body()], request: Request, services: Opened, _: Asker
) -> AnswerShape:
    """Answer a question, from the texts that govern it or from one of them."""
    async with aclosing(_in_threads(_events(services, asked))) as events:
        async for event in events:
            if isinstance(event, Answer):
                return AnswerShape.model_validate(asked_json(event))
            if await request.is_disconnected():
                break
    raise ClientDisconnect


@router.post("/ask/stream", response_class=StreamingResponse, responses=_STREAM)
async def ask_stream(
    asked: Annotated[Question, Body()], services: Opened, _: Asker
) -> StreamingResponse:
    """Answer a question while it is written (server-sent events); hanging up stops the model."""
    events = _in_threads(_events(services, asked))
    first = await anext(events)  # what cannot be asked is refused before anything is sent
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


async def _in_threads(events: Generator[Event, None, None]) -> AsyncGenerator[Event, None]:
    """Give events, each awaited in a thread of those set apart for questions.

    However it ends, the generator is closed and the model stops.
    """
    limiter = _THREADS.get(None)
    if limiter is None:
        _THREADS.set(limiter := anyio.CapacityLimiter(_AT_ONCE))
    try:
        while (event := await to_thread.run_sync(next, events, None, limiter=limiter)) is not None:
            yield event
    finally:
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(events.close, limiter=limiter)


async def frames(first: Event, events: AsyncGenerator[Event, None]) -> AsyncIterator[bytes]:
    """Write events on the wire, and close them at its end."""
    async with aclosing(events):
        try:
            yield _frame(first)
            async for event in events:
                yield _frame(event)
        except Exception as error:  # noqa: BLE001 - the answer has begun: it can only end on one
            yield _encoded("problem", problem_of(error))


def _frame(event: Event) -> bytes:
    if isinstance(event, Answer):
        return _encoded("answer", asked_json(event))
    if isinstance(event, Waiting):
        return _encoded("waiting", {"stage": event.stage.value, "ahead": event.ahead})
    return _encoded("text", {"text": event})


def _encoded(event: str, content: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(content, ensure_ascii=False), event=event)
