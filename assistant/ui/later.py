"""What the first screen does not need, made ready while people look at it."""

import gc
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FIRST_SCREEN = 1.0
"""Seconds from the opening of the services, after which their first page has been drawn: what is
made ready before would only slow it."""


class Later:
    """An application that is made by its first request, or before that when there is time."""

    def __init__(self, make: "Callable[[], ASGIApp]") -> None:
        self._make = make
        self._making = threading.Lock()
        self._made: ASGIApp | None = None

    def prepare(self) -> "ASGIApp":
        """Give the application, made the first time."""
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request; while the application is made, others are not kept waiting."""
        if self._made is None:
            await run_in_threadpool(self.prepare)
        assert self._made is not None
        await self._made(scope, receive, send)


def prepare_later(*steps: Callable[[], object]) -> None:
    """Do some things in a thread of their own, once the first screen is shown.

    What fails is in the log; who needs it meets the failure again, and is told.
    """

    def prepare() -> None:
        for step in steps:
            step()

    timer = threading.Timer(FIRST_SCREEN, prepare)
    timer.daemon = True
    timer.start()


def put_aside() -> None:
    """Put what stays to the end out of the way of the search for garbage.

    Streamlit searches all that lives after each run of a page: most of what a page cost. What is
    already garbage must go before, or it would stay: 300 MB with both decrees.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
