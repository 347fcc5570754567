"""What is published and the index agree: at each start, on another store, between versions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from qdrant_client import QdrantClient
from sqlalchemy import select

from assistant.errors import IndexInUse
from assistant.reading.reader import LawReader
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.catalogue import Catalogue, server_advice
from assistant.searching.index import Indexes, PassageIndex, open_embedded
from assistant.searching.indexing import copy_documents, index_reading
from assistant.searching.key_store import KeyStore
from assistant.searching.lexical import KEYS
from assistant.searching.library import Library
from assistant.storage.database import Database
from assistant.storage.tables import DocumentRow

from .open_library import ARTICLES, DECREE, ClosedReader, ManyArticlesReader, OpenLibrary


def test_a_new_version_answers_alone_from_the_step_that_publishes_it(
    reopen: Callable[..., OpenLibrary],
) -> None:
    opened = reopen(ManyArticlesReader())
    opened.library.ingest("1.pdf", f"{DECREE}|1".encode())
    seen: list[list[str]] = []

    class WatchedIndex(PassageIndex):
        def add(self, nodes: object) -> None:
            super().add(nodes)  # type: ignore[arg-type]
            seen.append([d.file_name for d in opened.library.searched_documents()])

    opened.index.__class__ = WatchedIndex
    opened.library.ingest("2.pdf", f"{DECREE}|2".encode())

    assert seen == [["1.pdf"]]
    assert [d.file_name for d in opened.library.searched_documents()] == ["2.pdf"]


def test_passages_of_no_document_are_swept_at_start(reopen: Callable[..., OpenLibrary]) -> None:
    opened = reopen(ManyArticlesReader())
    kept = opened.library.ingest("1.pdf", f"{DECREE}|1".encode()).document
    lost = opened.library.ingest("2.pdf", b"9-99-999|1").document
    assert kept is not None
    assert lost is not None
    with opened.database.session() as session:
        session.delete(session.get_one(DocumentRow, lost.id))

    again = reopen(ClosedReader())

    assert again.index.counts() == {kept.id: ARTICLES}


def test_what_an_index_has_lost_is_indexed_again_at_start(
    reopen: Callable[..., OpenLibrary],
) -> None:
    opened = reopen(ManyArticlesReader())
    document = opened.library.ingest("1.pdf", f"{DECREE}|1".encode()).document
    assert document is not None
    opened.index.delete(document.id)

    again = reopen(ClosedReader())

    assert again.library.documents() == [document]
    assert again.index.counts() == {document.id: ARTICLES}


def test_a_folder_of_the_client_in_python_is_taken_over_without_a_question(
    tmp_path: Path, reopen: Callable[..., OpenLibrary]
) -> None:
    opened = reopen(ManyArticlesReader())
    client = QdrantClient(path=str(tmp_path / "before"))
    before = Indexes(
        PassageIndex(client, collection="passages-v1"), PassageIndex(client, collection="keys-v1")
    )
    library = Library(
        opened.database, before, ManyArticlesReader(), originals=tmp_path, index_version="v1"
    )
    document = library.ingest("1.pdf", f"{DECREE}|1".encode()).document
    assert document is not None
    before.close()
    opened.close()
    (tmp_path / "index").rename(tmp_path / "empty")
    (tmp_path / "before").rename(tmp_path / "index")

    again = reopen(ClosedReader())

    assert again.library.documents() == [document]
    assert again.index.counts() == {document.id: ARTICLES}
    assert not (tmp_path / "index/collection").exists()


def test_the_python_client_and_the_engine_never_share_a_folder(tmp_path: Path) -> None:
    held = QdrantClient(path=str(tmp_path))

    with pytest.raises(IndexInUse):
        open_embedded(tmp_path)

    held.close()


def test_a_copy_on_another_store_answers_as_the_embedded_index(
    reopen: Callable[..., OpenLibrary], specimens: list[Path]
) -> None:
    opened = reopen(LawReader())
    ids = [
        ingested.document.id
        for path in specimens
        if (ingested := opened.library.ingest(path.name, path.read_bytes())).document
    ]
    client = QdrantClient(":memory:")
    target = Indexes(
        PassageIndex(client, collection="passages-v1"),
        PassageIndex(client, collection="keys-v1", encoding=KEYS),
    )
    catalogue, store = Catalogue(opened.database), KeyStore(opened.database)

    first = [copy.status for copy in copy_documents(catalogue, target, store)]
    again = [copy.status for copy in copy_documents(catalogue, target, store)]

    assert (first, again) == (["copied"] * 2, ["unchanged"] * 2)
    assert target.passages.counts() == opened.index.counts()
    ours, theirs = (
        index.search("plafond des bons de commande", limit=5, document_ids=ids)
        for index in (opened.index, target.passages)
    )
    assert [r.passage for r in ours] == [r.passage for r in theirs]
    target.close()


def test_a_server_is_advised_above_a_hundred_thousand_passages(
    reopen: Callable[..., OpenLibrary],
) -> None:
    opened = reopen(ManyArticlesReader())
    opened.library.ingest("1.pdf", f"{DECREE}|1".encode())
    few = server_advice(opened.library.documents())
    with opened.database.session() as session:
        session.scalars(select(DocumentRow)).one().passage_count = 123_456

    many = server_advice(opened.library.documents())

    assert few == ""
    assert "123\u202f456 passages" in many
    assert "serveur Qdrant" in many


def test_articles_of_one_number_are_counted_as_the_index_holds_them(tmp_path: Path) -> None:
    page = PageNumbers(1, 1, None)
    articles = tuple(Article("7", "ART. 7", (), text, (page,), (), ()) for text in ("Un.", "Deux."))
    folder = open_embedded(tmp_path)
    index = PassageIndex(folder, collection="passages-v1")
    indexes = Indexes(index, PassageIndex(folder, collection="keys-v1", encoding=KEYS))

    database = Database(f"sqlite:///{tmp_path / 'assistant.db'}")

    reading = Reading(Instrument("9-1", "Décret"), 1, articles, ())
    counted = index_reading(indexes, "d1", reading, KeyStore(database))

    assert index.counts() == {"d1": counted}
    indexes.close()
    database.close()
