"""No request body is read beyond what a document, or a question, may weigh."""

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from assistant.settings import load_settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_AROUND = 1_000_000  # bytes: what a form puts around a file
_QUESTION = 200_000  # bytes: of all else; read before it is known who calls


class BodyLimit:
    """Ends a request whose body goes on: its length need not be announced, nor be true."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most, seen = _most(scope), 0

        async def receive_counted() -> "Message":
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_counted, send)


def _most(scope: "Scope") -> int:
    if scope["method"] == "POST" and scope["path"].rstrip("/").endswith("/documents"):
        return load_settings().max_file_megabytes * 1_000_000 + _AROUND
    return _QUESTION
