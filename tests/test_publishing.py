"""Whatever kills an ingestion, what answers is whole: KILLS=20 for more kills of each kind."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

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
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.question_keys import load_question_keys
from assistant.searching.search import Search
from assistant.storage.database import Database
from assistant.storage.tables import DocumentRow

from .open_library import (
    ARTICLES,
    ClosedReader,
    ManyArticlesReader,
    OpenLibrary,
    ingest_announced,
    open_library_of,
)

KILLS = int(os.environ.get("KILLS", "3"))
SEED = os.environ.get("KILLS_SEED", "2026")
DECREE = "2-22-431"  # what is replaced again and again


STEPS = ("began", "keys", "passages", "indexed", "published")
"""Those of an ingestion: read and kept, questions, passages, then the database, then the end."""


class Ingestion:
    """The ingestion of a file in a child process, which says when each step begins."""

    def __init__(self, folder: Path, data: bytes) -> None:
        forks = multiprocessing.get_context("forkserver")
        forks.set_forkserver_preload(["tests.open_library"])
        self._steps, theirs = forks.Pipe(duplex=False)
        self._child = forks.Process(target=ingest_announced, args=(str(folder), data, theirs))
        self._child.start()
        theirs.close()

    def wait_for(self, step: str) -> None:
        """Wait until a step begins, or the child ends."""
        with suppress(EOFError):
            while self._steps.recv() != step:
                pass

    def kill(self) -> bool:
        """Kill the child; whether it lived."""
        self._child.kill()
        self._child.join()
        self._steps.close()
        return self._child.exitcode == -signal.SIGKILL

    def time_steps(self) -> dict[str, float]:
        """Let it end; gives how long each step took, in seconds."""
        begun = []
        for step in STEPS:
            self.wait_for(step)
            begun.append(time.monotonic())
        self._child.join()
        self._steps.close()
        lengths = (end - start for start, end in pairwise(begun))
        return dict(zip(STEPS, lengths, strict=False))


def kill_somewhere(folder: Path, data: bytes, lengths: dict[str, float], chance: Random) -> bool:
    """Kill an ingestion at a random moment of a random step; whether it had not ended yet.

    One time in two the step is drawn by its length, so that every moment is as likely; else each
    is as likely, so that the short ones are hit too: the last writes, between index and database.
    """
    steps = list(lengths)
    weights = list(lengths.values()) if chance.random() < 0.5 else [1.0] * len(steps)
    step = chance.choices(steps, weights)[0]
    ingestion = Ingestion(folder, data)
    ingestion.wait_for(step)
    time.sleep(chance.uniform(0, lengths[step]))
    return ingestion.kill()


def assert_whole(opened: OpenLibrary) -> None:
    """Nothing but of published documents, all of theirs, and one version of each text."""
    published = {d.id: d for d in opened.library.documents()}
    assert opened.index.counts() == dict.fromkeys(published, ARTICLES)
    with_keys = {d.id for d in published.values() if load_question_keys(d.instrument.number)}
    assert set(opened.keys.counts()) == with_keys
    assert len(set(opened.keys.counts().values())) <= 1
    assert opened.rows() == (len(published), ARTICLES * len(published))
    searched = opened.library.searched_documents()
    found = opened.index.search(
        "délai", limit=ARTICLES * (len(published) + 1), document_ids=[d.id for d in searched]
    )
    versions = Counter(
        (r.passage.instrument, r.passage.document_id, version_of(r.passage.text)) for r in found
    )
    assert sorted(v[:2] for v in versions) == sorted((d.instrument.number, d.id) for d in searched)
    assert set(versions.values()) == {ARTICLES}
    assert len({instrument for instrument, *_ in versions}) == len(versions)


def version_of(text: str) -> str:
    return text.strip().rstrip(".").rpartition(" ")[2]


def versions_answering(opened: OpenLibrary, instrument: str) -> set[str]:
    """Search as people do, and give the versions that what is found says it is of."""
    search = Search(
        opened.library,
        opened.indexes,
        LexiconStore(opened.database),
        max_question_characters=2000,
        today=date.today,
    )
    hits = search.search("Quel est le délai ?", limit=20, within=instrument).hits
    assert len(hits) == 20
    return {version_of(text) for h in hits for text in (h.article.text, h.ranked.passage.text)}


@pytest.mark.parametrize("replaced", [False, True], ids=["ingestion", "replacement"])
def test_after_a_kill_at_any_moment_no_document_is_partial_and_no_version_double(
    tmp_path: Path, *, replaced: bool
) -> None:
    chance = Random(f"{SEED} {replaced}")
    Ingestion(tmp_path, b"9-99-999|0").time_steps()  # the first child imports for all of them
    lengths = Ingestion(tmp_path, f"{DECREE}|0".encode()).time_steps()

    killed, before = 0, "0"
    for version in range(1, KILLS + 1):
        number = DECREE if replaced else f"9-{version}-100"
        data = f"{number}|{version}".encode()
        killed += kill_somewhere(tmp_path, data, lengths, chance)
        opened = open_library_of(tmp_path, ManyArticlesReader())
        assert_whole(opened)
        if replaced:
            [answering] = versions_answering(opened, DECREE)
            assert answering in (before, str(version))
        opened.library.ingest("encore.pdf", data)
        assert_whole(opened)
        assert versions_answering(opened, number) == {str(version)}
        before = str(version)
        opened.close()

    assert killed, f"no child lived longer than it was given: {lengths}"


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
