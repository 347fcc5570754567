"""Engines reached over a real loopback connection."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.answer_records import Stage, Waiting
from assistant.answering.models import load_model, stream_events, stream_text
from assistant.errors import ModelUnavailable
from assistant.settings import Settings
from tests.openai_server import Connection, engine
from tests.tiny_llama import QUESTION


@contextmanager
def client(url: str, key: str = "") -> Iterator[Any]:
    settings: Any = Settings
    llm: Any = load_model(
        settings(_env_file=None, model="openai:mistral", model_url=url, model_api_key=key)
    )
    try:
        yield llm
    finally:
        llm._get_client().close()


def answer_well(connection: Connection) -> None:
    connection.begin()
    for text in ["L’article ", "12 ", "le dit."]:
        connection.send(text)
    connection.send(None, finish_reason="stop")
    connection.send_line("[DONE]")


def with_status(status: int) -> Callable[[Connection], None]:
    def answer(connection: Connection) -> None:
        connection.begin(status, "application/json")
        connection.wfile.write(b'{"error": {"message": "no"}}')

    return answer


def break_off(connection: Connection) -> None:
    connection.begin(Content_Length="9999")
    connection.send("L’article ")


def report_an_error(connection: Connection) -> None:
    connection.begin()
    connection.send("L’article ")
    connection.send_line('{"error": {"message": "out of memory"}}')


def answer_a_web_page(connection: Connection) -> None:
    connection.begin(kind="text/html")
    connection.wfile.write(b"<html><body>It works!</body></html>")


def stammer(connection: Connection) -> None:
    connection.begin()
    connection.send_line("{not json")


def answer_for_ever(connection: Connection) -> None:
    connection.begin()
    try:
        while True:
            connection.send("encore ")
    except OSError:
        connection.server.left.set()


def test_an_engine_s_text_is_streamed_with_the_reason_of_its_end() -> None:
    with engine(answer_well) as server, client(server.url, key="clef") as llm:
        stream = stream_text(llm, QUESTION)
        deltas = [next(stream), next(stream), next(stream)]
        with pytest.raises(StopIteration) as end:
            next(stream)

    assert deltas == ["L’article ", "12 ", "le dit."]
    assert end.value.value == "stop"
    [request] = server.requests
    assert (request["path"], request["key"]) == ("/v1/chat/completions", "Bearer clef")
    assert request["body"]["model"] == "mistral"
    assert request["body"]["temperature"] == 0
    assert [m["content"] for m in request["body"]["messages"]] == [
        "Réponds en français.",
        "Quels sont les délais de publicité ?",
    ]


def test_the_key_of_another_engine_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")

    with engine(answer_well) as server, client(server.url) as llm:
        list(stream_text(llm, QUESTION))

    assert "secret" not in server.requests[0]["key"]


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (with_status(401), "refuse la clé"),
        (with_status(403), "refuse la clé"),
        (with_status(404), "ne connaît pas ce modèle"),
        (with_status(429), "trop de demandes"),
        (with_status(400), "trop longs pour lui"),
        (with_status(503), "en panne \\(HTTP 503\\)"),
        (break_off, "interrompu pendant la réponse"),
        (report_an_error, "interrompu pendant la réponse"),
        (answer_a_web_page, "pas un moteur compatible"),
        (stammer, "pas un moteur compatible"),
    ],
)
def test_an_engine_s_failure_says_what_to_do(
    answer: Callable[[Connection], None], cause: str
) -> None:
    with (
        engine(answer) as server,
        client(server.url) as llm,
        pytest.raises(ModelUnavailable, match=cause),
    ):
        list(stream_text(llm, QUESTION))


def test_an_engine_that_is_not_started_says_so() -> None:
    with engine(answer_well) as stopped:
        pass

    with client(stopped.url) as llm, pytest.raises(ModelUnavailable, match="ne répond pas"):
        list(stream_text(llm, QUESTION))


def test_a_mute_engine_is_not_waited_for_for_ever() -> None:
    done = threading.Event()
    with (
        engine(lambda _: done.wait(5) and None) as server,
        client(server.url) as llm,
    ):
        llm.timeout, llm.max_retries = 0.1, 0
        with pytest.raises(ModelUnavailable, match="rien répondu"):
            list(stream_text(llm, QUESTION))
        done.set()


def test_leaving_the_stream_ends_the_request() -> None:
    with engine(answer_for_ever) as server, client(server.url) as llm:
        stream = stream_text(llm, QUESTION)
        assert next(stream) == "encore "

        stream.close()

        assert server.left.wait(timeout=5)


def test_who_waits_for_an_engine_can_leave_before_its_first_word() -> None:
    may_answer = threading.Event()

    def answer_late(connection: Connection) -> None:
        may_answer.wait(10)
        answer_for_ever(connection)

    with engine(answer_late) as server, client(server.url) as llm:
        events = stream_events(llm, QUESTION)
        assert next(events) == Waiting(Stage.READING)

        events.close()

        may_answer.set()
        assert server.left.wait(timeout=5)
