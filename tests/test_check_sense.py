"""What a sentence does to the sense of its source: units, negations, obligations, limits."""

import pytest

from assistant.answer_records import FindingKind
from assistant.answering.checks import Shown, read_draft

SOURCE = Shown(
    "Les concurrents restent engagés par leurs offres pendant un délai de soixante jours.\n"
    "Le maître d’ouvrage publie l’avis vingt et un (21) jours au moins avant la séance "
    "d’ouverture des plis, dans les conditions de l’article 23.\n"
    "Le titulaire est tenu de notifier le contrat de sous-traitance au maître d’ouvrage.\n"
    "Le règlement de consultation peut prévoir des offres variantes.\n"
    "Le procès-verbal n’est ni rendu public ni communiqué aux concurrents.\n"
    "La retenue de garantie ne peut excéder sept pour cent du montant initial du marché.\n"
    "Ne sont pas admis à participer les concurrents qui :\n– sont en liquidation judiciaire ;",
    *("36", "2-22-431"),
    heading="ART. 36. – Validité des offres",
)


def kinds(sentence: str, source: Shown = SOURCE) -> set[FindingKind]:
    [drafted] = read_draft(f"{sentence.rstrip('.')} [1].", {1: source})
    return {finding.kind for finding in drafted.findings}


@pytest.mark.parametrize(
    "sentence",
    [
        "Les offres engagent les concurrents pendant 60 jours.",
        "L’avis doit être publié 21 jours au moins avant l’ouverture des plis.",
        "L’avis est publié comme le prévoit l’article 23, au minimum 21 jours avant la séance.",
        "Le titulaire doit notifier le contrat de sous-traitance.",
        "Le règlement de consultation a la faculté de prévoir des variantes.",
        "Le procès-verbal ne peut être communiqué aux concurrents.",
        "La retenue de garantie est au maximum de 7 % du montant initial.",
        "Un concurrent en liquidation judiciaire n’est pas admis à participer.",
        "Selon le décret de 2023, les concurrents restent engagés soixante jours par leurs offres.",
    ],
)
def test_a_faithful_sentence_in_other_words_has_no_finding(sentence: str) -> None:
    assert kinds(sentence) == set()


@pytest.mark.parametrize("figure", ["60 mois", "60 %", "soixante heures", "60 jours ouvrables"])
def test_a_figure_with_another_unit_is_found(figure: str) -> None:
    sentence = f"Les concurrents restent engagés par leurs offres pendant un délai de {figure}."

    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(sentence)


def test_a_figure_of_something_else_is_found() -> None:
    sentence = "Les concurrents restent engagés par leurs offres pendant un délai de 21 jours."

    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(sentence)


def test_a_figure_that_says_two_things_is_found() -> None:
    sentence = "Les concurrents restent engagés par leurs offres pendant soixante (21) jours."

    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(sentence)


def test_a_date_that_the_source_has_not_is_found() -> None:
    sentence = "Les concurrents restent engagés par leurs offres jusqu’au 1er septembre 2023."

    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le titulaire n’est pas tenu de notifier le contrat de sous-traitance.",
        "Le procès-verbal est rendu public et communiqué aux concurrents.",
        "Le règlement de consultation ne peut pas prévoir des offres variantes.",
        "Les concurrents en liquidation judiciaire sont admis à participer.",
    ],
)
def test_a_negation_that_changed_is_found(sentence: str) -> None:
    assert FindingKind.NEGATION in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le titulaire peut notifier le contrat de sous-traitance.",
        "Le règlement de consultation doit prévoir des offres variantes.",
    ],
)
def test_an_obligation_that_changed_is_found(sentence: str) -> None:
    assert FindingKind.OBLIGATION in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "L’avis est publié 21 jours au plus avant la séance d’ouverture des plis.",
        "L’avis est publié 21 jours au moins après la séance d’ouverture des plis.",
        "La retenue de garantie est au minimum de 7 % du montant initial du marché.",
    ],
)
def test_a_limit_on_the_other_side_is_found(sentence: str) -> None:
    assert FindingKind.LIMIT in kinds(sentence)


@pytest.mark.parametrize(
    "reference",
    [
        *("l’article 24", "l’art. 40", "l’article vingt-cinq", "l’annexe 2"),
        *("l’article 36 du décret n° 2-12-349", "le décret de 2013", "le décret du 20 mars 2013"),
    ],
)
def test_a_reference_that_the_source_neither_is_nor_names_is_found(reference: str) -> None:
    sentence = (
        f"Selon {reference}, les concurrents restent engagés soixante jours par leurs offres."
    )

    assert FindingKind.WRONG_REFERENCE in kinds(sentence)


def test_an_item_is_read_with_what_introduces_it() -> None:
    items = Shown("Sont exclus :\n– les contrats de gestion déléguée ;", "3", "2-12-349")

    assert kinds("Les contrats de gestion déléguée ne sont pas concernés.", items) == set()


def test_an_item_without_its_beginning_is_not_accused() -> None:
    items = Shown("– les personnes en liquidation judiciaire ;", "27", "2-22-431")

    assert kinds("Les personnes en liquidation judiciaire ne sont pas admises.", items) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Bids are valid 60 days.",
        "تبقى العروض صالحة لمدة 60 يوما",
    ],
)
def test_a_short_sentence_in_another_language_is_found(sentence: str) -> None:
    assert FindingKind.NOT_FRENCH in kinds(sentence)
