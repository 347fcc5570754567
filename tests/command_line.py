"""The command line on a folder of its own, and the specimens indexed by it."""

import json
from pathlib import Path

import pytest

from assistant.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")


def run(capsys: Captured, *arguments: str) -> tuple[int, list[object]]:
    status = main([*arguments, "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def indexed(specimens: list[Path], capsys: Captured) -> list[dict[str, object]]:
    main(["ingest", *map(str, specimens), "--json"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]
