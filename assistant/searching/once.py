"""Tables that are made once, however many people need them first at the same moment."""

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def once(load: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function gives, as `functools.cache` does, and run it in one thread at a time.

    `cache` alone lets each of twenty threads make the same table: twenty times its memory, and
    its time twenty times over on the same cores.
    """
    lock, kept = threading.RLock(), cast(Callable[P, T], cache(load))

    @wraps(load)
    def loaded(*args: P.args, **kwargs: P.kwargs) -> T:
        with lock:
            return kept(*args, **kwargs)

    return loaded
