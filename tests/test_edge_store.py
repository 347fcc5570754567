"""The embedded engine: it answers as Qdrant's own client does, and its folder survives."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
)
from qdrant_client import QdrantClient

from assistant.errors import DamagedIndex, IndexInUse
from assistant.evaluating.questions import read_questions
from assistant.reading.article_documents import article_documents
from assistant.reading.reader import LawReader
from assistant.records import RankedPassage, Reading
from assistant.searching.edge_collection import EdgeCollection
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.edge_store import EdgeVectorStore
from assistant.searching.index import PassageIndex, open_embedded
from assistant.searching.passage_nodes import PassageParser

from .conftest import ROOT
from .test_index import TEXTS, an_index, found, nodes_of

HELD_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.searching.index import PassageIndex, open_embedded
from tests.test_index import nodes_of
index = PassageIndex(open_embedded(Path(sys.argv[1])), collection="passages-a")
index.add(nodes_of("d1"))
os.kill(os.getpid(), signal.SIGKILL)
"""


ALL = 1000
"""More passages than there are: of those that score the same, an engine keeps any."""


class LetterEncoder(BaseEmbedding):
    """Encodes a text by how often each letter stands in it."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return [1.0 + text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


@pytest.fixture(params=[None, LetterEncoder()], ids=["words", "vectors"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[PassageIndex]]:
    """An index on each engine."""
    engines: list[EdgeFolder | QdrantClient] = [
        open_embedded(tmp_path),
        QdrantClient(":memory:"),
    ]
    yield [
        PassageIndex(engine, collection="passages-a", encoder=request.param) for engine in engines
    ]
    for engine in engines:
        engine.close()


def assert_same(ours: Sequence[RankedPassage], theirs: Sequence[RankedPassage]) -> None:
    """Same passages with the same scores; only equal scores may stand in another order."""
    assert [r.score for r in ours] == pytest.approx([r.score for r in theirs], abs=1e-4)
    scores = [{r.passage.id: r.score for r in ranked} for ranked in (ours, theirs)]
    assert scores[0] == pytest.approx(scores[1], abs=1e-4)


def assert_same_search(both: Sequence[PassageIndex], question: str, ids: Sequence[str]) -> None:
    """The same by words and by vectors; several passages can be as far from the question."""
    ours, theirs = (index.search(question, limit=ALL, document_ids=ids) for index in both)
    assert_same(ours, theirs)
    ours, theirs = (index.nearest(question, limit=ALL, document_ids=ids) for index in both)
    assert_same(ours, theirs)


def index_in(indexes: Sequence[PassageIndex], readings: dict[str, Reading]) -> None:
    for document_id, reading in readings.items():
        documents = article_documents(reading, document_id=document_id)
        for index in indexes:
            index.add(PassageParser().get_nodes_from_documents(documents))


def test_both_engines_find_the_same_in_the_specimen(
    both: list[PassageIndex], specimens: list[Path]
) -> None:
    readings = {p.stem: LawReader().read(p.name, p.read_bytes()) for p in specimens}
    index_in(both, readings)
    questions = read_questions(ROOT / "documents/questions-specimen.jsonl")

    for ids in ([specimens[0].stem], [*readings]):
        for question in questions:
            assert_same_search(both, question.text, ids)


def test_both_engines_find_the_same_in_the_decrees(
    both: list[PassageIndex], decree_2023: Reading, decree_2013: Reading, shared_data: Path
) -> None:
    index_in(both, {"2023": decree_2023, "2013": decree_2013})
    questions = read_questions(shared_data / "questions/dev-2023.jsonl")

    for ids in (["2013"], ["2023", "2013"]):
        for question in questions[::3]:
            assert_same_search(both, question.text, ids)


def test_both_engines_find_the_same_after_many_changes(both: list[PassageIndex]) -> None:
    chance = random.Random(7)
    words = ["délai", "offre", "plis", "marché", "séance", "caution", "ordre", "prix", "lot"]

    for _ in range(25):
        texts = {str(n): " ".join(chance.choices(words, k=9)) for n in range(chance.randrange(30))}
        document_id = f"d{chance.randrange(6)}"
        for index in both:
            index.delete(document_id)
            index.add(nodes_of(document_id, texts))

    assert both[0].counts() == both[1].counts()
    for question in words:
        assert_same_search(both, question, ["d1", "d4"])


@pytest.mark.parametrize(
    ("operator", "value", "articles"),
    [
        (FilterOperator.EQ, "23", {"23"}),
        (FilterOperator.IN, ["23", "91"], {"23", "91"}),
        (FilterOperator.NIN, ["23"], {"36", "91"}),
    ],
)
@pytest.mark.parametrize("condition", [FilterCondition.AND, FilterCondition.OR])
def test_a_filter_leaves_the_nodes_it_names(
    tmp_path: Path,
    operator: FilterOperator,
    value: str | list[str],
    articles: set[str],
    condition: FilterCondition,
) -> None:
    folder = open_embedded(tmp_path)
    store = EdgeVectorStore(EdgeCollection(folder, "nodes"))
    store.add(nodes_of("d1"))
    one = MetadataFilter(key="article", value=value, operator=operator)

    answer = store.query(
        VectorStoreQuery(
            query_str="article délai jours bons",
            similarity_top_k=9,
            filters=MetadataFilters(filters=[one], condition=condition),
            mode=VectorStoreQueryMode.SPARSE,
        )
    )

    assert {node.metadata["article"] for node in answer.nodes or []} == articles
    folder.close()


def test_a_filter_that_is_not_known_is_refused(tmp_path: Path) -> None:
    folder = open_embedded(tmp_path)
    store = EdgeVectorStore(EdgeCollection(folder, "nodes"))
    store.add(nodes_of("d1"))
    unknown = MetadataFilter(key="article", value="2", operator=FilterOperator.TEXT_MATCH)

    with pytest.raises(NotImplementedError):
        store.query(VectorStoreQuery(query_str="a", filters=MetadataFilters(filters=[unknown])))

    folder.close()


def test_two_collections_share_a_folder_and_the_last_one_gives_it_back(tmp_path: Path) -> None:
    folder = open_embedded(tmp_path)
    passages, keys = an_index(folder, "passages-a"), an_index(folder, "keys-a")
    passages.add(nodes_of("d1"))
    keys.add(nodes_of("d2"))

    passages.close()

    assert found(keys, "délai", "d2") == ["d2/23"]
    with pytest.raises(IndexInUse):
        open_embedded(tmp_path)
    keys.close()
    open_embedded(tmp_path).close()


def test_what_was_added_survives_a_kill_and_the_folder_is_free(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", HELD_UNTIL_KILLED, str(tmp_path)], cwd=ROOT, check=False
    )
    assert child.returncode == -signal.SIGKILL

    index = an_index(open_embedded(tmp_path))

    assert found(index, "délai", "d1") == ["d1/23"]
    assert index.count() == len(TEXTS)
    index.close()


def an_index_of_before(folder: Path) -> None:
    index = an_index(open_embedded(folder))
    index.add(nodes_of("d1"))
    index.close()


def test_a_shard_that_cannot_be_opened_is_dropped_with_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    an_index_of_before(tmp_path)
    shutil.rmtree(tmp_path / "passages-a/wal")
    for file in (tmp_path / "passages-a").rglob("*.json"):
        file.write_bytes(b"\0")

    index = an_index(open_embedded(tmp_path))
    left = index.count()
    index.add(nodes_of("d1"))

    assert left == 0
    assert found(index, "délai", "d1") == ["d1/23"]
    assert "endommagé" in caplog.text
    index.close()


def test_passages_that_cannot_be_read_are_an_error_with_its_remedy(tmp_path: Path) -> None:
    an_index_of_before(tmp_path)
    [page] = (tmp_path / "passages-a").rglob("payload_storage/page_0.dat")
    with page.open("r+b") as file:
        file.write(bytes(4096))
    index = an_index(open_embedded(tmp_path))

    with pytest.raises(DamagedIndex, match=r"passages-a.*supprimez ce dossier"):
        index.search("délai", limit=5, document_ids=["d1"])

    index.close()
