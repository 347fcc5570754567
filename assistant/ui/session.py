"""What screens and API share: the services of this process, and one way to say what went wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.errors import AssistantError, report_bug
from assistant.ui.text import escape
from assistant.wiring import Services, open_services


class SharedServices:
    """The services, opened by the first who needs them, once a process.

    A failure is not kept: who comes next tries again, so that a page opened after the other
    program has stopped finds its index.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._services: Services | None = None
        self.on_open: Callable[[], object] = lambda: None

    def __call__(self) -> Services:
        """Give the services; raises what `open_services` raises."""
        with self._lock:
            if self._services is None:
                self._services = open_services()
                self._services.ingestions.resume()  # before anybody sends another file
                self._services.key_queue.submit_all()  # what an earlier process left unwritten
                self._services.retention.start()
                self.on_open()
            return self._services

    @property
    def are_open(self) -> bool:
        """Whether nobody need wait for them."""
        return self._services is not None

    def stop_reading(self) -> None:
        """Leave the files that are not read yet to the next process."""
        if self._services is not None:
            self._services.ingestions.close()

    def close(self) -> None:
        """Release the index and the database; the next call opens them again."""
        with self._lock:
            if self._services is not None:
                self._services.close()
                self._services = None


services = SharedServices()


def say_error(error: Exception) -> str:
    """Give the French sentence for an error; a bug goes to the log under its reference."""
    return str(error) if isinstance(error, AssistantError) else report_bug(error)


def show_error(error: Exception) -> bool:
    """Show what went wrong, and never a stack trace."""
    st.error(escape(say_error(error)), icon=":material/error:")
    return True  # Streamlit then shows nothing of its own


@contextmanager
def explain_errors() -> Iterator[None]:
    """Show what goes wrong inside, and go on after it.

    Streamlit's reruns and stops are no `Exception`, and pass through.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the one file of the screens that catches
        show_error(error)


def attempt(act: Callable[[], object]) -> str:
    """Do what a callback was asked; gives the French sentence for what went wrong, or "".

    What a callback shows stands above the page: the page itself says it where it belongs.
    """
    try:
        act()
    except Exception as error:  # noqa: BLE001 - as above
        return say_error(error)
    return ""
