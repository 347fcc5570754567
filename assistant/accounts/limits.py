"""How often one person or key may ask: a bucket of tokens for each, in this process."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from assistant.errors import TooManyRequests

_MOST_KEPT = 10_000  # buckets; the one used longest ago goes first, and would be full again


class RequestLimits:
    """Counts requests; safe for several people at once."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `per_minute` requests at once, then one each time a token has come back."""
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, as of when

    def take(self, whose: str) -> None:
        """Count a request.

        Raises:
            TooManyRequests: none is left; it says when the next one comes back.
        """
        with self._lock:
            moment = self._clock()
            tokens, since = self._buckets.pop(whose, (self._most, moment))
            tokens = min(self._most, tokens + (moment - since) * self._per_second)
            taken = tokens >= 1
            self._buckets[whose] = (tokens - 1 if taken else tokens, moment)
            if len(self._buckets) > _MOST_KEPT:
                self._buckets.popitem(last=False)
        if not taken:
            raise TooManyRequests(math.ceil((1 - tokens) / self._per_second))
