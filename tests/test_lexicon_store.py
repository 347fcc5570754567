"""Administrators change the lexicon, and the file stays what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import InvalidExpression
from assistant.searching.lexicon import Lexicon, LexiconEntry
from assistant.searching.lexicon_store import MOST_CHARACTERS, LexiconStore
from assistant.storage.database import Database

SHIPPED = Lexicon((LexiconEntry("caution", ("cautionnement provisoire",)),))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'assistant.db'}")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> LexiconStore:
    return LexiconStore(database, SHIPPED)


def test_an_unchanged_lexicon_is_the_file(store: LexiconStore) -> None:
    assert store.lexicon() == SHIPPED


def test_what_is_added_is_found_at_once_by_every_process(
    store: LexiconStore, database: Database
) -> None:
    other = LexiconStore(database, SHIPPED)
    assert other.lexicon().expand("le papier bleu") == []

    store.add(" papier  bleu ", ["acte d’engagement", "", "acte d’engagement"])

    assert other.lexicon().expand("les papiers bleus") == ["acte d’engagement"]


def test_what_is_added_takes_the_place_of_what_is_written_alike(store: LexiconStore) -> None:
    store.add("CAUTION ", ["retenue"])
    store.add("Cautión", ["garanties"])

    [listed] = store.listed()
    assert (listed.entry.said, listed.entry.law) == ("Cautión", ("garanties",))
    assert listed.is_own


def test_what_is_deleted_gives_the_file_its_entry_back(store: LexiconStore) -> None:
    store.add("Caution", ["retenue"])

    store.remove("caution")

    assert store.lexicon() == SHIPPED


def test_an_entry_of_the_file_is_not_deleted(store: LexiconStore) -> None:
    store.remove("caution")

    assert store.lexicon() == SHIPPED


def test_an_entry_switched_off_is_listed_and_not_found(store: LexiconStore) -> None:
    store.switch("Caution", enabled=False)

    assert [listed.enabled for listed in store.listed()] == [False]
    assert store.lexicon().expand("la caution") == []


def test_an_entry_switched_on_again_is_found(store: LexiconStore) -> None:
    store.add("papier bleu", ["acte d’engagement"])
    for said in ("caution", "papier bleu"):
        store.switch(said, enabled=False)
        store.switch(said, enabled=True)

    found = store.lexicon().expand("caution et papier bleu")

    assert found == ["cautionnement provisoire", "acte d’engagement"]


def test_switching_on_what_is_on_changes_nothing(store: LexiconStore) -> None:
    store.switch("caution", enabled=True)

    assert store.lexicon() == SHIPPED


@pytest.mark.parametrize(
    ("said", "question", "is_found"),
    [
        ("XYZ", "le xyz", False),
        ("XYZ", "le XYZ", True),
        ("xyz", "le XYZ", True),
        ("سند", "السند", True),
    ],
)
def test_the_writing_of_what_is_added_says_how_it_is_found(
    store: LexiconStore, said: str, question: str, is_found: bool
) -> None:
    store.add(said, ["bons de commande"])

    assert bool(store.lexicon().expand(question)) is is_found


@pytest.mark.parametrize(
    ("said", "law", "sentence"),
    [
        (" ’ ", ["caution"], "est vide"),
        ("mot", [], "Les mots du texte manquent"),
        ("mot", [" ", ";"], "Les mots du texte manquent"),
        ("mot " * 30, ["caution"], f"plus que les {MOST_CHARACTERS} admis"),
        ("mot", ["a" * 101], f"compte 101 caractères, plus que les {MOST_CHARACTERS}"),
        ("mot", [f"mot {n}" for n in range(11)], "11 formules"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(
    store: LexiconStore, said: str, law: list[str], sentence: str
) -> None:
    with pytest.raises(InvalidExpression, match=sentence):
        store.add(said, law)

    assert store.lexicon() == SHIPPED
