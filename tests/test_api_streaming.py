"""Answers as they are written, over server-sent events."""

import json
import threading
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import anyio
import pytest
from starlette.testclient import TestClient

from assistant.api import create_api
from assistant.api.asking import frames
from assistant.wiring import Services, open_services

from .conftest import make_settings
from .openai_server import Connection, engine

CEILING = {"question": "Quel est le plafond des bons de commande ?"}
SAID = ["Le plafond est de ", "85.000 dirhams [1]."]


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    """Read the events of a stream: name and content."""
    frames = [dict(line.split(": ", 1) for line in f.splitlines()) for f in text.split("\n\n") if f]
    return [(frame["event"], json.loads(frame["data"])) for frame in frames]


@pytest.fixture
def client(specimen_services: Services) -> Iterator[TestClient]:
    with TestClient(create_api(lambda: specimen_services)) as opened:
        yield opened


def test_a_stream_ends_on_the_answer_that_is_asked_for(client: TestClient) -> None:
    streamed = client.post("/ask/stream", json=CEILING)
    name, content = events_of(streamed.text)[-1]
    asked = client.post("/ask", json=CEILING).json()

    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert name == "answer"
    assert content["citations"] == asked["citations"]


def test_what_cannot_be_asked_is_a_problem_and_no_stream(client: TestClient) -> None:
    refused = client.post("/ask/stream", json={"question": " "})

    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_text_of_a_model_comes_before_the_checked_answer(
    tmp_path: Path, specimens: list[Path]
) -> None:
    def answer(connection: Connection) -> None:
        connection.begin()
        for number, part in enumerate(SAID, start=1):
            connection.send(part, "stop" if number == len(SAID) else None)
        connection.send_line("[DONE]")

    with engine(answer) as server:
        services = open_services(make_settings(tmp_path, model="openai:m", model_url=server.url))
        services.library.ingest(specimens[1].name, specimens[1].read_bytes())
        with TestClient(create_api(lambda: services)) as client:
            events = events_of(client.post("/ask/stream", json=CEILING).text)
        services.close()

    texts = [content["text"] for name, content in events if name == "text"]
    assert "".join(map(str, texts)) == "".join(SAID)
    assert events[-1][0] == "answer"
    assert events[-1][1]["llm_generated_answer"]


def test_an_engine_that_fails_ends_the_stream_on_a_problem(
    tmp_path: Path, specimens: list[Path]
) -> None:
    def answer(connection: Connection) -> None:
        connection.begin()
        connection.send(SAID[0])
        connection.send_line("{")

    with engine(answer) as server:
        services = open_services(make_settings(tmp_path, model="openai:m", model_url=server.url))
        services.library.ingest(specimens[1].name, specimens[1].read_bytes())
        with TestClient(create_api(lambda: services)) as client:
            name, content = events_of(client.post("/ask/stream", json=CEILING).text)[-1]
        services.close()

    assert name == "problem"
    assert content["status"] == 503
    assert "Modèle" in str(content["detail"])


def test_who_hangs_up_stops_the_model() -> None:
    stopped = threading.Event()

    async def writes() -> AsyncGenerator[str, None]:
        try:
            while True:
                yield "mot "
        finally:
            stopped.set()

    async def hang_up() -> None:
        events = writes()
        stream = frames(await anext(events), events)
        await anext(stream)
        await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]

    anyio.run(hang_up)

    assert stopped.is_set()


def test_questions_that_wait_keep_no_thread_from_the_others(
    specimen_services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty wait, more than there are threads for all routes together."""
    released, asked = threading.Event(), threading.Semaphore(0)
    answer = specimen_services.answering.ask(CEILING["question"])

    def waits(*_: object, **__: object) -> Iterator[object]:
        asked.release()
        released.wait(60)
        yield answer

    monkeypatch.setattr(type(specimen_services.answering), "stream", waits)
    with TestClient(create_api(lambda: specimen_services)) as client:
        asking = [
            threading.Thread(target=client.post, args=("/ask",), kwargs={"json": CEILING})
            for _ in range(50)
        ]
        for one in asking:
            one.start()
        for _ in range(40):
            assert asked.acquire(timeout=30)
        health = client.get("/health")
        still_waiting = any(one.is_alive() for one in asking)
        released.set()
        for one in asking:
            one.join()

    assert (health.status_code, still_waiting) == (200, True)
