"""Who rates what: equal loads, the overlap that was asked for, and little that moves."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluating.assignment import Assigned, Sharing, assign

ITEMS = list(range(100, 220))


def loads(assigned: set[Assigned], raters: list[int]) -> list[int]:
    counted = Counter(one.rater for one in assigned)
    return [counted[rater] for rater in raters]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 60), st.integers(1, 7), st.floats(0, 1), st.sampled_from([2, 3]), st.integers(0)
)
def test_loads_differ_by_one_and_each_item_has_the_raters_it_needs(
    items: int, raters: int, share: float, several: int, seed: int
) -> None:
    people = list(range(1, raters + 1))

    assigned = assign(range(items), people, Sharing(seed, share, several))

    counts = Counter(one.item for one in assigned)
    shared = round(share * items)
    expected = [min(several, raters)] * shared + [1] * (items - shared)
    assert sorted(counts.values(), reverse=True) == sorted(expected, reverse=True)
    assert max(loads(assigned, people)) - min(loads(assigned, people)) <= 1


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    first, again, other = (assign(ITEMS, [1, 2, 3], Sharing(seed, 0.25, 2)) for seed in (7, 7, 8))

    assert first == again != other


def test_each_two_raters_share_items() -> None:
    assigned = assign(ITEMS, [1, 2, 3, 4], Sharing(7, 0.5, 2))

    by_item: dict[int, set[int]] = {}
    for item, rater in assigned:
        by_item.setdefault(item, set()).add(rater)
    pairs = Counter(frozenset(raters) for raters in by_item.values() if len(raters) == 2)
    assert len(pairs) == 6
    assert max(pairs.values()) - min(pairs.values()) <= 3


def test_when_a_rater_joins_only_what_equal_loads_need_moves() -> None:
    sharing = Sharing(7, 0.25, 2)
    before = assign(ITEMS, [1, 2, 3], sharing)

    after = assign(ITEMS, [1, 2, 3, 4], sharing, kept=before)

    moved = after - before
    assert max(loads(after, [1, 2, 3, 4])) - min(loads(after, [1, 2, 3, 4])) <= 1
    assert {one.rater for one in moved} == {4}
    assert Counter(one.item for one in after) == Counter(one.item for one in before)


def test_what_is_begun_stays_with_who_began_it_even_from_a_rater_who_left() -> None:
    sharing = Sharing(7, 0.25, 2)
    before = assign(ITEMS, [1, 2, 3], sharing)
    begun = {one for one in before if one.item % 2}

    after = assign(ITEMS, [1, 2, 4], sharing, kept=before, begun=begun)

    assert begun <= after
    assert {one for one in after if one.rater == 3} == {one for one in begun if one.rater == 3}
    assert Counter(one.item for one in after) == Counter(one.item for one in before)


@pytest.mark.parametrize("raters", [[], [1]], ids=["nobody", "one"])
def test_nobody_rates_nothing_and_one_rater_rates_each_item_once(raters: list[int]) -> None:
    assigned = assign(ITEMS, raters, Sharing(7, 0.5, 3))

    assert len(assigned) == len(ITEMS) * len(raters)
