"""An ingestion that is killed, that fails, or that runs beside others leaves a whole library."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.storage.database import Database
from assistant.storage.tables import DocumentRow

from .conftest import ROOT
from .open_library import (
    KILLED_WHILE_INDEXING,
    KILLED_WHILE_READING,
    ClosedReader,
    FullDiskIndex,
    OpenLibrary,
)


def run_until_killed(script: str, *arguments: object) -> None:
    child = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, check=False
    )
    assert child.returncode == -signal.SIGKILL


@pytest.fixture(
    scope="module",
    params=[(KILLED_WHILE_READING, 0), (KILLED_WHILE_INDEXING, 1)],
    ids=["reading", "indexing"],
)
def killed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, specimen: Path
) -> Path:
    """A folder in which an ingestion was killed, with the rows it had written by then."""
    script, left_behind = request.param
    folder = tmp_path_factory.mktemp("killed")
    run_until_killed(script, folder, specimen, "v1")
    database = Database(f"sqlite:///{folder / 'library.db'}")
    with database.session() as session:
        assert len(session.scalars(select(DocumentRow)).all()) == left_behind
    database.close()
    return folder


def test_a_killed_ingestion_leaves_nothing_after_a_restart(
    reopen: Callable[..., OpenLibrary], tmp_path: Path, killed: Path
) -> None:
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)

    opened = reopen()

    assert opened.library.documents() == []
    assert opened.rows() == (0, 0)
    assert opened.index.count() == 0


def test_an_ingestion_after_a_killed_one_has_the_right_number_of_passages(
    reopen: Callable[..., OpenLibrary],
    tmp_path: Path,
    killed: Path,
    specimen: Path,
    specimen_passages: int,
) -> None:
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)
    opened = reopen()

    report = opened.library.ingest(specimen.name, specimen.read_bytes())

    assert report.status == "indexed"
    assert opened.index.count() == specimen_passages


def test_indexing_anew_that_was_killed_is_done_at_the_next_start(
    reopen: Callable[..., OpenLibrary], tmp_path: Path, specimen: Path, specimen_passages: int
) -> None:
    opened = reopen()
    opened.library.ingest(specimen.name, specimen.read_bytes())
    opened.close()
    run_until_killed(KILLED_WHILE_INDEXING, tmp_path, specimen, "v2")

    again = reopen(ClosedReader(), version="v2")

    assert [document.passage_count for document in again.library.documents()] == [specimen_passages]
    assert again.index.count() == specimen_passages


def test_an_ingestion_that_fails_leaves_nothing(
    reopen: Callable[..., OpenLibrary], specimen: Path, tmp_path: Path
) -> None:
    opened = reopen(index_class=FullDiskIndex)

    with pytest.raises(OSError, match="no space left"):
        opened.library.ingest(specimen.name, specimen.read_bytes())

    assert opened.rows() == (0, 0)
    assert opened.index.count() == 0
    assert list((tmp_path / "originals").iterdir()) == []


def test_two_files_at_once_are_both_indexed(
    reopen: Callable[..., OpenLibrary], specimens: list[Path]
) -> None:
    library = reopen().library

    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(lambda p: library.ingest(p.name, p.read_bytes()), specimens))

    assert [report.status for report in reports] == ["indexed", "indexed"]
    assert sorted(d.instrument.number for d in library.documents()) == ["9-10-101", "9-20-202"]


def test_one_file_from_ten_people_at_once_is_indexed_once(
    reopen: Callable[..., OpenLibrary], specimen: Path, specimen_passages: int
) -> None:
    opened = reopen()

    with ThreadPoolExecutor(10) as threads:
        reports = threads.map(
            lambda _: opened.library.ingest(specimen.name, specimen.read_bytes()), range(10)
        )

    assert sorted(report.status for report in reports) == ["indexed"] + 9 * ["unchanged"]
    assert len(opened.library.documents()) == 1
    assert opened.index.count() == specimen_passages
