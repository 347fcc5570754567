"""Qdrant's REST interface over the client's own memory: what our code sends crosses the wire.

No Qdrant server runs here. Requests are read with the models of Qdrant's own client, which refuse
what its interface does not know.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import TypeAdapter
from qdrant_client import QdrantClient, models

_DONE = models.UpdateResult(operation_id=0, status=models.UpdateStatus.COMPLETED)


class QdrantServer:
    """Collections, and what was asked of them."""

    def __init__(self) -> None:
        self.kept = QdrantClient(":memory:")
        self.url = ""
        self.indexed_fields: list[str] = []
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, body: bytes) -> object:
        """Carry out one request; gives its result."""
        routes: list[tuple[str, Callable[..., object]]] = [
            (r"GET /collections", lambda _: self.kept.get_collections()),
            (r"GET /collections/([^/]+)/exists", self._exists),
            (r"GET /collections/([^/]+)", lambda name, _: self.kept.get_collection(name)),
            (r"PUT /collections/([^/]+)", self._create),
            (r"PUT /collections/([^/]+)/index", self._index),
            (r"PUT /collections/([^/]+)/points", self._upsert),
            (r"POST /collections/([^/]+)/points/delete", self._delete),
            (r"POST /collections/([^/]+)/points/query/batch", self._query),
            (r"POST /collections/([^/]+)/facet", self._facet),
        ]
        for pattern, act in routes:
            if found := re.fullmatch(pattern, f"{method} {path.split('?', maxsplit=1)[0]}"):
                with self._lock:
                    return act(*found.groups(), body)
        raise AssertionError(f"{method} {path}")

    def _exists(self, name: str, _: bytes) -> object:
        return models.CollectionExistence(exists=self.kept.collection_exists(name))

    def _create(self, name: str, body: bytes) -> object:
        given = models.CreateCollection.model_validate_json(body)
        return self.kept.create_collection(
            name, vectors_config=given.vectors, sparse_vectors_config=given.sparse_vectors
        )

    def _index(self, name: str, body: bytes) -> object:
        self.indexed_fields.append(models.CreateFieldIndex.model_validate_json(body).field_name)
        return _DONE

    def _upsert(self, name: str, body: bytes) -> object:
        return self.kept.upsert(name, models.PointsList.model_validate_json(body).points)

    def _delete(self, name: str, body: bytes) -> object:
        given: Any = TypeAdapter(models.PointsSelector).validate_json(body)
        return self.kept.delete(name, given.filter)

    def _query(self, name: str, body: bytes) -> object:
        given = models.QueryRequestBatch.model_validate_json(body)
        for request in given.searches:
            # A server says so of a dense query; the client in memory does not.
            corpus = request.params and request.params.idf
            assert not (corpus and isinstance(request.query, list)), "IDF of a dense vector"
        return self.kept.query_batch_points(name, given.searches)

    def _facet(self, name: str, body: bytes) -> object:
        given = models.FacetRequest.model_validate_json(body)
        assert given.key in self.indexed_fields, "a server counts by indexed fields alone"
        return self.kept.facet(name, given.key, given.filter, given.limit or 10)


@contextmanager
def serve_qdrant() -> Iterator[QdrantServer]:
    """Serve on a free port of this machine."""
    qdrant = QdrantServer()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            result = TypeAdapter(Any).dump_python(
                qdrant.answer(self.command, self.path, body), mode="json"
            )
            sent = json.dumps({"result": result, "status": "ok", "time": 0.0}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_PUT = do_POST = _serve  # noqa: N815

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    qdrant.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield qdrant
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
