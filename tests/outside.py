"""What lies around a data folder, before and after: nothing there may change."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .hostile_inputs import MARK

NOT_OURS = {
    *(".git", ".venv", "__pycache__", ".pytest_cache", ".hypothesis", ".ruff_cache"),
    *(".mypy_cache", ".import_linter_cache", "screenshots"),
}
"""Folders of the project that the tests beside this one write to."""


class Surroundings:
    """A home, a working and a temporary folder of their own around a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data, self.home, self.work, self.temporary, self.elsewhere = (
            folder / name for name in ("data", "home", "work", "temporary", "elsewhere")
        )
        for made in (self.home, self.work, self.temporary, self.elsewhere):
            made.mkdir(exist_ok=True)

    def files(self, *others: Path) -> dict[str, tuple[int, int]]:
        """Give every file and folder around the data folder, and under others: size, time."""
        found = dict(_tree(self.folder, without={self.data.name}))
        for other in others:
            found |= dict(_tree(other, without=NOT_OURS))
        return found


def marked_files(*folders: Path) -> list[Path]:
    """Give what lies directly in some folders under a hostile name."""
    return [path for folder in folders for path in folder.iterdir() if MARK in path.name]


def _tree(top: Path, *, without: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    left_out = set(without)
    for folder, inner, names in os.walk(top):
        inner[:] = [name for name in inner if name not in left_out]
        for name in (*inner, *names):
            path = Path(folder, name)
            state = path.lstat()
            yield str(path), (0, 0) if path.is_dir() else (state.st_size, state.st_mtime_ns)
