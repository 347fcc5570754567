"""What comes bit by bit: work that who waits for it can leave, and events passed on."""

import queue
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, wait
from contextlib import closing
from typing import TypeVar

_T = TypeVar("_T")
_Event = TypeVar("_Event")

_HEARTBEAT = 0.25  # seconds


def in_background(work: Callable[[], _T], meanwhile: _Event) -> Generator[_Event, None, _T]:
    """Do `work` in a thread of its own; the generator's value is its result.

    Until then it gives `meanwhile` several times a second. Who closes it leaves; the work goes on.
    """
    result: Future[_T] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            result.set_exception(error)

    threading.Thread(target=run, name="background").start()
    while not wait([result], timeout=_HEARTBEAT).done:
        yield meanwhile
    return result.result()


def tap(
    events: Generator[_Event, None, _T], see: Callable[[_Event], None]
) -> Generator[_Event, None, _T]:
    """Pass events on, each shown to `see` first, and the value; closed, it closes them."""
    with closing(events):
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                value: _T = end.value
                return value
            see(event)
            yield event


def pump(events: Generator[_Event, None, _T], meanwhile: _Event) -> Generator[_Event, None, _T]:
    """Have events come in a thread of its own, and give `meanwhile` where none comes for a while.

    For what says nothing until it has something: closed, this closes `events` at its next one.
    """
    items: queue.SimpleQueue[_Event | None] = queue.SimpleQueue()  # None: the end
    result: Future[_T] = Future()
    has_left = threading.Event()

    def put(event: _Event) -> None:
        items.put(event)
        if has_left.is_set():
            raise _Left

    def run() -> None:
        try:
            result.set_result(_drain(tap(events, put)))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            result.set_exception(error)
        finally:
            items.put(None)

    threading.Thread(target=run, name="pump", daemon=True).start()
    try:
        while True:
            try:
                event = items.get(timeout=_HEARTBEAT)
            except queue.Empty:
                event = meanwhile
            if event is None:
                break
            yield event
    finally:
        has_left.set()
    return result.result()


class _Left(Exception):
    """Nobody reads any more."""


def _drain(events: Generator[_Event, None, _T]) -> _T:
    while True:
        try:
            next(events)
        except StopIteration as end:
            value: _T = end.value
            return value
