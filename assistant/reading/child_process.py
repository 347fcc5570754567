"""Runs `worker` on a file and gives what it writes: one child process, killed at its deadline.

What the child started itself, Tesseract, is killed with it: they are a process group of their own.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

REMEDY = (
    "Ouvrez-le dans un lecteur de PDF et imprimez-le dans un nouveau fichier PDF, "
    "puis ajoutez ce nouveau fichier."
)
"""What to do with a file that ends its process."""

_IMPORT_ROOT = str(Path(__file__).parents[2])  # the worker starts from any folder


def records_of(
    arguments: Sequence[str], data: bytes, *, seconds: float
) -> Iterator[dict[str, Any]]:
    """Run a worker on the file and give what it writes.

    It is killed after so many seconds, or as soon as nobody wants more of it; should this process
    end without a word, the worker sees it and ends too (see `worker`).
    """
    command = [sys.executable, "-m", "assistant.reading.worker", *arguments]
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        env={**os.environ, "PYTHONPATH": _IMPORT_ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    timer = threading.Timer(max(0.0, seconds), _kill_group, [process])
    timer.daemon = True
    timer.start()
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(data)
                process.stdin.close()
            for line in process.stdout:
                with suppress(json.JSONDecodeError):  # the last line of a killed process
                    yield json.loads(line)
        finally:
            timer.cancel()
            timer.join()  # from here on the process is reaped, and its number may be another's
            _kill_group(process)


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a child that was not waited for yet, with all it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # macOS refuses for a group of zombies
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
