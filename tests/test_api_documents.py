"""Documents over the API: sent, followed, read, rated, counted, deleted."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api import create_api
from assistant.evaluating.campaign_records import CampaignPlan
from assistant.wiring import Services, open_services

from .conftest import make_settings

CEILING = {"question": "Quel est le plafond des bons de commande ?"}
ENDED = {"indexed", "unchanged", "failed"}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("api")))
    opened.library.ingest(specimens[1].name, specimens[1].read_bytes())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_api(lambda: services)) as opened:
        yield opened


def send(client: TestClient, name: str, data: bytes) -> dict[str, Any]:
    """Send a file and wait for what comes of it."""
    sent = client.post("/documents", files={"file": (name, data, "application/pdf")})
    assert sent.status_code == 202
    for _ in range(600):
        job: dict[str, Any] = client.get(sent.headers["location"]).json()
        if job["state"] in ENDED:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_a_file_is_sent_read_given_back_and_deleted(
    client: TestClient, specimens: list[Path]
) -> None:
    data = specimens[0].read_bytes()
    job = send(client, "../../décret.pdf", data)
    document_id = job["document_id"]
    listed = client.get(f"/documents/{document_id}").json()
    file = client.get(f"/documents/{document_id}/file")
    deleted = client.delete(f"/documents/{document_id}")

    assert (job["state"], job["error"]) == ("indexed", None)
    assert listed["instruments"][0]["number"] == "9-10-101"
    assert file.content == data
    assert "attachment" in file.headers["content-disposition"]
    assert deleted.status_code == 204
    assert client.get(f"/documents/{document_id}").status_code == 404
    assert client.get("/ingestions").json() == []


def test_a_file_that_is_no_pdf_fails_with_a_sentence(client: TestClient) -> None:
    job = send(client, "note.pdf", b"bonjour")

    assert (job["state"], job["document_id"]) == ("failed", None)
    assert "note.pdf" in job["error"]


def test_a_body_larger_than_a_file_may_be_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_FILE_MEGABYTES", "1")

    sent = client.post("/documents", files={"file": ("grand.pdf", b"0" * 3_000_000)})

    assert sent.status_code == 413
    assert "dépasse la taille admise" in sent.json()["detail"]


def test_nobody_has_a_large_body_read_before_they_are_known(client: TestClient) -> None:
    asked = client.post(
        "/ask", content=b"[" * 300_000, headers={"content-type": "application/json"}
    )

    assert asked.status_code == 413


def test_a_document_that_is_not_sent_as_a_file_is_a_problem(client: TestClient) -> None:
    sent = client.post("/documents", json={"file": "décret"})

    assert sent.status_code == 400
    assert "multipart/form-data" in sent.json()["detail"]


def test_what_was_never_sent_is_a_problem(client: TestClient) -> None:
    assert "numéro 999" in client.get("/ingestions/999").json()["detail"]


def test_search_gives_articles_best_first(client: TestClient) -> None:
    found = client.post("/search", json=CEILING | {"k": 3}).json()

    assert [result["rank"] for result in found["results"]] == [1, 2, 3]
    assert found["results"][0]["article"] == "7"


def test_a_text_is_read_article_by_article(client: TestClient) -> None:
    [first, *_others] = client.get("/instruments/9-20-202/articles").json()
    whole = client.get("/instruments/9-20-202/articles/7").json()

    assert first["number"] in {"1", "preambule"}
    assert len(whole["text"]) == whole["characters"]
    assert whole["boxes"]


@pytest.mark.parametrize(
    "address", ["/instruments/1-2-3/articles", "/instruments/9-20-202/articles/999"]
)
def test_what_no_text_has_is_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_an_answer_is_rated_once_by_each(client: TestClient) -> None:
    answer_id = client.post("/ask", json=CEILING).json()["id"]
    scores = {"pertinence": 5, "coherence": 4, "fluidite": 4, "exactitude_sources": 5}
    kept = [
        client.put(f"/answers/{answer_id}/rating", json=scores | {"pertinence": given})
        for given in (2, 5)
    ]
    rows = client.get("/ratings").text.splitlines()

    assert [answer.status_code for answer in kept] == [204, 204]
    assert len([row for row in rows if answer_id in row]) == 1
    assert client.get("/ratings?format=csv").text.startswith("rating_id")


def test_who_rates_in_an_open_campaign_gets_no_file_that_names_the_models(
    client: TestClient, services: Services
) -> None:
    answer_id = client.post("/ask", json=CEILING).json()["id"]
    campaigns = services.evaluation.campaigns
    me = services.accounts.people.local().id
    campaign = campaigns.create(CampaignPlan("Novembre", raters=(me,)), by=None)
    services.evaluation.items.add_answers(campaign.id, [answer_id])
    campaigns.open(campaign.id)

    refused = client.get("/ratings")
    campaigns.close(campaign.id)

    assert refused.status_code == 403
    assert "Novembre" in refused.json()["detail"]
    assert client.get("/ratings").status_code == 200


def test_an_unknown_answer_cannot_be_rated(client: TestClient) -> None:
    scores = {"pertinence": 5, "coherence": 4, "fluidite": 4, "exactitude_sources": 5}

    refused = client.put("/answers/rien/rating", json=scores)

    assert refused.status_code == 404
    assert "« rien » n’existe pas" in refused.json()["detail"]


def test_the_measures_count_answers_and_documents(client: TestClient) -> None:
    before = _counted(client)
    client.post("/ask", json={"question": "Quelle est la couleur du ciel ?"})

    assert _counted(client) == before + 1
    assert "assistant_documents 1.0" in client.get("/metrics").text
    assert "process_resident_memory_bytes" in client.get("/metrics").text


def _counted(client: TestClient) -> float:
    start = 'assistant_answers_total{cached="false",model="extractive",outcome="not_found"}'
    lines = [line for line in client.get("/metrics").text.splitlines() if line.startswith(start)]
    return float(lines[0].split()[-1]) if lines else 0.0


def test_an_assistant_without_documents_is_alive_and_not_ready(tmp_path: Path) -> None:
    services = open_services(make_settings(tmp_path))
    client = TestClient(create_api(lambda: services))
    alive, ready = client.get("/health"), client.get("/ready")
    services.close()

    assert (alive.status_code, ready.status_code) == (200, 503)
    assert "Ajoutez un document" in ready.json()["detail"]
