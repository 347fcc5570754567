"""Who rates what: the same for the same seed, in equal shares, and stable when raters join.

Nothing is drawn: each choice falls to the lowest SHA-256 of the seed and of what is chosen among.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple


class Assigned(NamedTuple):
    """An item, and who rates it."""

    item: int
    rater: int


class Sharing(NamedTuple):
    """How items are shared out."""

    seed: int
    overlap_share: float  # of the items: 0 to 1
    overlap_raters: int  # who rate each of those: 2 or 3


def assign(
    items: Sequence[int],
    raters: Sequence[int],
    sharing: Sharing,
    *,
    kept: Iterable[Assigned] = (),
    begun: Collection[Assigned] = (),
) -> set[Assigned]:
    """Give each item one rater, and those of the overlap several, or all there are.

    Loads differ by at most one where nothing was `kept`. Of what was kept, what is `begun` never
    moves, even from a rater who left; of the rest as little moves as equal loads need.
    """
    known = set(items)
    fixed = {one for one in begun if one.item in known}
    held = fixed | {one for one in kept if one.item in known and one.rater in raters}
    if not raters:
        return fixed
    several = overlapping(items, share=sharing.overlap_share, seed=sharing.seed)
    counts = {item: sharing.overlap_raters if item in several else 1 for item in items}
    table = _Table(held, raters, sharing.seed)
    for item in items:
        table.trim(item, counts[item], fixed)
        for _ in range(counts[item] - len(table.raters_of[item])):
            table.add(item)
    table.even_out(fixed)
    return table.assigned()


def overlapping(items: Sequence[int], *, share: float, seed: int) -> frozenset[int]:
    """Give the items that several rate: `share` of them, rounded to the nearest."""
    count = round(share * len(items))
    return frozenset(sorted(items, key=lambda item: _lot(seed, "overlap", item))[:count])


def rank(seed: int, one: Assigned) -> int:
    """Give the place of an item in its rater's order, which is another for each rater."""
    return _lot(seed, "rank", one.rater, one.item) >> 225  # 31 bits, which every database holds


def is_swapped(seed: int, one: Assigned) -> bool:
    """Whether this rater sees the second answer of a comparison first; of half of them it is so."""
    return bool(_lot(seed, "swap", one.rater, one.item) & 1)


def _lot(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest())


class _Table:
    """Who rates what while it is being decided."""

    def __init__(self, held: Iterable[Assigned], raters: Sequence[int], seed: int) -> None:
        self._raters, self._seed = list(dict.fromkeys(raters)), seed
        self.raters_of: dict[int, set[int]] = {}
        self._load: Counter[int] = Counter(dict.fromkeys(self._raters, 0))
        self._together: Counter[frozenset[int]] = Counter()
        for one in sorted(held):
            self._put(one)

    def add(self, item: int) -> None:
        """Give an item to who has least, then to who has least in common with its raters."""
        among = [r for r in self._raters if r not in self.raters_of[item]]
        if among:
            self._put(Assigned(item, min(among, key=lambda rater: self._order(item, rater))))

    def trim(self, item: int, count: int, fixed: Collection[Assigned]) -> None:
        """Take an item from those of its raters who are too many and have not begun."""
        here = self.raters_of.setdefault(item, set())
        loose = sorted(r for r in here if Assigned(item, r) not in fixed)
        excess = max(0, len(here) - count)
        for rater in sorted(loose, key=lambda r: -self._load[r])[:excess]:
            self._take(Assigned(item, rater))

    def even_out(self, fixed: Collection[Assigned]) -> None:
        """Move items from who has most to who has least, until no move helps."""
        loose: dict[int, list[int]] = {rater: [] for rater in self._raters}
        for one in sorted(self.assigned() - set(fixed), key=self._move_order):
            loose[one.rater].append(one.item)
        while (move := self._next_move(loose)) is not None:
            one, rater = move
            loose[one.rater].remove(one.item)
            loose[rater].append(one.item)
            self._take(one)
            self._put(Assigned(one.item, rater))

    def assigned(self) -> set[Assigned]:
        return {Assigned(i, r) for i, raters in self.raters_of.items() for r in raters}

    def _next_move(self, loose: Mapping[int, Sequence[int]]) -> tuple[Assigned, int] | None:
        by_load = sorted(self._raters, key=lambda rater: (self._load[rater], rater))
        for giver, taker in itertools.product(reversed(by_load), by_load):
            if self._load[giver] - self._load[taker] < 2:
                continue
            for item in loose[giver]:
                if taker not in self.raters_of[item]:
                    return Assigned(item, giver), taker
        return None

    def _move_order(self, one: Assigned) -> int:
        return _lot(self._seed, "move", one.item)

    def _order(self, item: int, rater: int) -> tuple[int, int, int]:
        common = sum(self._together[frozenset((rater, r))] for r in self.raters_of[item])
        return self._load[rater], common, _lot(self._seed, "rater", item, rater)

    def _put(self, one: Assigned) -> None:
        here = self.raters_of.setdefault(one.item, set())
        here.add(one.rater)
        self._load[one.rater] += 1
        self._together.update(map(frozenset, itertools.product((one.rater,), here - {one.rater})))

    def _take(self, one: Assigned) -> None:
        here = self.raters_of[one.item]
        here.discard(one.rater)
        self._load[one.rater] -= 1
        self._together.subtract(map(frozenset, itertools.product((one.rater,), here)))
