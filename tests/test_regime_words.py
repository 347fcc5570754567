"""Which decree the words of a question ask for, and which words ask for none."""

from datetime import date

import pytest

from assistant.records import Status

from .asked_regime import IN_FORCE, NEW, OLD, OLDEST, REPEALED, regime


@pytest.mark.parametrize(
    ("question", "instrument", "status"),
    [
        ("Que dit l'article 20 du décret n° 2-12-349 ?", OLD, REPEALED),
        ("Que dit l'article 20 du décret 2.22.431 ?", NEW, IN_FORCE),
        ("article 20 du décret 2 12 349", OLD, REPEALED),
        ("Dans le décret n° 2–22–431, qui préside le jury ?", NEW, IN_FORCE),
        ("Sous l'ancien régime, quel était le délai de validité ?", OLD, REPEALED),
        ("Que prévoit la réglementation antérieure sur la caution ?", OLD, REPEALED),
        ("Que disait le décret abrogé sur la sous-traitance ?", OLD, REPEALED),
        ("Le précédent décret prévoyait-il le dialogue compétitif ?", OLD, REPEALED),
        ("Le décret du 20 mars 2013 impose-t-il la caution ?", OLD, REPEALED),
        ("Avant la réforme des marchés publics, quel était le plafond ?", OLD, REPEALED),
        ("Que prévoyait le décret 2-06-388 ?", OLDEST, REPEALED),
        ("Le nouveau décret impose-t-il la caution ?", NEW, IN_FORCE),
        ("Avec la réglementation actuelle, combien de membres au jury ?", NEW, IN_FORCE),
        ("Depuis la réforme, quel est le plafond des bons de commande ?", NEW, IN_FORCE),
        ("Quels textes sont abrogés par le décret de 2023 ?", NEW, IN_FORCE),
        ("What was the threshold under the old decree?", OLD, REPEALED),
        ("What was the threshold under the 2013 decree?", OLD, REPEALED),
        ("What does the decree of 20 March 2013 say?", OLD, REPEALED),
        ("What was the threshold before 2023?", OLD, REPEALED),
        ("Quel était le plafond des bons de commande avant 2023 ?", OLD, REPEALED),
        ("From which date does the new decree apply?", NEW, IN_FORCE),
        ("ما هو سقف سندات الطلب في المرسوم القديم؟", OLD, REPEALED),
        ("ما هو سقف سندات الطلب في مرسوم ٢٠١٣؟", OLD, REPEALED),
        ("ما هو سقف سندات الطلب قبل 2023؟", OLD, REPEALED),
        ("ما هو تاريخ دخول المرسوم الجديد حيز التنفيذ؟", NEW, IN_FORCE),
    ],
)
def test_the_decree_that_the_question_names_is_searched(
    question: str, instrument: str, status: Status
) -> None:
    found = regime(question)

    assert (found.instruments, found.status) == ((instrument,), status)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle différence entre le décret de 2013 et celui de 2023 sur la sous-traitance ?",
        "2-12-349 vs 2-22-431 : délai de validité",
        "Comparer les délais de réclamation des deux textes",
        "Comparez l'article 88 de 2013 et l'article 91 de 2023",
        "Que devient l'article 20 de l'ancien décret dans le nouveau ?",
        "Quel article du décret de 2023 remplace l'article 88 du décret de 2013 ?",
        "Le plafond des bons de commande a-t-il changé ?",
        "La caution a-t-elle disparu ?",
        "Quoi de nouveau pour les architectes ?",
        "Avant c'était 200 000 dirhams, et maintenant ?",
        "What has changed for small companies?",
        "هل تغير أجل صلاحية العروض؟",
        "Les seuils ont-ils été relevés ?",
        "Le délai de réclamation a-t-il diminué depuis la nouvelle réglementation ?",
        "L'ancien décret exigeait une caution : est-ce le cas aujourd'hui ?",
    ],
)
def test_a_question_that_compares_searches_both(question: str) -> None:
    found = regime(question)

    assert (found.instruments, found.status) == ((OLD, NEW), None)


@pytest.mark.parametrize(
    "question",
    [
        "Faut-il toujours attendre quinze jours avant d'approuver un marché ?",
        "validité des offres c tjrs 75 jours ?",
        "Peut-on encore confier à un bureau d'études la rédaction d'une loi ?",
        "Le délai de validité est-il toujours de soixante-quinze jours ?",
        "Dois-je toujours fournir une attestation fiscale ?",
        "L'administration peut-elle encore négocier sans publicité ?",
        "Qui préside désormais la commission ? Est-ce toujours le même ?",
        "Is a bid bond still required under the rules?",
    ],
)
def test_whether_a_rule_still_stands_is_told_by_both_texts_that_in_force_first(
    question: str,
) -> None:
    found = regime(question)

    assert (found.instruments, found.status) == ((NEW, OLD), None)
    assert "restée la même" in found.basis


def test_of_a_procedure_whose_launch_is_known_it_is_its_text_that_says_so() -> None:
    found = regime("Faut-il toujours attendre quinze jours ?", launched=date(2022, 5, 16))

    assert found.instruments == (OLD,)


@pytest.mark.parametrize(
    "question",
    [
        "L'heure d'ouverture est passée : puis-je encore ôter mon offre ?",
        "Après la clôture de la liste des plis, peut-on encore retirer le sien ?",
        "On ne m'a toujours pas remis le dossier : à qui me plaindre ?",
        "Je n'ai toujours rien reçu, suis-je encore engagé ?",
        "L’attestation fiscale de 2023 est-elle encore valable ?",
        "Le même membre manque encore à la commission : peut-on ouvrir ?",
        "Are the prizes still paid when a contest is cancelled?",
        "Comment la commission compare-t-elle les offres ?",
        "La comparaison des offres se fait-elle toutes taxes comprises ?",
        "Le concurrent a modifié son offre après l'ouverture, que faire ?",
        "Si le prix a augmenté depuis l'ouverture des plis, que faire ?",
        "Le montant a été modifié par avenant, est-ce régulier ?",
        "Quelles pièces sont vérifiées avant et après l'ouverture des plis ?",
        "Qu'est-ce qui change entre un appel d'offres ouvert et un appel d'offres restreint ?",
        "Faut-il motiver le rejet avant le règlement du décompte ?",
        "Peut-on modifier l'ancien règlement de consultation ?",
        "Peut-on conclure un nouveau marché avec l'ancien titulaire ?",
        "Une société fondée en 2012 peut-elle déposer une offre pour un appel d'offres ?",
        "Que dit la loi n° 69-00 du 11 novembre 2003 sur les marchés ?",
    ],
)
def test_a_question_about_the_case_at_hand_is_under_the_decree_in_force(question: str) -> None:
    found = regime(question)

    assert (found.instruments, found.status) == ((NEW,), IN_FORCE)
