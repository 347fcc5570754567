"""Who works next, where many ask at once: first come, first served."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets so many work at once, and the others in the order in which they came.

    Python computes in one thread at a time. Twenty questions at once, each in its thread, hand the
    processor on every 5 ms: all are late, and those that take longest the latest. In turns each
    waits for those before it alone.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._changing = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        with self._changing:
            return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and give the place to the next at the end."""
        self._take()
        try:
            yield
        finally:
            self._give()

    def _take(self) -> None:
        called = threading.Lock()
        called.acquire()
        with self._changing:
            if self._free:  # then nobody waits: a place given back goes to who does
                self._free -= 1
                return
            self._waiting.append(called)
        called.acquire()

    def _give(self) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
