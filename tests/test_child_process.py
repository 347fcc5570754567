"""A child process and what it started end together, whoever gives up."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.reading.child_process import records_of

from .conftest import ROOT
from .scans import pictures_of, scan_of

PATIENCE = 60.0  # seconds; only a test that fails waits so long
ENDLESS = "#!/bin/sh\necho $$ >> {pids}\nexec sleep 600\n"
"""A `tesseract` that never ends, and says which process it is."""

RECOGNISE = """
import sys
from pathlib import Path
from assistant.reading.child_process import records_of

list(records_of(["recognise", "1"], Path(sys.argv[1]).read_bytes(), seconds=600))
"""


@pytest.fixture(scope="module")
def scan(specimens: list[Path]) -> bytes:
    return scan_of(pictures_of(specimens[-1].read_bytes(), [1], dpi=100), dpi=100)


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the endless `tesseract`, the first on the PATH, writes its number."""
    command, pids = tmp_path / "bin" / "tesseract", tmp_path / "pids"
    command.parent.mkdir()
    command.write_text(ENDLESS.format(pids=pids), "utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    return pids


def started(pids: Path) -> int:
    """Wait for the endless process and give its number."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if pids.exists() and (written := pids.read_text("utf-8").split()):
            return int(written[0])
        time.sleep(0.05)
    raise AssertionError("it was never started")


def ends(pid: int) -> bool:
    """Whether a process ends, sooner or later."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":  # ended; whoever adopted it has not looked yet
            return True
        time.sleep(0.05)
    return False


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are in /proc")


@linux
def test_at_its_deadline_a_child_ends_with_what_it_started(scan: bytes, pids: Path) -> None:
    found = list(records_of(["recognise", "1"], scan, seconds=8))

    assert found == []
    assert ends(started(pids))


@linux
def test_a_child_whose_parent_is_killed_ends_with_what_it_started(
    scan: bytes, pids: Path, tmp_path: Path
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan)
    parent = subprocess.Popen([sys.executable, "-c", RECOGNISE, str(path)], cwd=ROOT)
    endless = started(pids)

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert ends(endless)
