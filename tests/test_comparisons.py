"""Questions that ask of two texts, and those that sound like them."""

import pytest

from assistant.searching.comparisons import asks_what_changed, asks_whether_it_stands


@pytest.mark.parametrize(
    "question",
    [
        "Le seuil des bons de commande a-t-il monté avec le nouveau texte ?",
        "Le délai de publicité a-t-il été raccourci ?",
        "Le nouveau décret vise-t-il les études, et plus seulement les travaux ?",
        "La caution était exigée hier ; l’est-elle aujourd’hui ?",
        "C’était cinq jours ; est-ce pareil aujourd’hui ?",
        "L’ancien texte permettait-il le dialogue compétitif, comme maintenant ?",
        "Le recours est-il apparu avec le nouveau décret ?",
    ],
)
def test_what_changed_is_asked_in_many_ways(question: str) -> None:
    assert asks_what_changed(question)


@pytest.mark.parametrize(
    "question",
    [
        "Le rapport de présentation s’établit-il toujours en trois exemplaires ?",
        "Le dépôt électronique était facultatif ; ça l’est encore ?",
        "La prime d’un concours, est-ce toujours le cas ?",
    ],
)
def test_whether_a_rule_stands_is_asked_in_many_ways(question: str) -> None:
    assert asks_whether_it_stands(question)


@pytest.mark.parametrize(
    "question",
    [
        "La procédure a duré six mois : l’attributaire est-il libéré ?",
        "Le titulaire n’a-t-il toujours pas été payé ?",
        "La commission peut-elle siéger hier comme prévu ?",
        "Le nouveau règlement de consultation vise seulement les travaux : est-ce permis ?",
        "Le concurrent est arrivé avec le nouveau pli : que faire ?",
        "Un groupement étendu à trois membres est-il admis ?",
    ],
)
def test_what_happened_in_a_procedure_changes_no_text(question: str) -> None:
    assert not asks_what_changed(question)
    assert not asks_whether_it_stands(question)
