"""Which decree governs a question, with which status, and why."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.records import Status
from assistant.searching.instruments import shipped_instruments

from .asked_regime import IN_FORCE, NEW, OLD, OLDEST, REPEALED, TODAY, TRANSITIONAL, regime


def test_every_dev_question_on_the_regime_gets_its_decree_and_its_status(shared_data: Path) -> None:
    lines = (shared_data / "questions" / "dev-regime.jsonl").read_text("utf-8").splitlines()
    wrong = []
    for entry in map(json.loads, lines):
        launched = date.fromisoformat(entry["launched"]) if entry["launched"] else None
        found = regime(entry["question"], launched=launched)
        expected = entry["expected"]
        instruments = (OLD, NEW) if expected["instrument"] == "both" else (expected["instrument"],)
        if (found.instruments, found.status) != (instruments, expected["status"]):
            wrong.append((entry["id"], found))

    assert len(lines) == 36
    assert wrong == []


@pytest.mark.parametrize(
    ("launched", "instrument", "status"),
    [
        (date(2026, 11, 20), NEW, IN_FORCE),
        (date(2023, 9, 1), NEW, IN_FORCE),
        (date(2023, 8, 31), OLD, TRANSITIONAL),
        (date(2014, 1, 1), OLD, TRANSITIONAL),
        (date(2013, 12, 31), OLDEST, TRANSITIONAL),
        (date(2007, 10, 1), OLDEST, TRANSITIONAL),
    ],
)
def test_the_day_of_the_launch_decides(launched: date, instrument: str, status: Status) -> None:
    found = regime("Quel est le délai de validité des offres ?", launched=launched)

    assert (found.instruments, found.status, found.launched) == ((instrument,), status, launched)


@pytest.mark.parametrize(
    ("launch", "instrument"),
    [
        ("le 1er septembre 2023", NEW),
        ("le 01/09/2023", NEW),
        ("le 31 août 2023", OLD),
        ("le 31/08/2023", OLD),
        ("au lendemain du 31 août 2023", NEW),
        ("avant le 1er septembre 2023", OLD),
        ("avant 2023", OLD),
        ("le 1er janvier 2014", OLD),
        ("le 31 décembre 2013", OLDEST),
    ],
)
def test_the_day_that_the_question_tells_decides(launch: str, instrument: str) -> None:
    found = regime(f"Appel d'offres lancé {launch} : quel délai de publicité ?")

    assert found.instruments == (instrument,)


@pytest.mark.parametrize(
    ("question", "instrument"),
    [
        ("A tender launched on 31 August 2023: how long are offers valid?", OLD),
        ("A tender launched on September 1, 2023: how long are offers valid?", NEW),
        ("طلب عروض أطلق في ٣١ غشت ٢٠٢٣: ما هي مدة صلاحية العروض؟", OLD),
        ("طلب عروض أطلق في 12 شتنبر 2023: ما هي مدة صلاحية العروض؟", NEW),
        ("Appel d’offres lancé fin 2022 : quel délai ?", OLD),
        ("Appel d’offres lancé au dernier trimestre 2023 : quel délai ?", NEW),
    ],
)
def test_the_day_of_the_launch_decides_in_each_language(question: str, instrument: str) -> None:
    found = regime(question)

    assert found.instruments == (instrument,)
    assert "donnée par la question" in found.basis


@pytest.mark.parametrize(
    "question",
    [
        "AO lancé avant 2023 : quel délai de publicité ?",
        "A tender launched before 2023: how long are offers valid?",
        "صفقة أطلقت قبل 2023: ما هي مدة صلاحية العروض؟",
    ],
)
def test_a_procedure_launched_before_the_year_is_under_the_old_decree_in_transition(
    question: str,
) -> None:
    found = regime(question)

    assert (found.instruments, found.status) == ((OLD,), TRANSITIONAL)


@pytest.mark.parametrize("launched", [None, date(2022, 5, 16)])
def test_a_date_that_does_not_exist_is_told_in_the_basis(launched: date | None) -> None:
    found = regime("Appel d’offres lancé le 31/02/2022 : quel délai ?", launched=launched)

    assert found.launched == launched
    assert found.basis.endswith(
        "La date «\u00a031/02/2022\u00a0» n’existe pas\u00a0: elle n’a pas été utilisée."
    )


def test_before_every_known_decree_no_decree_governs_and_the_basis_says_so() -> None:
    found = regime("Quel était le délai de validité ?", launched=date(2007, 9, 30))

    assert (found.instruments, found.status) == ((), None)
    assert "01/10/2007" in found.basis


def test_a_month_in_which_the_decree_changed_asks_for_the_day() -> None:
    found = regime("Quel délai pour un marché lancé en 2023 ?")

    assert found.instruments == (NEW,)
    assert "précisez la date" in found.basis
    assert OLD in found.basis


def test_without_date_and_decree_the_one_in_force_today_governs() -> None:
    found = regime("Combien de temps une offre reste-t-elle valable ?")

    assert (found.instruments, found.status, found.launched) == ((NEW,), IN_FORCE, None)


def test_today_is_the_day_asked_for_and_not_that_of_the_code() -> None:
    found = regime("Combien de temps une offre reste-t-elle valable ?", today=date(2022, 5, 1))

    assert (found.instruments, found.status) == ((OLD,), IN_FORCE)


def test_an_instrument_asked_for_is_searched_whatever_the_question_says() -> None:
    found = regime("Le plafond a-t-il changé depuis 2013 ?", within=OLD)

    assert (found.instruments, found.status) == ((OLD,), REPEALED)


def test_an_instrument_asked_for_that_governs_the_procedure_is_transitional() -> None:
    found = regime("Quel délai ?", within=OLD, launched=date(2022, 5, 16))

    assert (found.instruments, found.status) == ((OLD,), TRANSITIONAL)


def test_an_instrument_asked_for_that_does_not_govern_the_procedure_is_repealed() -> None:
    found = regime("Quel délai ?", within=OLD, launched=date(2024, 5, 16))

    assert (found.instruments, found.status) == ((OLD,), REPEALED)
    assert "ne régisse pas une procédure lancée le 16/05/2024" in found.basis


def test_an_instrument_without_known_dates_has_no_status() -> None:
    found = regime("Quel délai ?", within="754-24", indexed=(NEW, "754-24"))

    assert (found.instruments, found.status) == (("754-24",), None)


def test_the_launch_date_given_goes_before_the_one_the_question_tells() -> None:
    found = regime("AO lancé en 2019 : quel délai ?", launched=date(2024, 1, 8))

    assert found.instruments == (NEW,)


def test_the_specimen_answers_where_nothing_else_is_indexed() -> None:
    found = regime("Quel est le plafond ?", indexed=("9-10-101", "9-20-202"))

    assert (found.instruments, found.status) == (("9-20-202",), IN_FORCE)


def test_the_specimen_does_not_answer_beside_real_law() -> None:
    found = regime("Quel est le plafond ?", indexed=("9-10-101", "9-20-202", OLD))

    assert found.instruments == (NEW,)


def test_with_nothing_indexed_the_law_governs() -> None:
    assert regime("Quel est le plafond ?", indexed=()).instruments == (NEW,)


def test_the_old_specimen_governs_a_procedure_of_its_time() -> None:
    found = regime(
        "Quel est le plafond ?", indexed=("9-10-101", "9-20-202"), launched=date(2020, 12, 31)
    )

    assert (found.instruments, found.status) == (("9-10-101",), TRANSITIONAL)


@pytest.mark.parametrize("family", ["marchés publics", "spécimen"])
def test_one_decree_of_a_family_governs_each_day(family: str) -> None:
    decrees = [i for i in shipped_instruments().known if i.family == family]

    days = [d for i in decrees for d in (i.start, i.end or TODAY)]

    assert [sum(i.governs(d) for i in decrees) for d in days] == [1] * len(days)


def test_the_basis_is_a_sentence_that_names_the_decree_and_the_day() -> None:
    found = regime("Quel délai ?", launched=date(2022, 5, 16))

    assert found.basis.startswith("Procédure lancée le 16/05/2022 (date de lancement indiquée)")
    assert "décret n° 2-12-349 du 20 mars 2013" in found.basis.replace("\xa0", " ")
    assert found.basis.endswith(".")
