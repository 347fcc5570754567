"""Answers say when a threshold that they quote can have been changed since."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.changed_thresholds import note_on_thresholds
from assistant.answering.extractive import extract
from assistant.answering.quotations import LONGEST_OPENING
from assistant.records import Document, Instrument
from assistant.wiring import Services

from .test_extractive import DECREE, NUMBER, a_hit, found

AMOUNT = "Le seuil est de cinq cent mille (500.000) dirhams."
BY_ARRETE = "Ces seuils peuvent être modifiés par arrêté du ministre chargé des finances."
KNOWN = (
    "Les seuils de l’article 19 peuvent avoir été modifiés par l’arrêté n° 754-24 (2024) et par "
    "l’arrêté n° 2364-25 (2025)\u00a0: vérifiez-les."
)


def noted(text: str, *, launched: date | None = None, **changes: object) -> str:
    result = found("Quel est le seuil ?", a_hit("19", text, 10.0))
    result = replace(result, regime=replace(result.regime, launched=launched), **changes)
    return note_on_thresholds(extract(result)[1], result)


def test_the_arretes_that_can_have_changed_a_threshold_are_named() -> None:
    assert noted(f"{AMOUNT}\n{BY_ARRETE}") == KNOWN


@pytest.mark.parametrize(
    "text",
    [
        AMOUNT,
        f"Le seuil est fixé par le maître d’ouvrage.\n{BY_ARRETE}",
        f"{AMOUNT}\nCette liste peut être modifiée par arrêté.",
        f"{AMOUNT}\nLe choix arrêté ne peut être modifié.",
        f"{BY_ARRETE}\n{'x' * LONGEST_OPENING}\n{AMOUNT}",
    ],
    ids=["never changed", "no figure", "a list", "a choice", "figures below"],
)
def test_nothing_is_said_of_what_no_arrete_changes(text: str) -> None:
    assert noted(text) == ""


def test_an_arrete_later_than_the_procedure_is_not_named() -> None:
    text = f"{AMOUNT}\n{BY_ARRETE}"

    assert noted(text, launched=date(2023, 10, 2)) == ""
    assert "754-24" in (note := noted(text, launched=date(2024, 10, 2)))
    assert "2364-25" not in note


def test_an_arrete_that_is_indexed_is_named_in_full() -> None:
    title = f"Arrêté n° 754-24 du 2 avril 2024 modifiant les seuils du décret n° {NUMBER}"
    arrete = Document("a", "a.pdf", Instrument("754-24", title), 1, 3, 0, 3, (), "")

    note = noted(f"{AMOUNT}\n{BY_ARRETE}", searched=(DECREE, arrete))

    assert "(2024)" not in note
    assert "par l’arrêté n° 754-24 du 2 avril 2024" in note


def test_where_no_arrete_is_known_the_answer_says_to_look_for_one() -> None:
    rates = "Le taux est de 5 %.\nCes taux peuvent être modifiés par arrêté."

    assert noted(rates) == (
        "Les taux de l’article 19 peuvent être modifiés par arrêté\u00a0: vérifiez qu’ils ne l’ont "
        "pas été."
    )


def test_the_answer_ends_on_the_note(decree_services: Services) -> None:
    question = (
        "Jusqu’à quel montant l’appel d’offres national est-il obligatoire pour des travaux ?"
    )

    answer = decree_services.answering.ask(question, keep=False)

    assert answer.text.endswith(KNOWN)
