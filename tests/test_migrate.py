"""From the embedded index to a server: what is copied, and what answers there."""

import json
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from assistant.cli import main
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.index import PassageIndex, open_embedded, open_server
from assistant.wiring import open_services

from .conftest import make_settings
from .qdrant_server import serve_qdrant
from .test_edge_store import LetterEncoder
from .test_index import nodes_of

QUESTION = "Quel est le plafond d'un achat par bon de commande ?"


@pytest.fixture
def data(tmp_path: Path, specimens: list[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the specimens, named by the environment."""
    folder = tmp_path / "data"
    services = open_services(make_settings(folder))
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())
    services.close()
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(folder))
    return folder


def test_a_server_answers_as_the_embedded_index_did_once_it_is_copied(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedded = open_services(make_settings(data))
    before = embedded.search.search(QUESTION).hits
    embedded.close()

    with serve_qdrant() as server:
        status = main(["migrate", server.url, "--json"])
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        again = main(["migrate", server.url, "--json"])
        repeated = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        served = open_services(make_settings(data, qdrant_url=server.url))
        after = served.search.search(QUESTION).hits
        served.close()

    assert (status, again) == (0, 0)
    assert [row["status"] for row in rows] == ["copied", "copied"]
    assert [row["status"] for row in repeated] == ["unchanged", "unchanged"]
    assert set(rows[0]) == {"document_id", "file", "status", "passages"}
    assert [hit.ranked.passage for hit in after] == [hit.ranked.passage for hit in before]
    assert [hit.ranked.score for hit in after] == pytest.approx(
        [hit.ranked.score for hit in before], abs=1e-4
    )


def test_a_person_is_told_what_to_set_next(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve_qdrant() as server:
        main(["migrate", server.url])

    printed = capsys.readouterr().out
    assert "passages copiés" in printed
    assert f"ASSISTANT_QDRANT_URL={server.url}" in printed


def test_a_server_that_is_empty_is_filled_at_the_first_start(data: Path) -> None:
    with serve_qdrant() as server:
        served = open_services(make_settings(data, qdrant_url=server.url))
        found = served.search.search(QUESTION).hits
        counts = served.indexes.passages.counts()
        passages = {d.id: d.passage_count for d in served.library.documents()}
        served.library.remove(found[0].document.id)
        left = served.indexes.passages.counts()
        served.close()

    assert found
    assert counts == passages
    assert set(left) == set(counts) - {found[0].document.id}
    assert set(server.indexed_fields) == {"doc_id", "document_id"}


def test_words_and_vectors_are_searched_together_on_a_server(data: Path) -> None:

    with serve_qdrant() as server:
        engines: list[EdgeFolder | QdrantClient] = [
            open_embedded(data / "other"),
            open_server(server.url, ""),
        ]
        ours, theirs = (
            PassageIndex(
                engine, collection="passages-a", encoder=LetterEncoder(), embedded=embedded
            )
            for engine, embedded in zip(engines, (True, False), strict=True)
        )
        for index in (ours, theirs):
            index.add(nodes_of("d1"))
        found = [i.search("délai des offres", limit=3, document_ids=["d1"]) for i in (ours, theirs)]
        ours.close()
        theirs.close()

    assert [r.passage for r in found[0]] == [r.passage for r in found[1]]
    assert [r.score for r in found[0]] == pytest.approx([r.score for r in found[1]])
