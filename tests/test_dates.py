"""The launch date that a question tells, and the dates that are something else's."""

from datetime import date

import pytest

from assistant.searching.dates import impossible_dates, launch_period


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
        ("AO lancé le 1er sept. 2023", (2023, 9, 1), (2023, 9, 1)),
        ("AO lancé le 01-09-2023", (2023, 9, 1), (2023, 9, 1)),
        ("AO lancé fin 2022", (2022, 10, 1), (2022, 12, 31)),
        ("AO lancé début 2024", (2024, 1, 1), (2024, 3, 31)),
        ("AO lancé à la mi-2023", (2023, 6, 1), (2023, 7, 31)),
        ("marché passé au premier trimestre 2023", (2023, 1, 1), (2023, 3, 31)),
        ("marché passé au dernier trimestre de 2023", (2023, 10, 1), (2023, 12, 31)),
        ("marché passé en T2 2023", (2023, 4, 1), (2023, 6, 30)),
        ("AO lancé en deux mille vingt-deux", (2022, 1, 1), (2022, 12, 31)),
        (
            "AO lancé le douze mars, publié en mars deux mille vingt et un",
            (2021, 3, 1),
            (2021, 3, 31),
        ),
        ("AO lancé en mars 22", (2022, 3, 1), (2022, 3, 31)),
        ("a tender launched on 12 March 2022", (2022, 3, 12), (2022, 3, 12)),
        ("a tender launched on March 12, 2022", (2022, 3, 12), (2022, 3, 12)),
        ("a notice published on the 1st of September 2023", (2023, 9, 1), (2023, 9, 1)),
        ("a call for tenders published in May 2021", (2021, 5, 1), (2021, 5, 31)),
        ("a contract launched in 2021", (2021, 1, 1), (2021, 12, 31)),
        ("a tender launched before 2023", (2022, 12, 31), (2022, 12, 31)),
        ("a tender launched in the first quarter of 2023", (2023, 1, 1), (2023, 3, 31)),
        ("a tender launched in late 2022", (2022, 10, 1), (2022, 12, 31)),
        ("طلب عروض أطلق في مارس 2022", (2022, 3, 1), (2022, 3, 31)),
        ("طلب عروض أعلن عنه يوم 12 مارس 2022", (2022, 3, 12), (2022, 3, 12)),
        ("صفقة أطلقت بتاريخ ٣١/٠٨/٢٠٢٣", (2023, 8, 31), (2023, 8, 31)),
        ("صفقة أطلقت في فاتح شتنبر ٢٠٢٣", (2023, 9, 1), (2023, 9, 30)),
        ("صفقة أطلقت قبل 2023", (2022, 12, 31), (2022, 12, 31)),
        ("طلب عروض أطلق سنة 2021", (2021, 1, 1), (2021, 12, 31)),
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
        "un marché de deux mille vingt dirhams",
        "What does decree no. 2-12-349 of 20 March 2013 say about tenders launched by a commune?",
        "A company founded in 2012 wants to bid",
        "ماذا يقول المرسوم رقم 2-12-349 الصادر في 20 مارس 2013 عن الصفقات؟",
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


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("AO lancé le 31/02/2022", "31/02/2022"),
        ("AO lancé le 30 février 2022", "30 février 2022"),
        ("AO lancé le 32 mars 2021", "32 mars 2021"),
        ("AO lancé le 29/02/2023", "29/02/2023"),
        ("AO lancé le 2023-13-01", "2023-13-01"),
        ("a tender launched on February 30, 2022", "February 30, 2022"),
        ("صفقة أطلقت في 31 أبريل 2022", "31 أبريل 2022"),
    ],
)
def test_a_date_that_no_calendar_has_is_told_and_not_used(question: str, written: str) -> None:
    assert impossible_dates(question) == [written]
    assert launch_period(question) is None


@pytest.mark.parametrize(
    "question", ["AO lancé le 29/02/2024", "AO n° 12-45-2022", "marché réf. 45/13/2021", ""]
)
def test_what_is_a_date_or_a_number_is_not_told_as_impossible(question: str) -> None:
    assert impossible_dates(question) == []
