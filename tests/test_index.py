"""The passage index, on both kinds of store: Qdrant Edge, and LlamaIndex's over a Qdrant client."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from llama_index.core.schema import BaseNode
from qdrant_client import QdrantClient

from assistant.reading.article_documents import article_documents
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.index import PassageIndex, open_embedded
from assistant.searching.passage_nodes import PassageParser

from .conftest import ROOT

TEXTS = {
    "23": "Le délai de publicité de l’avis est de vingt et un jours.",
    "36": "Les offres sont valables soixante-quinze jours.",
    "91": "Les bons de commande sont plafonnés.",
}


def nodes_of(document_id: str, texts: dict[str, str] = TEXTS) -> list[BaseNode]:
    articles = tuple(
        Article(number, f"ART. {number}", (), text, (PageNumbers(1, 1, None),), (), ())
        for number, text in texts.items()
    )
    reading = Reading(Instrument("2-22-431", "Décret"), 1, articles, ())
    documents = article_documents(reading, document_id=document_id)
    return PassageParser().get_nodes_from_documents(documents)


def an_index(engine: EdgeFolder | QdrantClient, collection: str = "passages-a") -> PassageIndex:
    return PassageIndex(engine, collection=collection)


@pytest.fixture(params=["edge", "client"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EdgeFolder | QdrantClient]:
    opened = open_embedded(tmp_path) if request.param == "edge" else QdrantClient(":memory:")
    yield opened
    opened.close()


@pytest.fixture
def index(engine: EdgeFolder | QdrantClient) -> PassageIndex:
    return an_index(engine)


def found(index: PassageIndex, question: str, *documents: str, limit: int = 10) -> list[str]:
    ranked = index.search(question, limit=limit, document_ids=documents)
    return [f"{r.passage.document_id}/{r.passage.article}" for r in ranked]


def test_the_passage_that_says_it_is_found_first(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))

    assert found(index, "Quel est le délai de publicité ?", "d1")[0] == "d1/23"


def test_a_passage_is_found_by_its_heading(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))

    assert found(index, "article 91", "d1")[0] == "d1/91"


def test_a_passage_that_shares_no_word_with_the_question_is_not_found(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))

    assert found(index, "couscous", "d1") == []


def test_the_same_passages_twice_change_nothing(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))
    before = (index.count(), index.search("délai", limit=5, document_ids=["d1"]))

    index.add(nodes_of("d1"))

    assert (index.count(), index.search("délai", limit=5, document_ids=["d1"])) == before


def test_more_passages_than_a_batch_are_all_kept(index: PassageIndex) -> None:
    index.add(nodes_of("d1", {str(n): f"Alinéa {n}." for n in range(150)}))

    assert index.count() == 150


def test_a_deleted_document_leaves_no_passage_and_the_others_stay(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))
    index.add(nodes_of("d2"))

    index.delete("d1")

    assert (index.count("d1"), index.count("d2"), index.count()) == (0, 3, 3)
    assert found(index, "délai", "d1", "d2") == ["d2/23"]


def test_deleting_what_is_not_there_does_nothing(index: PassageIndex) -> None:
    index.delete("d1")

    assert index.count() == 0


def test_only_the_documents_asked_for_are_searched(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))
    index.add(nodes_of("d2"))

    assert found(index, "délai", "d2") == ["d2/23"]


def test_no_documents_give_no_passage(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))

    assert found(index, "délai") == []


def test_an_index_that_was_never_filled_gives_no_passage(index: PassageIndex) -> None:
    assert found(index, "délai", "d1") == []


def test_at_most_so_many_passages_are_given(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))

    assert len(found(index, "jours offres bons délai", "d1", limit=2)) == 2


def test_what_is_stored_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    before = an_index(open_embedded(tmp_path))
    before.add(nodes_of("d1"))
    before.close()

    again = an_index(open_embedded(tmp_path))

    assert found(again, "délai", "d1") == ["d1/23"]
    again.close()


def test_the_collections_of_other_settings_are_dropped_and_those_of_another_kind_stay(
    engine: EdgeFolder | QdrantClient,
) -> None:
    an_index(engine, "passages-old").add(nodes_of("d1"))
    an_index(engine, "keys-new").add(nodes_of("d1"))
    index = an_index(engine, "passages-new")
    index.add(nodes_of("d2"))

    index.drop_other_collections()

    assert an_index(engine, "passages-old").count() == 0
    assert an_index(engine, "keys-new").counts() == {"d1": 3}
    assert index.counts() == {"d2": 3}


def test_the_passages_of_each_document_are_counted(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))
    index.add(nodes_of("d2", {"1": "Seul."}))
    index.add(nodes_of("d3"))

    index.delete("d3")

    assert index.counts() == {"d1": 3, "d2": 1}
    assert an_index(QdrantClient(":memory:")).counts() == {}


def test_how_a_document_is_ranked_does_not_depend_on_what_else_is_indexed(
    index: PassageIndex,
) -> None:
    index.add(nodes_of("d1"))
    alone = index.search("délai des offres", limit=5, document_ids=["d1"])

    index.add(nodes_of("d2", {str(n): f"Le délai numéro {n}." for n in range(50)}))

    beside = index.search("délai des offres", limit=5, document_ids=["d1"])
    assert [r.passage for r in beside] == [r.passage for r in alone]
    assert [r.score for r in beside] == pytest.approx([r.score for r in alone])


def test_equal_scores_have_one_order(index: PassageIndex) -> None:
    index.add(nodes_of("d1", {str(n): "Le même texte." for n in range(20)}))

    ranked = index.search("même texte", limit=20, document_ids=["d1"])

    assert [r.passage.id for r in ranked] == sorted(r.passage.id for r in ranked)


def test_people_search_while_a_document_is_added(index: PassageIndex) -> None:
    index.add(nodes_of("d1"))
    many = nodes_of("d2", {str(n): f"Alinéa {n} sur le délai." for n in range(300)})

    with ThreadPoolExecutor(4) as threads:
        adding = threads.submit(index.add, many)
        searches = [threads.submit(found, index, "publicité", "d1") for _ in range(20)]

    adding.result()
    assert all(search.result() == ["d1/23"] for search in searches)


def test_a_second_process_is_told_that_the_folder_is_open_and_the_ways_out(tmp_path: Path) -> None:
    held = open_embedded(tmp_path)
    script = """
import sys
from pathlib import Path
from assistant.errors import IndexInUse
from assistant.searching.index import open_embedded
try:
    open_embedded(Path(sys.argv[1]))
except IndexInUse as refusal:
    print(refusal)
"""

    second = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    held.close()
    assert str(tmp_path) in second.stdout
    assert "déjà ouvert par un autre programme" in second.stdout
    assert "ASSISTANT_DATA_DIR" in second.stdout
