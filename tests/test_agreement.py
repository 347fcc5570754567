"""Agreement against published examples, and where there is none to be measured.

Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), examples C and D: four observers,
twelve units, nine ratings missing; nominal 0.743, ordinal 0.815. The package irrCAC documents the
same data as `raw_4raters`, from Gwet, "Handbook of inter-rater reliability" (2014): AC1 0.775, AC2
with ordinal weights 0.899, percent agreement 0.818; and `raw_5observers`: AC1 0.497.
"""

from collections.abc import Mapping, Sequence

import krippendorff
import numpy as np
import pytest

from assistant.evaluating.agreement import NONE, PREFERENCE, Grid, measure
from assistant.evaluating.coefficients import (
    Scale,
    alpha,
    gwet,
    ordinal_weights,
    resampled_alpha,
)
from assistant.evaluating.result_records import Figure, Measure, NotMeasurable

Unit = Mapping[int, int]
"""Rater → category, from 0, that this rater gave one item."""

FOUR_OBSERVERS = """\
1 1 . 1
2 2 3 2
3 3 3 3
3 3 3 3
2 2 2 2
1 2 3 4
4 4 4 4
1 1 2 1
2 2 2 2
. 5 5 5
. . 1 1
. 3 . ."""

FIVE_OBSERVERS = """\
1 1 2 . 2
1 1 0 1 .
2 3 3 3 .
. 0 0 . 0
0 0 0 . 0
0 0 0 . 0
1 0 2 . 1
1 . 2 0 .
2 2 2 . 2
2 1 1 1 .
. 1 0 0 .
0 0 0 0 .
1 2 2 2 .
3 3 2 2 3
1 1 1 . 1"""


def units_of(table: str) -> list[Unit]:
    return [
        {rater: int(score) - 1 for rater, score in enumerate(line.split()) if score != "."}
        for line in table.splitlines()
    ]


def grid_of(units: Sequence[Unit]) -> Grid:
    raters = sorted({rater for unit in units for rater in unit})
    given = [[unit.get(rater, NONE) for rater in raters] for unit in units]
    return Grid(raters, np.array(given, dtype=int).reshape(len(units), len(raters)))


def counts_of(units: Sequence[Unit], categories: int = 5) -> np.ndarray:
    return np.array([[list(unit.values()).count(c) for c in range(categories)] for unit in units])


def value(found: Measure) -> float:
    assert isinstance(found, Figure)
    return found.value


def test_alpha_is_that_of_krippendorff_2011() -> None:
    counts = counts_of(units_of(FOUR_OBSERVERS))

    assert round(value(alpha(counts, Scale.ORDINAL)), 3) == 0.815
    assert round(value(alpha(counts, Scale.NOMINAL)), 3) == 0.743


def test_ac1_ac2_and_raw_agreement_are_those_of_gwet_2014() -> None:
    found = measure("pertinence", grid_of(units_of(FOUR_OBSERVERS)))

    assert round(value(found.ac2), 3) == 0.899
    assert round(value(gwet(counts_of(units_of(FOUR_OBSERVERS)), Scale.NOMINAL)), 3) == 0.775
    assert round(value(found.raw), 3) == 0.818
    assert (found.items, found.ratings) == (11, 40)


def test_ac1_is_that_of_the_five_observers_of_irrcac() -> None:
    units = [{p: c + 1 for p, c in unit.items()} for unit in units_of(FIVE_OBSERVERS)]

    assert round(value(gwet(counts_of(units, 4), Scale.NOMINAL)), 3) == 0.497


def test_the_ordinal_weights_are_those_of_gwet_for_three_categories() -> None:
    """As the vignette "weighting" of the R package irrCAC prints them."""
    third = 1 - 1 / 3

    assert ordinal_weights(3) == pytest.approx(
        np.array([[1, third, 0], [third, 1, third], [0, third, 1]])
    )


@pytest.mark.parametrize("scale", list(Scale))
def test_the_resamples_count_alpha_as_the_package_does(scale: Scale) -> None:
    chance = np.random.default_rng(3)
    rows = chance.multinomial(3, [0.1, 0.1, 0.2, 0.2, 0.4], 12)
    weights = chance.integers(0, 4, (6, 12)).astype(float)

    ours = resampled_alpha(rows, weights, scale)

    theirs = [
        krippendorff.alpha(
            value_counts=np.repeat(rows, once.astype(int), axis=0),
            value_domain=[1, 2, 3, 4, 5],
            level_of_measurement=scale.value,
        )
        for once in weights
    ]
    assert ours == pytest.approx(theirs)


def test_the_interval_holds_the_figure_and_is_the_same_again() -> None:
    first, again = (measure("pertinence", grid_of(units_of(FOUR_OBSERVERS))) for _ in range(2))

    assert first == again
    assert isinstance(first.alpha, Figure)
    assert first.alpha.interval is not None
    assert first.alpha.interval.low < first.alpha.value <= first.alpha.interval.high <= 1


def test_marginals_say_how_often_each_rater_gave_each_score() -> None:
    found = measure("pertinence", grid_of(units_of(FOUR_OBSERVERS)))

    assert found.marginals[0] == (3, 3, 2, 1, 0)


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ([], "aucune note"),
        ([{1: 0}, {1: 4}], "Une seule personne"),
        ([{1: 0}, {2: 4}], "deux personnes"),
        ([{1: 4, 2: 4}, {1: 4, 2: 4}], "les mêmes"),
        ([{1: 4, 2: 4}, {1: 0}], "les mêmes"),
    ],
    ids=["no rating", "one rater", "nothing shared", "one label", "one label where shared"],
)
@pytest.mark.parametrize("criterion", ["pertinence", PREFERENCE])
def test_what_cannot_be_measured_says_why_and_is_no_number(
    criterion: str, units: list[Unit], reason: str
) -> None:
    fewer = [{p: min(c, 2) for p, c in unit.items()} for unit in units]

    found = measure(criterion, grid_of(fewer))

    for figure in (found.alpha, found.ac2):
        assert isinstance(figure, NotMeasurable)
        assert reason in figure.reason


def test_one_label_is_still_full_raw_agreement() -> None:
    found = measure("pertinence", grid_of([{1: 4, 2: 4}, {1: 4, 2: 4}]))

    assert value(found.raw) == 1.0
