"""Administrators say when texts are in force, and the file stays what it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ChangedMeanwhile, InvalidForce
from assistant.records import Status
from assistant.searching.days import read_day
from assistant.searching.force_claims import ForceClaim, checked_force
from assistant.searching.instrument_store import UNCHANGED, InstrumentStore, doubts_about
from assistant.searching.instruments import KnownInstrument, shipped_instruments
from assistant.searching.regime import find_regime
from assistant.storage.database import Database
from assistant.wiring import Services

TODAY = date(2026, 11, 20)
OLD, NEW = "2-12-349", "2-22-431"
ORDER = KnownInstrument(
    "754-24", "arrêté n° 754-24 du 2 avril 2024", "", date(2024, 5, 1), None, "Article 3"
)
CLAIM = ForceClaim(
    number="754-24",
    title="Arrêté n° 754-24 du 2 avril 2024 fixant les seuils",
    start="1er mai 2024",
    repealed="",
    repealed_by="",
    transition="",
    source="Article 3",
    governs=False,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'assistant.db'}")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> InstrumentStore:
    return InstrumentStore(database)


def test_unchanged_dates_are_those_of_the_file(store: InstrumentStore) -> None:
    assert set(store.instruments().known) == set(shipped_instruments().known)


def test_what_is_saved_is_found_at_once_by_every_process(
    store: InstrumentStore, database: Database
) -> None:
    other = InstrumentStore(database)

    store.save(ORDER, seen=UNCHANGED)

    assert other.instruments().find("754-24") == ORDER
    assert other.kept("754-24").is_own


def test_what_is_saved_takes_the_place_of_the_file_s(store: InstrumentStore) -> None:
    changed = replace(_known(store, NEW), start=date(2023, 10, 1), source="Avis")

    store.save(changed, seen=UNCHANGED)

    assert [k for k in store.instruments().known if k.number == NEW] == [changed]


def test_what_is_reset_is_the_file_s_again(store: InstrumentStore) -> None:
    store.save(replace(_known(store, NEW), start=date(2023, 10, 1)), seen=UNCHANGED)

    store.reset(NEW, seen=store.kept(NEW).revision)

    assert store.instruments().find(NEW) == shipped_instruments().find(NEW)
    assert not store.kept(NEW).is_own


def test_a_text_that_is_reset_and_not_in_the_file_has_no_dates(store: InstrumentStore) -> None:
    store.save(ORDER, seen=UNCHANGED)

    store.reset("754-24", seen=store.kept("754-24").revision)

    assert store.kept("754-24").known is None


def test_what_somebody_else_changed_is_not_overwritten_unseen(store: InstrumentStore) -> None:
    opened = store.kept(NEW)
    store.save(replace(_known(store, NEW), source="La première"), seen=opened.revision)

    with pytest.raises(ChangedMeanwhile, match=r"en vigueur depuis le 01/09/2023.*La première"):
        store.save(replace(_known(store, NEW), source="La seconde"), seen=opened.revision)

    assert _known(store, NEW).source == "La première"


def test_what_was_reset_and_said_anew_is_not_overwritten_unseen(store: InstrumentStore) -> None:
    store.save(ORDER, seen=UNCHANGED)
    opened = store.kept("754-24")
    store.reset("754-24", seen=opened.revision)
    store.save(replace(ORDER, source="Autre"), seen=UNCHANGED)

    with pytest.raises(ChangedMeanwhile):
        store.reset("754-24", seen=opened.revision)


def test_the_saved_dates_decide_which_decree_governs(store: InstrumentStore) -> None:
    known = _known(store, NEW)
    store.save(replace(known, start=date(2023, 10, 1)), seen=UNCHANGED)
    store.save(replace(_known(store, OLD), end=date(2023, 9, 30)), seen=UNCHANGED)

    found = find_regime(
        "Quel délai ?",
        indexed=(OLD, NEW),
        today=TODAY,
        launched=date(2023, 9, 15),
        instruments=store.instruments(),
    )

    assert (found.instruments, found.status) == ((OLD,), Status.TRANSITIONAL)


def test_a_later_decree_governs_from_its_first_day(store: InstrumentStore) -> None:
    store.save(replace(_known(store, NEW), end=date(2026, 6, 30)), seen=UNCHANGED)
    later = KnownInstrument(
        "2-26-100",
        "décret n° 2-26-100 du 2 mars 2026",
        "marchés publics",
        date(2026, 7, 1),
        None,
        "Article 9",
    )
    store.save(later, seen=UNCHANGED)
    instruments = store.instruments()

    found = [
        find_regime(question, indexed=(OLD, NEW), today=TODAY, instruments=instruments).instruments
        for question in ("Quel délai ?", "Que disait l’ancien décret ?", "Le décret de 2026 ?")
    ]

    assert found == [("2-26-100",), (NEW,), ("2-26-100",)]


def test_a_day_between_two_decrees_has_no_regime_and_says_which_day(
    store: InstrumentStore,
) -> None:
    store.save(replace(_known(store, NEW), start=date(2023, 10, 1)), seen=UNCHANGED)

    found = find_regime(
        "Quel délai ?",
        indexed=(OLD, NEW),
        today=TODAY,
        launched=date(2023, 9, 15),
        instruments=store.instruments(),
    )

    assert found.instruments == ()
    assert "le 15/09/2023" in found.basis
    [doubt] = doubts_about(store.instruments())
    assert "aucun texte ne régit" in doubt


def test_two_decrees_of_one_day_are_a_doubt(store: InstrumentStore) -> None:
    store.save(replace(_known(store, OLD), end=None), seen=UNCHANGED)

    [doubt] = doubts_about(store.instruments())

    assert "deux textes régissent" in doubt
    assert doubts_about(shipped_instruments()) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/09/2023", date(2023, 9, 1)),
        ("1.9.2023", date(2023, 9, 1)),
        ("2023-09-01", date(2023, 9, 1)),
        (" 1er  Septembre 2023 ", date(2023, 9, 1)),
        ("15 août 2024", date(2024, 8, 15)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("31 avril 2024", None),
        ("09/2023", None),
        ("01/09/23", None),
        ("01/09/0203", None),
        ("le jour de la publication", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it_or_not_at_all(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": "31/02/2024"}, "« 31/02/2024 » n’est pas une date possible"),
        ({"repealed": "bientôt"}, "« bientôt » n’est pas une date possible"),
        ({"start": ""}, "La date d’entrée en vigueur manque"),
        ({"repealed": "30/04/2024"}, "doit être postérieure"),
        ({"repealed": "01/05/2024"}, "doit être postérieure"),
        ({"repealed_by": "arrêté n° 2364-25"}, "la date d’abrogation manque"),
        ({"source": "  "}, "La source manque"),
        ({"number": " "}, "n’est pas un numéro"),
        ({"number": "<b>"}, "n’est pas un numéro"),
        ({"title": ""}, "L’intitulé du texte manque"),
        ({"source": "a" * 501}, "501 caractères"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(
    changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InvalidForce, match=sentence):
        checked_force(replace(CLAIM, **changes), None)  # type: ignore[arg-type]


def test_a_claim_gives_the_last_day_of_force_and_the_name_in_a_sentence() -> None:
    found = checked_force(replace(CLAIM, repealed="1er janvier 2026", repealed_by="X"), None)

    assert found == replace(ORDER, end=date(2025, 12, 31), repealed_by="X")
    assert found.repealed_from == date(2026, 1, 1)


def test_the_source_is_kept_as_long_as_no_date_changes() -> None:
    same = checked_force(replace(CLAIM, source="", transition="Rien d’autre"), ORDER)

    assert same == replace(ORDER, transition="Rien d’autre.")
    with pytest.raises(InvalidForce, match="La source manque"):
        checked_force(replace(CLAIM, source="", start="02/05/2024"), ORDER)


def test_a_text_of_which_only_the_name_is_said_has_no_dates() -> None:
    assert checked_force(replace(CLAIM, start="", source=""), None) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 1, 1), "en vigueur à partir du 01/05/2024"),
        (date(2025, 1, 1), "en vigueur depuis le 01/05/2024, abrogé à partir du 01/01/2026"),
        (date(2026, 1, 1), "abrogé le 01/01/2026"),
    ],
)
def test_force_is_said_as_of_the_day(day: date, said: str) -> None:
    assert replace(ORDER, end=date(2025, 12, 31)).force_on(day) == said


def test_a_citation_says_at_once_what_an_administrator_said(specimen_services: Services) -> None:
    store, question = specimen_services.instruments, "Quel est le plafond des bons de commande ?"
    before = specimen_services.answering.ask(question)
    known = _known(store, "9-20-202")

    store.save(replace(known, end=date(2026, 1, 31)), seen=UNCHANGED)

    after = specimen_services.answering.ask(question, within="9-20-202")
    assert before.citations[0].force == "en vigueur depuis le 01/01/2021"
    assert after.citations[0].force == "abrogé le 01/02/2026"
    assert after.regime.status is Status.REPEALED


def _known(store: InstrumentStore, number: str) -> KnownInstrument:
    known = store.kept(number).known
    assert known is not None
    return known
