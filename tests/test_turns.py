import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.answering.turns import Turns


def test_those_who_wait_are_served_in_the_order_in_which_they_came() -> None:
    turns = Turns(1)
    served: list[int] = []
    has_begun, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with turns.turn():
            has_begun.set()
            may_end.wait(10)

    def work(number: int) -> None:
        with turns.turn():
            served.append(number)

    first = threading.Thread(target=hold)
    first.start()
    has_begun.wait(10)
    others = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for place, other in enumerate(others, start=1):
        other.start()
        wait_for(turns, place)
    may_end.set()
    for thread in (first, *others):
        thread.join(10)

    assert served == list(range(20))


def test_no_more_work_at_once_than_there_are_places() -> None:
    turns, counting = Turns(2), threading.Lock()
    at_work, most = 0, 0

    def work(_: int) -> None:
        nonlocal at_work, most
        with turns.turn():
            with counting:
                at_work += 1
                most = max(most, at_work)
            time.sleep(0.005)
            with counting:
                at_work -= 1

    with ThreadPoolExecutor(10) as people:
        list(people.map(work, range(40)))

    assert most == 2


def test_who_fails_gives_the_place_back() -> None:
    turns = Turns(1)

    for _ in range(2):
        with pytest.raises(ValueError, match="failed"), turns.turn():
            raise ValueError("failed")

    with turns.turn():
        assert turns.waiting == 0


def wait_for(turns: Turns, waiting: int) -> None:
    """Wait until so many wait for their turn."""
    end = time.monotonic() + 10
    while turns.waiting != waiting:
        assert time.monotonic() < end
        time.sleep(0.001)
