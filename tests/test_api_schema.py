"""The API against its own OpenAPI document: no case made of it ends in an error of ours.

`CASES=1000 pytest tests/test_api_schema.py` tries as many for each route.
Written without the pytest plugin of Schemathesis, which does not know pytest 9.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from assistant.api import create_api
from assistant.wiring import Services, open_services

from .conftest import make_settings

CASES = int(os.environ.get("CASES", "12"))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("schema")))
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def test_no_case_ends_in_an_error_of_ours(services: Services) -> None:
    described = schemathesis.openapi.from_asgi("/openapi.json", create_api(lambda: services))
    tried = 0

    for operation in described.get_all_operations():
        checked = operation.ok()

        @settings(
            max_examples=CASES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=checked.as_strategy())
        def hold(case: schemathesis.Case) -> None:
            nonlocal tried
            tried += 1
            case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])

        hold()

    assert tried > CASES
