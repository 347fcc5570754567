"""An administrator says which text a file contains, and it stays said."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.errors import ChangedMeanwhile, UnknownDocument
from assistant.reading.reader import LawReader
from assistant.reading.reading import OnPage, unnoticed
from assistant.records import Article, Document, Instrument, PageNumbers, Reading
from assistant.searching.instruments import Instruments, KnownInstrument, shipped_instruments
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.search import Search

from .open_library import OpenLibrary

READ = Instrument("arrete-seuils", "arrete-seuils")
ORDER = Instrument("754-24", "Arrêté n° 754-24 du 2 avril 2024")
DECREE = Instrument("2-22-431", "Décret n° 2-22-431")


class NamedReader(LawReader):
    """Reads the decree from a file of that name, and a text without number from any other."""

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        page = PageNumbers(1, 1, None)
        article = Article("1", "ART. 1 – Seuil", (), data.decode(), (page,), (), ())
        instrument = DECREE if name == "decret.pdf" else READ
        return Reading(instrument, 1, (article,), ())


@pytest.fixture
def opened(reopen: Callable[..., OpenLibrary]) -> OpenLibrary:
    return reopen(NamedReader())


def ingest(opened: OpenLibrary, text: str, name: str = "seuils.pdf") -> Document:
    document = opened.library.ingest(name, text.encode()).document
    assert document is not None
    return document


def found(opened: OpenLibrary, number: str) -> list[str]:
    ids = [d.id for d in opened.library.searched_documents() if d.instrument.number == number]
    ranked = opened.index.search("seuil", limit=9, document_ids=ids)
    return [r.passage.instrument for r in ranked]


def test_what_is_said_of_a_file_is_searched_and_named_so(opened: OpenLibrary) -> None:
    document = ingest(opened, "Le seuil est relevé.")

    opened.library.identify(document.id, ORDER, seen=READ)

    assert [d.instrument for d in opened.library.documents()] == [ORDER]
    assert found(opened, "754-24") == ["754-24"]
    assert opened.index.counts() == {document.id: 1}


def test_it_is_kept_when_the_document_is_replaced_or_indexed_again(
    opened: OpenLibrary, reopen: Callable[..., OpenLibrary]
) -> None:
    document = ingest(opened, "Le seuil est relevé.")
    opened.library.identify(document.id, ORDER, seen=READ)
    ingest(opened, "Le seuil est abaissé.")

    again = reopen(NamedReader(), version="v2")

    assert {d.instrument for d in again.library.documents()} == {ORDER}
    assert found(again, "754-24") == ["754-24"]


def test_another_file_is_what_is_read_in_it(opened: OpenLibrary) -> None:
    opened.library.identify(ingest(opened, "Le seuil.").id, ORDER, seen=READ)

    assert ingest(opened, "Autre seuil.", "autre.pdf").instrument == READ


def test_what_was_read_is_had_back(opened: OpenLibrary) -> None:
    document = ingest(opened, "Le seuil est relevé.")
    opened.library.identify(document.id, ORDER, seen=READ)

    read = opened.library.read_instrument(document.id)
    opened.library.identify(document.id, read, seen=ORDER)

    assert read == READ
    assert ingest(opened, "Le seuil est abaissé.").instrument == READ


def test_what_somebody_else_said_is_not_overwritten_unseen(opened: OpenLibrary) -> None:
    document = ingest(opened, "Le seuil est relevé.")
    opened.library.identify(document.id, ORDER, seen=READ)

    with pytest.raises(ChangedMeanwhile, match="754-24"):
        opened.library.identify(document.id, DECREE, seen=READ)


def test_a_removed_document_cannot_be_named(opened: OpenLibrary) -> None:
    document = ingest(opened, "Le seuil est relevé.")
    opened.library.remove(document.id)

    with pytest.raises(UnknownDocument):
        opened.library.identify(document.id, ORDER, seen=READ)


@pytest.mark.parametrize(
    ("launched", "searched"),
    [
        (None, {"arrete-seuils", "2-22-431"}),
        (date(2024, 5, 1), {"arrete-seuils", "2-22-431"}),
        (date(2024, 4, 30), {"2-22-431"}),
    ],
)
def test_a_text_beside_the_decree_is_searched_while_it_is_in_force(
    opened: OpenLibrary, launched: date | None, searched: set[str]
) -> None:
    ingest(opened, "Le seuil est relevé.")
    ingest(opened, "Le seuil est fixé.", "decret.pdf")
    beside = KnownInstrument(READ.number, "arrêté", "", date(2024, 5, 1), None, "Article 3")
    known = Instruments((*shipped_instruments().known, beside))
    search = Search(
        opened.library,
        opened.indexes,
        LexiconStore(opened.database),
        max_question_characters=200,
        today=lambda: date(2026, 11, 20),
        instruments=lambda: known,
    )

    result = search.search("Quel est le seuil ?", launched=launched)

    assert {d.instrument.number for d in result.searched} == searched
