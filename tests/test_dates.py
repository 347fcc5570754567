"""The launch date that a question tells, and the dates that are something else's."""

from datetime import date

import pytest

from assistant.searching.dates import launch_period


def day(year: int, month: int, number: int) -> tuple[date, date]:
    return date(year, month, number), date(year, month, number)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("AO lancé le 31/08/2023", (2023, 8, 31), (2023, 8, 31)),
        ("AO lancé le 31-08-2023", (2023, 8, 31), (2023, 8, 31)),
        ("avis publié le 15.06.2022", (2022, 6, 15), (2022, 6, 15)),
        ("avis publié le 15/06/22", (2022, 6, 15), (2022, 6, 15)),
        ("consultation lancée le 2023-09-01", (2023, 9, 1), (2023, 9, 1)),
        ("l'avis est paru le 12 octobre 2023", (2023, 10, 12), (2023, 10, 12)),
        ("marché lancé le 1er septembre 2023", (2023, 9, 1), (2023, 9, 1)),
        ("BC passé le 10 oct. 2021", (2021, 10, 10), (2021, 10, 10)),
        ("appel d offres publie en fevrier 2022", (2022, 2, 1), (2022, 2, 28)),
        ("AO lancé en août 23", (2023, 8, 1), (2023, 8, 31)),
        ("AO lancé en février 2020", (2020, 2, 1), (2020, 2, 29)),
        ("Marché négocié de 2017", (2017, 1, 1), (2017, 12, 31)),
        ("BC passés depuis 2021", (2021, 1, 1), (2021, 12, 31)),
    ],
)
def test_a_date_is_read_however_it_is_written(
    question: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert launch_period(question) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("avis publié au lendemain du 31 août 2023", (2023, 9, 1)),
        ("avis publié après le 31/08/2023", (2023, 9, 1)),
        ("consultation lancée après août 2023", (2023, 9, 1)),
        ("concours lancé la veille du 1er septembre 2023", (2023, 8, 31)),
        ("avis paru avant le 1er septembre 2023", (2023, 8, 31)),
        ("consultation lancée avant septembre 2023", (2023, 8, 31)),
    ],
)
def test_the_eve_and_the_day_after_are_other_days(
    question: str, expected: tuple[int, int, int]
) -> None:
    assert launch_period(question) == day(*expected)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la loi n° 69-00 du 11 novembre 2003 sur les marchés ?",
        "Le dahir n° 1-15-62 du 2 juin 2015 s'applique-t-il aux marchés ?",
        "Que prévoit le décret du 20 mars 2013 pour les appels d'offres ?",
        "Quel arrêté n° 754-24 du 4 avril 2024 change les seuils des marchés ?",
        "Une société fondée en 2012 peut-elle répondre à un appel d'offres ?",
        "L'attestation délivrée le 3 mars 2022 suffit-elle dans un appel d'offres ?",
        "Qui a gagné la coupe du monde en 2022 ?",
        "Quel est le délai de validité des offres ?",
        "AO lancé le 31/02/2023",
        "AO n° 14/2025 : qui préside la commission ?",
        "un marché de 2 000 000 de dirhams",
    ],
)
def test_what_is_not_the_date_of_a_procedure_is_not_taken_for_one(question: str) -> None:
    assert launch_period(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Les plis ont été ouverts le 20/09/2023, l'avis publié le 28/08/2023 : quel décret ?",
        "AO publié le 28/08/2023, plis ouverts le 20/09/2023 : quel décret ?",
        "Marché signé le 15 janvier 2024 pour un appel d'offres lancé le 28 août 2023",
    ],
)
def test_of_several_dates_that_of_the_launch_is_taken(question: str) -> None:
    assert launch_period(question) == day(2023, 8, 28)
