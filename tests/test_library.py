"""The library: what is published answers, and what is removed leaves nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import UnknownDocument, UnknownInstrument
from assistant.reading.reader import LawReader
from assistant.wiring import Services

from .open_library import ClosedReader, OneArticleReader, OpenLibrary


def test_a_document_that_was_indexed_is_listed_with_what_it_holds(
    reopen: Callable[..., OpenLibrary], specimen: Path, specimen_passages: int
) -> None:
    opened = reopen()

    report = opened.library.ingest(specimen.name, specimen.read_bytes())

    assert (report.status, report.error) == ("indexed", None)
    [document] = opened.library.documents()
    assert document == report.document
    assert document.file_name == specimen.name
    assert document.instrument.number == "9-20-202"
    assert (document.article_count, document.annexe_count) == (18, 1)
    assert document.passage_count == specimen_passages == opened.index.count()


def test_the_same_file_again_changes_nothing_and_is_not_read(
    reopen: Callable[..., OpenLibrary], specimen: Path
) -> None:
    first = reopen()
    indexed = first.library.ingest(specimen.name, specimen.read_bytes()).document
    before = (first.rows(), first.index.count())
    again = reopen(ClosedReader())

    report = again.library.ingest("sous un autre nom.pdf", specimen.read_bytes())

    assert (report.status, report.document) == ("unchanged", indexed)
    assert (again.rows(), again.index.count()) == before


def test_what_is_kept_of_an_article_is_what_was_read(
    reopen: Callable[..., OpenLibrary], specimen: Path
) -> None:
    opened = reopen()
    document = opened.library.ingest(specimen.name, specimen.read_bytes()).document
    assert document is not None

    read = LawReader().read(specimen.name, specimen.read_bytes())

    assert tuple(opened.library.articles_of(document.id)) == read.articles


def test_the_original_is_kept_byte_for_byte(
    reopen: Callable[..., OpenLibrary], specimen: Path
) -> None:
    opened = reopen()

    document = opened.library.ingest(specimen.name, specimen.read_bytes()).document

    assert document is not None
    assert opened.library.original(document.id) == specimen.read_bytes()


def test_a_removed_document_leaves_no_passage_no_original_and_no_row(
    reopen: Callable[..., OpenLibrary], specimen: Path, tmp_path: Path
) -> None:
    opened = reopen()
    document = opened.library.ingest(specimen.name, specimen.read_bytes()).document
    assert document is not None

    opened.library.remove(document.id)

    assert opened.library.documents() == []
    assert opened.index.count() == 0
    assert opened.rows() == (0, 0)
    assert list((tmp_path / "originals").iterdir()) == []


def test_a_removed_document_no_longer_answers(specimen_services: Services) -> None:
    question = "Quel est le plafond d'un achat par bon de commande ?"
    [answering] = [
        d for d in specimen_services.library.documents() if d.instrument.number == "9-20-202"
    ]
    assert specimen_services.search.search(question).hits

    specimen_services.library.remove(answering.id)

    assert specimen_services.search.search(question).hits == ()


def test_an_article_that_was_looked_at_is_forgotten_with_its_document(
    specimen_services: Services,
) -> None:
    library = specimen_services.library
    [document, *_] = library.documents()
    assert library.article(document.id, "1").number == "1"

    library.remove(document.id)

    with pytest.raises(UnknownInstrument):
        library.article(document.id, "1")


def test_removing_what_is_not_there_says_so(reopen: Callable[..., OpenLibrary]) -> None:
    with pytest.raises(UnknownDocument, match="0123"):
        reopen().library.remove("0123")


def test_another_way_of_indexing_is_applied_to_what_is_kept(
    reopen: Callable[..., OpenLibrary], specimen: Path, specimen_passages: int
) -> None:
    before = reopen().library.ingest(specimen.name, specimen.read_bytes()).document

    opened = reopen(ClosedReader(), version="v2")

    assert opened.library.documents() == [before]
    assert opened.index.count() == specimen_passages


def test_of_two_files_of_one_instrument_the_last_one_answers_and_a_warning_says_so(
    reopen: Callable[..., OpenLibrary],
) -> None:
    library = reopen(OneArticleReader()).library
    library.ingest("version 1.pdf", "Le délai est de dix jours.".encode())

    second = library.ingest("version 2.pdf", "Le délai est de vingt jours.".encode()).document

    assert second is not None
    assert any("« version 1.pdf »" in w.replace("\xa0", " ") for w in second.warnings)
    assert [d.file_name for d in library.searched_documents()] == ["version 2.pdf"]


def test_when_the_last_file_of_an_instrument_is_removed_the_one_before_answers(
    reopen: Callable[..., OpenLibrary],
) -> None:
    library = reopen(OneArticleReader()).library
    library.ingest("version 1.pdf", "Le délai est de dix jours.".encode())
    second = library.ingest("version 2.pdf", "Le délai est de vingt jours.".encode()).document
    assert second is not None

    library.remove(second.id)

    assert [d.file_name for d in library.searched_documents()] == ["version 1.pdf"]


def test_an_instrument_that_is_not_indexed_is_named_with_those_that_are(
    reopen: Callable[..., OpenLibrary],
) -> None:
    library = reopen(OneArticleReader()).library
    library.ingest("décret.pdf", b"Texte.")

    with pytest.raises(UnknownInstrument, match=r"9-99-999.*2-22-431"):
        library.articles("9-99-999")


def test_an_article_that_does_not_exist_is_named(reopen: Callable[..., OpenLibrary]) -> None:
    library = reopen(OneArticleReader()).library
    document = library.ingest("décret.pdf", b"Texte.").document
    assert document is not None

    with pytest.raises(UnknownInstrument, match=r"L’article «.171.»"):
        library.article(document.id, "171")
