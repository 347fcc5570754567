"""Runs `worker` on a file and gives what it writes: one child process, killed at its deadline."""

import json
import os
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
    """Run a worker on the file and give what it writes; it is killed after so many seconds."""
    command = [sys.executable, "-m", "assistant.reading.worker", *arguments]
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        env={**os.environ, "PYTHONPATH": _IMPORT_ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timer = threading.Timer(max(0.0, seconds), process.kill)
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
            process.kill()
