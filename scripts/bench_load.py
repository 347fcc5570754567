"""Benchmark twenty people at once: questions over the API, then pages, on the real server.

    python -m scripts.bench_load

The server is started as people start it, on a folder of its own with the real decrees (elsewhere
the specimens), without accounts, quoting the law; everything stays on 127.0.0.1. No answer is given
again: each question asks to be written anew. A page is a person's first run of its script over the
websocket, from the connection on, which is what fills the screen: for all twenty at one moment, and
when each reads a page before the next. `nothing` is `/api/health` asked
by the same twenty: what the server and this client cost alone. Memory is the server's own. Its
growth is counted over the 500 questions after a first round of them. `load_average` is that of the
machine over the last minute before anything of this ran: other work makes every figure worse.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from assistant.settings import Settings
from assistant.wiring import open_services
from scripts.real_decrees import DECREES, SHARED

PEOPLE, QUESTIONS, WARM = 20, 500, 100
READING = 5.0  # seconds that a person looks at a page, on average
PAGES = ("", "lire", "documents", "lexique", "evaluation", "aide") * 10
ROOT = Path(__file__).parents[1]
SPECIMENS = tuple(sorted((ROOT / "documents").glob("specimen-*.pdf")))
FEW = ("Quel est le plafond des bons de commande ?", "À combien s’élève la garantie provisoire ?")
_PATIENCE = 120.0  # seconds, for anything

T = TypeVar("T")


def main() -> None:
    """Print the figures as JSON."""
    load = round(os.getloadavg()[0], 1)
    files = DECREES if all(path.exists() for path in DECREES) else SPECIMENS
    with tempfile.TemporaryDirectory() as folder:
        index(Path(folder), files)
        started = time.perf_counter()
        with serving(Path(folder)) as (process, port):
            run_page(port, "")
            first_screen = time.perf_counter() - started
            figures = measure(process, port)
    machine = {"cores": os.cpu_count(), "load_average": load, "documents": len(files)}
    print(json.dumps({**machine, "first_screen_seconds": round(first_screen, 2), **figures}))


def index(folder: Path, files: Iterable[Path]) -> None:
    """Index files in a data folder."""
    services = open_services(Settings(data_dir=folder, model="extractive"))
    for path in files:
        services.library.ingest(path.name, path.read_bytes())
    services.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Start the server, and wait until it answers; gives its process and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {"DATA_DIR": str(folder), "MODEL": "extractive", "ACCOUNTS": "off"}
    environment = os.environ | {f"ASSISTANT_{name}": value for name, value in settings.items()}
    command = ["-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("the server does not answer")


def measure(process: "subprocess.Popen[bytes]", port: int) -> dict[str, Any]:
    """Have twenty people ask, and open pages."""
    limits = httpx.Limits(max_connections=PEOPLE)
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE, limits=limits
    ) as client:

        def ask(question: str) -> None:
            asked = {"question": question, "refresh": True}
            client.post("/api/ask", json=asked).raise_for_status()

        def ask_nothing(_: object) -> None:
            client.get("/api/health").raise_for_status()

        questions = read_questions(WARM + QUESTIONS)
        together(ask, questions[:WARM])
        before = resident_megabytes(process.pid)
        asked = together(ask, questions[WARM:])
        after = resident_megabytes(process.pid)
        nothing = together(ask_nothing, range(QUESTIONS))
    pages = together(lambda name: run_page(port, name), PAGES)
    read = together(lambda name: run_page(port, name), PAGES, pause=READING)
    return {
        "people": PEOPLE,
        "questions": asked,
        "nothing": nothing,
        "pages_at_one_moment": pages,
        "pages_while_reading": read,
        "megabytes_before": before,
        "megabytes_after": after,
        "growth_percent": round(100 * (after - before) / before, 1),
        "megabytes_after_pages": resident_megabytes(process.pid),
    }


def read_questions(number: int) -> list[str]:
    """Give so many questions, the real ones where they are, again and again."""
    lines = [
        line
        for path in sorted((SHARED / "questions").glob("dev-20*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    known = [json.loads(line)["question"] for line in lines] or FEW
    return [known[place % len(known)] for place in range(number)]


def together(
    act: Callable[[T], object], on: Sequence[T], *, pause: float = 0.0
) -> dict[str, float]:
    """Have twenty people do something, one after the other each; gives errors and milliseconds.

    Before each, a person pauses for so many seconds on average.
    """
    pauses = random.Random(2026)  # noqa: S311 - the same pauses each time

    def timed(one: T) -> tuple[float, bool]:
        time.sleep(pauses.uniform(0, 2 * pause))
        start = time.perf_counter()
        try:
            act(one)
        except Exception as error:  # noqa: BLE001 - it is counted
            print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
            return 1000 * (time.perf_counter() - start), True
        return 1000 * (time.perf_counter() - start), False

    with ThreadPoolExecutor(PEOPLE) as people:
        done = list(people.map(timed, on))
    taken = [milliseconds for milliseconds, _ in done]
    return {
        "n": len(done),
        "errors": sum(failed for _, failed in done),
        **{f"p{p}_ms": round(float(np.percentile(taken, p)), 1) for p in (50, 95)},
    }


def run_page(port: int, name: str) -> None:
    """Run a page's script as a new person, from the connection to its end."""
    asked = BackMsg()
    asked.rerun_script.page_name = name
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    with connect(url, subprotocols=protocols, max_size=None, close_timeout=0) as socket_:
        socket_.send(asked.SerializeToString())
        while True:
            said = ForwardMsg.FromString(socket_.recv(_PATIENCE, decode=False))
            if said.WhichOneof("type") == "script_finished":
                if said.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"the page {name!r} ended with {said.script_finished}")
                return


def resident_megabytes(pid: int) -> float:
    """Give the memory of a process, without its children."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main()
