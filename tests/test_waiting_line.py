"""Who is served next, and by which thread."""

import gc
import threading
from collections.abc import Iterator

import pytest

from assistant.answering.waiting_line import LineIsFull, WaitingLine


class Desk:
    """A line whose first place is taken by work that lasts until it is let go."""

    def __init__(self) -> None:
        self.line = WaitingLine()
        self.served: list[object] = []
        self.done = threading.Semaphore(0)
        self._let_go = threading.Event()
        started = threading.Event()

        def work() -> None:
            started.set()
            self._let_go.wait(10)

        self.line.join(work, longest=0)
        assert started.wait(5)

    def join(self, name: object, *, longest: int = 99, first: bool = False) -> object:
        def work() -> None:
            self.served.append(name)
            self.done.release()

        return self.line.join(work, longest=longest, first=first)

    def let_go(self, *, count: int) -> None:
        """Serve those who wait, `count` of them."""
        self._let_go.set()
        for _ in range(count):
            assert self.done.acquire(timeout=5)


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = Desk()
    yield opened
    opened.let_go(count=0)


def test_first_come_is_first_served(desk: Desk) -> None:
    for number in range(20):
        desk.join(number)

    desk.let_go(count=20)

    assert desk.served == list(range(20))


def test_everyone_knows_how_many_are_served_before(desk: Desk) -> None:
    tickets = [desk.join(number) for number in range(3)]

    assert [desk.line.ahead(ticket) for ticket in tickets] == [1, 2, 3]
    assert desk.line.length == 4
    desk.let_go(count=3)
    assert [desk.line.ahead(ticket) for ticket in tickets] == [0, 0, 0]


def test_who_leaves_makes_room_and_is_not_served(desk: Desk) -> None:
    first, second, third = [desk.join(name) for name in "abc"]

    desk.line.leave(second)

    assert (desk.line.ahead(first), desk.line.ahead(third)) == (1, 2)
    desk.let_go(count=2)
    assert desk.served == ["a", "c"]


def test_a_full_line_takes_nobody_but_who_goes_on(desk: Desk) -> None:
    desk.join("a", longest=2)
    desk.join("b", longest=2)

    with pytest.raises(LineIsFull):
        desk.join("c", longest=2)

    desk.join("goes on", longest=2, first=True)
    desk.let_go(count=3)
    assert desk.served == ["goes on", "a", "b"]


def test_a_line_where_nobody_may_wait_serves_when_it_is_free() -> None:
    line, done = WaitingLine(), threading.Event()

    line.join(done.set, longest=0)

    assert done.wait(5)


def test_all_is_done_in_one_thread_that_ends_with_the_line() -> None:
    line, threads, done = WaitingLine(), [], threading.Event()

    for _ in range(3):
        line.join(lambda: threads.append(threading.current_thread()), longest=9)
    line.join(done.set, longest=9)
    assert done.wait(5)
    del line
    gc.collect()

    assert len(set(threads)) == 1
    threads[0].join(5)
    assert not threads[0].is_alive()
