"""Words misspelt in a question, and words that only look so."""

import pytest

from assistant.searching.spelling import Speller, build_speller
from assistant.wiring import Services

TEXTS = [
    "Le cautionnement provisoire est restitué au concurrent par la commission.",
    "Le montant du cautionnement provisoire, la commission, le concurrent, les offres.",
    "Les montants estimés des offres et des avenants ; l’avenant, un avenant et le montant.",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return build_speller(TEXTS)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("les cocurrents", ["concurrent"]),
        ("la comission", ["commission"]),
        ("quel montent pour l'avenent ?", ["avenant", "montant"]),
        ("des ofres", ["offres"]),
    ],
)
def test_a_misspelt_word_gives_the_word_meant(
    speller: Speller, question: str, meant: list[str]
) -> None:
    assert speller.correct(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "le cautionnement provisoire de la commission",
        "un montant estimé",  # another form of a known word
        "le cautionement provisoir",  # whose stems are right
        "le prix",  # too short to tell
        "va-t-il pleuvoir à Tanger",
        "who may amend the amount of the offers",
        "",
    ],
)
def test_a_word_that_is_right_or_unknown_is_left_alone(speller: Speller, question: str) -> None:
    assert speller.correct(question) == []


def test_without_documents_nothing_is_corrected() -> None:
    assert Speller().correct("le cautionement") == []


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("montent du cautionement provisoir", "24"),
        ("delai de validite des ofres", "36"),
        ("qui preside la comission d'appel d'ofres", "38"),
    ],
)
def test_a_misspelt_question_finds_its_article(
    decree_services: Services, question: str, article: str
) -> None:
    hits = decree_services.search.search(question).hits

    assert article in [hit.article.number for hit in hits[:3]]
