"""The REST API, on real services in a folder of its own."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.api import create_api
from assistant.wiring import Services, open_services

from .conftest import make_settings
from .openai_server import Connection, engine

CEILING = {"question": "Quel est le plafond des bons de commande ?"}


@pytest.fixture
def client(specimen_services: Services) -> Iterator[TestClient]:
    with TestClient(create_api(lambda: specimen_services)) as opened:
        yield opened


def test_health_counts_the_documents_and_names_the_model(client: TestClient) -> None:
    answer = client.get("/health").json()

    assert answer.pop("model_state")["is_loaded"] is False
    assert answer == {"status": "ok", "documents": 2, "model": "extractive"}


def test_an_answer_names_its_article_and_its_page(client: TestClient) -> None:
    answer = client.post("/ask", json=CEILING).json()

    [citation, *_] = answer["citations"]
    assert answer["outcome"] == "answered"
    assert (citation["article"], citation["page"], citation["bo_page"]) == ("7", 3, 3512)


def test_an_answer_says_apart_what_the_texts_say_and_what_a_model_wrote(client: TestClient) -> None:
    answer = client.post("/ask", json=CEILING).json()

    assert answer["user_question"] == CEILING["question"]
    assert answer["retrieved_answer"].startswith(answer["citations"][0]["quote"])
    assert answer["llm_generated_answer"] is None


def test_the_launch_date_chooses_the_decree(client: TestClient) -> None:
    answer = client.post("/ask", json=CEILING | {"launched": "2019-05-01"}).json()

    assert answer["regime"]["instrument"] == "9-10-101"
    assert answer["regime"]["launched"] == "2019-05-01"


def test_an_answer_of_the_cache_can_be_refreshed(client: TestClient) -> None:
    asked = [{}, {}, {"refresh": True}]
    answers = [client.post("/ask", json=CEILING | options).json() for options in asked]

    assert [answer["cached"] for answer in answers] == [False, True, False]
    assert answers[1]["written_at"]


def test_documents_are_listed_with_what_they_contain(client: TestClient) -> None:
    listed = client.get("/documents").json()

    found = {d["instruments"][0]["number"]: d["articles"] for d in listed}
    assert found == {"9-10-101": 16, "9-20-202": 18}


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"question": "   "}, 422, "La question est vide"),
        ({"question": "mot " * 1250}, 422, "plus que les 2000 admis"),
        (CEILING | {"within": "1-23-456"}, 404, "« 1-23-456 » n’est pas indexé"),
        (CEILING | {"launched": "hier"}, 422, "champ : launched"),
        (CEILING | {"launch": "2019-05-01"}, 422, "champ : launch"),
        ({}, 422, "champ : question"),
    ],
    ids=["empty", "too long", "unknown text", "no date", "unknown field", "no question"],
)
def test_what_cannot_be_asked_is_a_problem_in_french(
    client: TestClient, asked: dict[str, str], status: int, words: str
) -> None:
    answer = client.post("/ask", json=asked)

    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"].replace("\u00a0", " ")


def test_an_unknown_address_is_a_problem_in_french(client: TestClient) -> None:
    answer = client.get("/rien")

    assert answer.status_code == 404
    assert "n’est pas une adresse" in answer.json()["detail"]


def test_the_page_of_the_api_fetches_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    fetched = re.findall(r"""(?:src|href)=["'](.*?)["']""", page)

    assert fetched
    assert [client.get(address).status_code for address in fetched] == [200] * len(fetched)
    assert [address for address in fetched if "//" in address] == []


@pytest.mark.filterwarnings("ignore:unclosed file.*lock:ResourceWarning")  # Qdrant's, when refused
def test_an_index_that_another_holds_is_said_and_asks_to_wait(
    services: Services, tmp_path: Path
) -> None:
    api = create_api(lambda: open_services(make_settings(tmp_path / "data")))

    answer = TestClient(api).get("/health")

    assert answer.status_code == 503
    assert "déjà ouvert par un autre programme" in answer.json()["detail"]


def test_a_bug_gives_a_reference_and_no_stack_trace() -> None:
    def broken() -> Services:
        raise ZeroDivisionError("secret detail")

    answer = TestClient(create_api(broken), raise_server_exceptions=False).get("/health")

    assert answer.status_code == 500
    assert re.search(r"référence [0-9a-f]{8}", answer.json()["detail"])
    assert "secret detail" not in answer.text


def test_a_slow_answer_keeps_nobody_else_waiting(tmp_path: Path, specimens: list[Path]) -> None:
    asked, released = threading.Event(), threading.Event()

    def answer(connection: Connection) -> None:
        asked.set()
        released.wait(30)
        connection.begin()
        connection.send("Le plafond est de 85.000 dirhams [1].", "stop")
        connection.send_line("[DONE]")

    with engine(answer) as server:
        settings = make_settings(tmp_path, model="openai:m", model_url=server.url)
        services = open_services(settings)
        services.library.ingest(specimens[1].name, specimens[1].read_bytes())
        with TestClient(create_api(lambda: services)) as client:
            asking = threading.Thread(target=client.post, args=("/ask",), kwargs={"json": CEILING})
            asking.start()
            assert asked.wait(30)
            health = client.get("/health")
            still_asking = asking.is_alive()
            released.set()
            asking.join()
        services.close()

    assert (health.status_code, still_asking) == (200, True)
