"""A hub of models on the loopback, as far as its client asks: description, tree, files by range."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Models by name; what was asked of it."""

    models: dict[str, Path] = field(default_factory=dict)
    gated: set[str] = field(default_factory=set)
    cut_once: set[str] = field(default_factory=set)  # files whose first download ends half way
    is_down: bool = False
    sent: list[tuple[str, str | None]] = field(default_factory=list)  # file, range
    url: str = ""


@contextmanager
def running_hub() -> Iterator[Hub]:
    """Serve until the end of the block."""
    hub = Hub()

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    served: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.strip("/")
        if self.served.is_down:
            self._fail(503)
        elif "/resolve/" not in path and not path.startswith("api/models/"):
            self._fail(404)
        elif path.startswith("api/models/"):
            owner, model, *rest = path.removeprefix("api/models/").split("/")
            self._describe(f"{owner}/{model}", rest)
        else:
            name, _, file = path.partition(f"/resolve/{COMMIT}/")
            self._send_file(name, file)

    def _describe(self, name: str, rest: list[str]) -> None:
        if name not in self.served.models:
            self._fail(401, "RepoNotFound")
        elif name in self.served.gated:
            self._fail(403, "GatedRepo")
        elif rest[:1] == ["tree"]:
            self._send(json.dumps([_entry(*f) for f in self._files(name)]).encode())
        else:
            siblings = [{"rfilename": n, "size": p.stat().st_size} for n, p in self._files(name)]
            described = {"id": name, "sha": COMMIT, "siblings": siblings}
            self._send(json.dumps(described).encode())

    def _files(self, name: str) -> list[tuple[str, Path]]:
        folder = self.served.models[name]
        return [(str(p.relative_to(folder)), p) for p in folder.rglob("*") if p.is_file()]

    def _send_file(self, name: str, file: str) -> None:
        content = (self.served.models[name] / file).read_bytes()
        headers = {
            "ETag": f'"{hashlib.sha1(content).hexdigest()}"',
            "X-Repo-Commit": COMMIT,
            "Accept-Ranges": "bytes",
        }
        wanted = self.headers.get("Range")
        status, start = (206, int(wanted[6:].split("-")[0])) if wanted else (200, 0)
        if self.command == "GET":
            self.served.sent.append((file, wanted))
        self._send(content[start:], status, headers, is_cut=self._is_cut(file))

    def _is_cut(self, file: str) -> bool:
        if self.command == "GET" and file in self.served.cut_once:
            self.served.cut_once.discard(file)
            return True
        return False

    def _send(
        self,
        content: bytes,
        status: int = 200,
        headers: dict[str, str] | None = None,
        *,
        is_cut: bool = False,
    ) -> None:
        self.send_response(status)
        for key, value in (headers or {"Content-Type": "application/json"}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content[: len(content) // 2] if is_cut else content)
        self.close_connection = is_cut

    def _fail(self, status: int, code: str = "") -> None:
        self._send(b"{}", status, {"X-Error-Code": code, "Content-Type": "application/json"})


def _entry(name: str, path: Path) -> dict[str, object]:
    oid = hashlib.sha1(path.read_bytes()).hexdigest()
    return {"type": "file", "path": name, "size": path.stat().st_size, "oid": oid}
