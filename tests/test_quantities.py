"""Figures of a text: what they are worth, in digits or in words, and what is no figure."""

from fractions import Fraction

import pytest

from assistant.answering.checks.quantities import Day, read_days, read_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("soixante jours", 60, "day"),
        ("vingt et un (21) jours", 21, "day"),
        ("quarante–huit heures", 48, "hour"),
        ("les trois premiers mois", 3, "month"),
        ("un délai d’un an", 12, "month"),
        ("douze mois", 12, "month"),
        ("deux cent mille (200.000) dirhams", 200_000, "dirham"),
        ("200 000 DH", 200_000, "dirham"),
        ("3 millions de dirhams", 3_000_000, "dirham"),
        ("1,5 million de dirhams", 1_500_000, "dirham"),
        ("dix pour cent", Fraction(1, 10), "part"),
        ("trente (30%) pour cent", Fraction(3, 10), "part"),
        ("7 pour mille", Fraction(7, 1000), "part"),
        ("la moitié du délai", Fraction(1, 2), "part"),
        ("un tiers de la somme", Fraction(1, 3), "part"),
        ("zéro virgule cinq pour cent", Fraction(1, 200), "part"),
        ("quatre-vingt-dix points", 90, "point"),
        ("deux journaux", 2, None),
        ("le cinquième jour", 5, "day"),
    ],
)
def test_a_figure_has_its_value_and_its_unit(
    text: str, value: int | Fraction, unit: str | None
) -> None:
    [quantity] = [quantity for quantity in read_quantities(text) if quantity.tells]

    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "un marché neuf, le premier, le second plan",
        "l’article 36 et les alinéas 1 et 2 du paragraphe 3",
        "l’article vingt-cinq",
        "le décret n° 2-12-349 et la loi n° 69-00",
        "2 – Le maître d’ouvrage",
        "le 1er septembre 2023",
        "un jour férié",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    figures = [quantity.shown for quantity in read_quantities(text) if quantity.tells]

    assert [figure for figure in figures if figure != "2e"] == []


def test_figures_of_a_range_share_their_unit() -> None:
    low, high = read_quantities("entre trois et quatre pour cent")

    assert (low.unit, high.unit) == ("part", "part")


@pytest.mark.parametrize(
    "text",
    ["le 1er septembre 2023", "le premier septembre deux mille vingt-trois", "le 01/09/2023"],
)
def test_a_date_is_the_same_however_it_is_written(text: str) -> None:
    assert [day for day, _ in read_days(text)] == [Day(2023, 9, 1)]
