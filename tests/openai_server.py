"""An engine on the loopback that speaks OpenAI's streaming chat protocol, as a test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Engine(ThreadingHTTPServer):
    """Speaks the streaming protocol of OpenAI's chat completions, as `answer` says."""

    daemon_threads = True

    def __init__(self, answer: "Callable[[Connection], object]") -> None:
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
def engine(answer: Callable[[Connection], object]) -> Iterator[Engine]:
    with Engine(answer) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()
