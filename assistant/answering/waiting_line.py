"""Who is answered next: first come, first served."""

import threading
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_PATIENCE = 10.0  # seconds that the end of the program waits for what is being done


class LineIsFull(Exception):
    """As many people wait as may wait."""


@dataclass(slots=True, eq=False)
class Ticket:
    """A place in the line, and what is done when its turn comes."""

    work: Callable[[], None]


class WaitingLine:
    """Does one thing after the other, in a thread of its own that is always the same.

    CUDA graphs belong to the thread that recorded them: another thread would record them again.
    The thread ends with the line, or with the program: `is_closed` then tells what is being done
    to stop, because torch aborts the whole process when the interpreter goes away under it.
    """

    def __init__(self) -> None:
        """Open the line; its thread keeps nothing of it alive."""
        desk = _Desk()
        thread = threading.Thread(target=desk.serve, name="causal-lm", daemon=True)
        thread.start()
        self._desk = desk
        weakref.finalize(self, _close, desk, thread)

    @property
    def is_closed(self) -> bool:
        """Whether what is being done has to stop."""
        return self._desk.is_closed.is_set()

    @property
    def length(self) -> int:
        """How many are served or wait."""
        with self._desk.changed:
            return self._desk.length()

    def join(self, work: Callable[[], None], *, longest: int, first: bool = False) -> Ticket:
        """Take the last place, or the one behind who is served; `work` must raise nothing.

        Raises `LineIsFull` when `longest` others wait already; `first` always finds a place.
        """
        ticket = Ticket(work)
        with self._desk.changed:
            if first:
                self._desk.waiting.appendleft(ticket)
            elif self._desk.length() > longest:
                raise LineIsFull
            else:
                self._desk.waiting.append(ticket)
            self._desk.changed.notify_all()
        return ticket

    def ahead(self, ticket: Ticket) -> int:
        """How many are served before; 0: it is one's turn, or was."""
        with self._desk.changed:
            if ticket not in self._desk.waiting:
                return 0
            return self._desk.waiting.index(ticket) + (self._desk.served is not None)

    def leave(self, ticket: Ticket) -> None:
        """Give a place up; nothing is changed when its turn has come."""
        with self._desk.changed:
            if ticket in self._desk.waiting:
                self._desk.waiting.remove(ticket)


class _Desk:
    """What the line and its thread share."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.waiting: deque[Ticket] = deque()
        self.served: Ticket | None = None
        self.is_closed = threading.Event()

    def length(self) -> int:
        return len(self.waiting) + (self.served is not None)

    def serve(self) -> None:
        while self._serve_next():
            pass

    def _serve_next(self) -> bool:
        """Serve one; whether there may be another."""
        with self.changed:
            self.changed.wait_for(lambda: self.waiting or self.is_closed.is_set())
            if self.is_closed.is_set():
                return False
            self.served = ticket = self.waiting.popleft()
        try:
            ticket.work()
        finally:
            with self.changed:
                self.served = None
        return True


def _close(desk: _Desk, thread: threading.Thread) -> None:
    """Stop the thread: nobody can join the line any more."""
    desk.is_closed.set()
    with desk.changed:
        desk.changed.notify_all()
    if thread is not threading.current_thread():  # what is done last may hold the last of the line
        thread.join(_PATIENCE)
