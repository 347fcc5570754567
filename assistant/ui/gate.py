"""The gate before every address: who is not signed in sees the sign-in form, and nothing else.

Pages and API routes check again what a role allows. The gate closes what neither can: the files
that Streamlit serves and takes, and the actions of a page that stays open after its session ended.
"""

from typing import TYPE_CHECKING
from urllib.parse import quote

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from streamlit.proto.BackMsg_pb2 import BackMsg

from assistant.accounts.cookie import NAME
from assistant.accounts.opening import session_cookie
from assistant.errors import AssistantError
from assistant.settings import load_settings
from assistant.ui.organisation import ASKED, COOKIE, is_configured
from assistant.ui.session import SharedServices

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPEN = ("/connexion/", "/static/", "/api/", "/auth/")
_OPEN_FILES = {
    "/connexion",
    "/_stcore/health",
    "/_stcore/host-config",
    "/api",
    "/oauth2callback",
    "/favicon.png",
    "/favicon.svg",
    "/manifest.json",
}
"""The API checks its own callers; the rest holds nothing of anybody's."""


class Gate:
    """Lets through who is signed in, and everybody when accounts are switched off."""

    def __init__(self, app: "ASGIApp", services: SharedServices) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request, or one browser's messages."""
        if scope["type"] == "websocket":
            receive = self._checked(HTTPConnection(scope), receive)
        elif scope["type"] == "http" and not _is_open(scope["path"]):
            request = HTTPConnection(scope)
            if not await run_in_threadpool(self._lets_in, request):
                await _turn_away(scope["method"], request)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _checked(self, request: HTTPConnection, receive: "Receive") -> "Receive":
        """Have each message of a browser checked when it comes: a session can end meanwhile."""

        async def receive_checked() -> "Message":
            message = await receive()
            data = message.get("bytes")
            if not data or await run_in_threadpool(self._lets_in, request):
                return message
            return {**message, "bytes": without_action(data)}

        return receive_checked

    def _lets_in(self, request: HTTPConnection) -> bool:
        if _is_coming_from_organisation(request):
            return True
        cookie = request.cookies.get(NAME)
        if self._services.are_open:
            opened = self._services()
            return not opened.settings.accounts or opened.accounts.find(cookie) is not None
        try:
            settings = load_settings()
            return not settings.accounts or session_cookie(settings).read(cookie) is not None
        except AssistantError:
            return True  # nothing can be shown but that error, and the page explains it


def without_action(data: bytes) -> bytes:
    """Give a browser's message as if the page were merely opened: nothing was clicked or typed.

    The page then runs whole, and stops at the sign-in.
    """
    asked, opened = BackMsg(), BackMsg()
    try:
        asked.ParseFromString(data)
    except DecodeError:
        return data  # Streamlit closes the connection
    opened.rerun_script.page_script_hash = asked.rerun_script.page_script_hash
    opened.rerun_script.page_name = asked.rerun_script.page_name
    opened.rerun_script.query_string = asked.rerun_script.query_string
    written: bytes = opened.SerializeToString()
    return written


def _is_open(path: str) -> bool:
    return path in _OPEN_FILES or path.startswith(_OPEN)


def _is_coming_from_organisation(request: HTTPConnection) -> bool:
    """Tell whether somebody is on their way to the provider or back: the first page leads on."""
    asked = request.query_params.get(ASKED[0]) == ASKED[1] or COOKIE in request.cookies
    return request.url.path == "/" and asked and is_configured()


def _turn_away(method: str, request: HTTPConnection) -> Response:
    if method == "GET" and "text/html" in request.headers.get("accept", ""):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        onward = "" if asked == "/" else f"?suite={quote(asked)}"
        response: Response = RedirectResponse(f"/connexion{onward}", status_code=303)
    else:
        response = PlainTextResponse("Connectez-vous pour cela.", status_code=401)
    response.headers["cache-control"] = "no-store"
    return response
