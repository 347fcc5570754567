"""A question that asks two things: its parts, and the article that answers each."""

from dataclasses import replace

import pytest

from assistant.answering.extractive import extract
from assistant.searching.parts import split_question
from assistant.wiring import Services

TWO = (
    "En combien de temps l'approbation doit-elle être notifiée à l'attributaire, et qu'arrive-t-il "
    "à l'appel d'offres si ce délai est dépassé ?"
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Qui préside le jury du concours, et combien de membres compte la commission ?",
            ["Qui préside le jury du concours", "combien de membres compte la commission ?"],
        ),
        (
            "Nous ouvrons les plis demain. Qui préside la séance ? Qui signe le procès-verbal ?",
            [
                "Nous ouvrons les plis demain. Qui préside la séance ?",
                "Nous ouvrons les plis demain. Qui signe le procès-verbal ?",
            ],
        ),
        (
            "What is competitive dialogue and when may this procedure be used?",
            ["What is competitive dialogue", "when may this procedure be used?"],
        ),
    ],
)
def test_a_question_that_asks_two_things_has_two_parts(question: str, parts: list[str]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le délai de publicité ?",
        "Faut-il signer le marché et l'acte d'engagement ?",
        "Peut-on me refuser le dossier d'appel d'offres, et pourquoi ?",
        "registre des plis",
        "",
    ],
)
def test_a_question_about_one_thing_has_no_parts(question: str) -> None:
    assert split_question(question) == []


def test_each_part_is_answered_by_its_own_article(decree_services: Services) -> None:
    result = decree_services.search.search(TWO)

    assert [part.hit.article.number for part in result.parts] == ["143", "48"]


def test_what_answers_a_part_is_quoted_beside_the_best_article(decree_services: Services) -> None:
    result = decree_services.search.search(TWO)

    _, whole = extract(result)
    _, alone = extract(replace(result, parts=()))

    assert {citation.article for citation in alone} == {"143"}
    assert {citation.article for citation in whole} == {"143", "48"}


def test_a_comparison_is_not_taken_apart(decree_services: Services) -> None:
    question = "Quelle est la durée d'un marché-cadre, et ce délai a-t-il changé en 2023 ?"

    assert decree_services.search.search(question).parts == ()
