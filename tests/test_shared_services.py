"""The services that screens and API share."""

from pathlib import Path

import pytest

from assistant.errors import InvalidSettings
from assistant.ui.session import SharedServices


def test_a_failed_opening_is_tried_again_and_a_good_one_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    shared = SharedServices()
    shared.on_open = lambda: told.append(True)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_QDRANT_URL", "http://127.0.0.1:9")
    with pytest.raises(InvalidSettings):
        shared()
    assert not told

    monkeypatch.setenv("ASSISTANT_QDRANT_URL", "")

    assert shared() is shared()
    assert told == [True]
    shared.close()
