"""Which model answers, and engines reached over a real loopback connection."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from assistant.answering.models import (
    count_tokens,
    largest_that_fits,
    load_model,
    model_name,
    stream_text,
)
from assistant.answering.weights import find_folder, missing_weights
from assistant.errors import InvalidSettings, ModelUnavailable
from assistant.settings import Settings
from tests.tiny_llama import save_tiny_llama

LLAMA_7B = "meta-llama/Llama-2-7b-chat-hf"
LLAMA_13B = "meta-llama/Llama-2-13b-chat-hf"
QUESTION = [
    ChatMessage(role="system", content="Réponds en français."),
    ChatMessage(role="user", content="Quels délais ?"),
]


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty local cache of the hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return tmp_path


def cached(hub_cache: Path, name: str) -> Path:
    """Folder where the hub's client keeps one version of a model."""
    model = hub_cache / f"models--{name.replace('/', '--')}"
    version = model / "snapshots" / "0123456789abcdef0123456789abcdef01234567"
    version.mkdir(parents=True)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(version.name)
    return version


# Which model


def test_extractive_needs_no_model() -> None:
    assert load_model(settings(model="extractive")) is None
    assert model_name(settings(model="extractive"), None) == "extractive"


def test_auto_without_weights_is_extractive_and_imports_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.answering.models import load_model;"
        "from assistant.settings import Settings;"
        "assert load_model(Settings(_env_file=None)) is None;"
        "sys.exit(bool({'torch', 'transformers', 'llama_index.core'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], env={"HF_HOME": str(tmp_path), "PYTHONPATH": "."}, check=False
    )

    assert ended.returncode == 0


def test_a_local_folder_is_loaded_and_named_with_its_bits(tmp_path: Path) -> None:
    folder = save_tiny_llama(tmp_path / "Petit-Llama-chat")
    chosen = settings(model=str(folder), model_bits=4)

    llm = load_model(chosen)

    assert model_name(chosen, llm) == "Petit-Llama-chat (4 bits)"
    assert type(llm).__name__ == "CausalLM"


def test_a_hub_name_in_the_local_cache_is_loaded(hub_cache: Path) -> None:
    save_tiny_llama(cached(hub_cache, "equipe/petit-llama"))
    chosen = settings(model="equipe/petit-llama", model_bits=16)

    llm = load_model(chosen)

    assert model_name(chosen, llm) == "petit-llama (16 bits)"


@pytest.mark.parametrize("bits", [0, 3, 5, 32])
def test_bits_that_do_not_exist_are_refused(bits: int) -> None:
    with pytest.raises(InvalidSettings, match="MODEL_BITS"):
        load_model(settings(model="extractive", model_bits=bits))


@pytest.mark.parametrize("url", ["", "localhost:8000/v1", "ftp://engine/v1"])
def test_an_engine_without_an_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings, match="MODEL_URL"):
        load_model(settings(model="openai:mistral", model_url=url))


def test_an_engine_s_model_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="sans nom"):
        load_model(settings(model="openai: ", model_url="http://127.0.0.1:1/v1"))


@pytest.mark.parametrize(
    ("gigabytes", "bits", "chosen"),
    [
        (80, 4, LLAMA_13B),
        (12, 4, LLAMA_13B),
        (11, 4, LLAMA_7B),
        (8, 4, LLAMA_7B),
        (6, 4, None),
        (24, 8, LLAMA_13B),
        (24, 16, LLAMA_7B),
        (12, 16, None),
    ],
)
def test_auto_takes_the_largest_llama_2_that_the_gpu_holds(
    gigabytes: int, bits: int, chosen: str | None
) -> None:
    assert largest_that_fits([LLAMA_13B, LLAMA_7B], gigabytes * 10**9, bits) == chosen


def test_auto_takes_no_model_that_is_not_here() -> None:
    assert largest_that_fits([LLAMA_7B], 80 * 10**9, 4) == LLAMA_7B
    assert largest_that_fits([], 80 * 10**9, 4) is None


# Weights on this machine


def test_a_download_that_was_cut_is_not_taken_for_weights(hub_cache: Path) -> None:
    version = cached(hub_cache, LLAMA_7B)
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (version / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    (version / shards["a"]).touch()

    assert find_folder(LLAMA_7B) == version
    assert missing_weights(version) == [shards["b"]]
    assert load_model(settings(model="auto")) is None

    (version / shards["b"]).touch()
    assert missing_weights(version) == []


def test_an_index_that_cannot_be_read_is_missing(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors.index.json").write_text("[")

    assert missing_weights(tmp_path) == ["model.safetensors.index.json"]


@pytest.mark.parametrize("name", ["", "a/b/c", "-", "a b", "../nowhere", LLAMA_7B])
def test_a_name_that_stands_for_nothing_here_has_no_folder(hub_cache: Path, name: str) -> None:
    assert find_folder(name or "é") is None


# Engines


class Engine(ThreadingHTTPServer):
    """Speaks the streaming protocol of OpenAI's chat completions, as `answer` says."""

    daemon_threads = True

    def __init__(self, answer: "Callable[[Connection], None]") -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.answer = answer
        self.requests: list[dict[str, Any]] = []
        self.left = threading.Event()  # the client went away while it was written to

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Connection(BaseHTTPRequestHandler):
    server: Engine

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Authorization"]
        self.server.requests.append({"path": self.path, "key": key, "body": body})
        self.server.answer(self)

    def log_message(self, *_: Any) -> None:
        """Say nothing on the terminal."""

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, text: str | None, finish_reason: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish_reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        self.send_line(json.dumps(chunk | {"choices": [choice]}))

    def send_line(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())


@contextmanager
def engine(answer: Callable[[Connection], None]) -> Iterator[Engine]:
    with Engine(answer) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()


@contextmanager
def client(url: str, key: str = "") -> Iterator[Any]:
    llm: Any = load_model(settings(model="openai:mistral", model_url=url, model_api_key=key))
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
        "Quels délais ?",
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


def test_a_remote_model_is_named_with_its_host() -> None:
    chosen = settings(model="openai:mistral-small", model_url="https://ia.example.org:8000/v1")

    assert model_name(chosen, load_model(chosen)) == "mistral-small (ia.example.org)"


def test_only_a_model_in_this_process_can_count_tokens(tmp_path: Path) -> None:
    here: Any = load_model(settings(model=str(save_tiny_llama(tmp_path)), model_bits=16))
    there: Any = load_model(settings(model="openai:m", model_url="http://127.0.0.1:1/v1"))

    assert (count_tokens(here, QUESTION) or 0) > 10
    assert count_tokens(there, QUESTION) is None


def test_a_model_in_this_process_streams_the_same_way(tmp_path: Path) -> None:
    llm: Any = load_model(settings(model=str(save_tiny_llama(tmp_path)), model_bits=16))
    llm.max_new_tokens = 20

    assert "".join(stream_text(llm, QUESTION)) == llm.chat(QUESTION).message.content
