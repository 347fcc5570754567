import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.ui.later import Later
from assistant.wiring import Services, open_services

ROOT = Path(__file__).parents[1]
HEAVY = (
    *("llama_index", "torch", "transformers", "pandas", "scipy", "sklearn", "qdrant_client"),
    *("fastapi", "pypdf"),
)

OPENED = f"""
import sys
import streamlit_app
from assistant.ui.session import services
documents = services().library.documents()
print(len(documents), [name for name in {HEAVY} if name in sys.modules])
services.close()
"""


def test_what_takes_long_to_import_is_not_waited_for_by_the_first_screen(
    tmp_path: Path, specimens: list[Path]
) -> None:
    settings = Settings(data_dir=tmp_path, model="extractive")
    indexed = open_services(settings)
    indexed.library.ingest(specimens[0].name, specimens[0].read_bytes())
    indexed.close()
    environment = os.environ | {
        "ASSISTANT_DATA_DIR": str(tmp_path),
        "ASSISTANT_MODEL": "extractive",
        "ASSISTANT_ACCOUNTS": "off",
    }

    child = subprocess.run(
        [sys.executable, "-c", OPENED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert child.stdout.strip() == "1 []"


def test_an_application_made_later_is_made_once_and_answers_who_came_first() -> None:
    made: list[PlainTextResponse] = []

    def make() -> PlainTextResponse:
        made.append(PlainTextResponse("made"))
        return made[-1]

    served = Starlette(routes=[Mount("/api", Later(make))])

    with TestClient(served) as client, ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: client.get("/api/anything").text, range(8)))

    assert answers == ["made"] * 8
    assert len(made) == 1


def test_an_application_that_could_not_be_made_is_made_by_the_next_request() -> None:
    tried: list[int] = []

    def make() -> PlainTextResponse:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("not yet")
        return PlainTextResponse("made")

    served = Starlette(routes=[Mount("/api", Later(make))])

    with TestClient(served, raise_server_exceptions=False) as client:
        answers = [client.get("/api/anything") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [500, 200]


def test_the_first_question_is_prepared_without_keeping_anything(
    specimen_services: Services,
) -> None:
    specimen_services.prepare()

    assert specimen_services.history.latest(1) == []
