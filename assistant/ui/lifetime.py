"""What the server does when it starts and when it stops, whether somebody looks or not."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from anyio import to_thread

from assistant.errors import AssistantError
from assistant.searching.sent_files import some_are_left
from assistant.settings import load_settings
from assistant.ui.session import services
from assistant.wiring import WAITING_FILES


@asynccontextmanager
async def lifetime(_app: object) -> AsyncIterator[None]:
    """Take up the files that an earlier process left unread; at the end leave them to the next.

    Without such files nothing is opened before somebody comes.
    """
    if _files_were_left():
        threading.Thread(target=_open, daemon=True, name="resuming").start()
    try:
        yield
    finally:
        await to_thread.run_sync(services.stop_reading)


def _files_were_left() -> bool:
    with suppress(AssistantError):  # a setting that cannot be used: the pages say which
        return some_are_left(load_settings().data_dir / WAITING_FILES)
    return False


def _open() -> None:
    with suppress(AssistantError):  # the pages say what cannot be opened
        services()
