"""A file by which other programs of this machine see what this one has loaded."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

import portalocker

from assistant.answering.model_state import DeviceMemory, ModelState
from assistant.settings import Settings

_NAME = "model.json"
_OURS = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING


def loaded_path(settings: Settings) -> Path:
    """Where it is said."""
    return settings.data_dir / _NAME


class LoadedFile:
    """Says it as long as this process lives, however it ends: a lock on the file is the proof."""

    def __init__(self, path: Path) -> None:
        """Write nothing yet."""
        self._path = path
        self._file: IO[str] | None = None

    def write(self, state: ModelState) -> None:
        """Say what is in memory, unless another process says so in the same folder."""
        if state.memory is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            portalocker.lock(file, _OURS)
        except portalocker.LockException:
            file.close()
            return
        file.truncate(0)
        json.dump(asdict(state), file)
        file.flush()
        self._file = file

    def close(self) -> None:
        """Say it no more."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_loaded(path: Path) -> ModelState | None:
    """Give what a living process has loaded; None: nothing, or nobody lives."""
    with _opened(path) as file:
        if file is None:
            return None
        try:
            portalocker.lock(file, _OURS)
        except portalocker.LockException:
            return _read(file.read())
        return None


@contextmanager
def _opened(path: Path) -> Iterator[IO[str] | None]:
    try:
        file = path.open("r+", encoding="utf-8")
    except OSError:
        yield None
        return
    with file:
        yield file


def _read(text: str) -> ModelState | None:
    try:
        content = json.loads(text)
    except ValueError:  # it is being written
        return None
    memory = content.pop("memory")
    return ModelState(**content, memory=memory and DeviceMemory(**memory))
