"""The real server, in a process of its own, and real people's Chromium before it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.wiring import open_services

from .conftest import ROOT, make_settings

SCREENSHOTS = ROOT / "tests" / "screenshots"
CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (1280, 390)
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_STARTS_WITHIN = 60  # seconds, on a busy machine with two cores
_ANSWERS_WITHIN = 30_000  # milliseconds


class App:
    """The application on one data folder; it can be killed and started again."""

    def __init__(
        self, data_dir: Path, *, accounts: bool = False, settings: Mapping[str, str] | None = None
    ) -> None:
        self.data_dir = data_dir
        self.accounts = accounts
        self.settings = settings or {}
        self.temporary = data_dir.parent / "temporary"  # for files that nobody should leave
        self.url = f"http://127.0.0.1:{_free_port()}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server as people do, and wait until it answers."""
        self.launch()
        self._wait()

    def launch(self) -> None:
        """Start the server, and ask it nothing."""
        self.temporary.mkdir(exist_ok=True)
        settings = {
            "ASSISTANT_DATA_DIR": str(self.data_dir),
            "ASSISTANT_MODEL": "extractive",
            "ASSISTANT_ACCOUNTS": "on" if self.accounts else "off",
            "TMPDIR": str(self.temporary),
            **self.settings,
        }
        port = str(urlsplit(self.url).port)
        command = ["-m", "streamlit", "run", "streamlit_app.py", "--server.port", port]
        with (self.data_dir.parent / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=os.environ | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server, and wait until its process is gone."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def resident_megabytes(self) -> float:
        """Memory of the server's own process, without its children."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1]) / 1024

    def _wait(self) -> None:
        end = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < end:
            assert self._process is not None
            assert self._process.poll() is None, "the server ended at once"
            try:
                with urllib.request.urlopen(f"{self.url}/api/health", timeout=30):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")


@contextmanager
def running_app(
    folder: Path,
    files: Iterable[Path] = (),
    *,
    accounts: bool = False,
    settings: Mapping[str, str] | None = None,
) -> Iterator[App]:
    """Serve an installation with those files indexed, where people sign in or do not."""
    app = App(folder / "data", accounts=accounts, settings=settings)
    services = open_services(make_settings(app.data_dir))
    for file in files:
        services.library.ingest(file.name, file.read_bytes())
    services.close()
    app.start()
    try:
        yield app
    finally:
        app.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium on a new profile; skipped where it is not installed, except in CI."""
    if not CHROMIUM.exists():
        assert not os.environ.get("CI"), f"{CHROMIUM} is missing: run `make system`"
        pytest.skip(f"{CHROMIUM} is missing: run `make system`")
    expect.set_options(timeout=_ANSWERS_WITHIN)  # its own 5 seconds are few on a busy machine
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def another(browser: Browser) -> Browser:
    """Start a Chromium of its own beside one, to be killed."""
    return browser.browser_type.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)


def kill(browser: Browser) -> None:
    """End the processes of a Chromium at once, as a power cut does."""
    session = browser.new_browser_cdp_session()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if process["type"] == "browser":
            os.kill(process["id"], signal.SIGKILL)


@contextmanager
def open_page(browser: Browser, url: str) -> Iterator[Page]:
    """Open a page as a person of their own; nothing may be fetched from another host."""
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(_ANSWERS_WITHIN)
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    page = context.new_page()
    page.goto(url)
    try:
        yield page
    finally:
        context.close()
    assert hosts <= {"127.0.0.1", ""}, f"fetched from elsewhere: {hosts}"


def wait_until_idle(page: Page) -> None:
    """Wait until the screen is drawn and nothing runs behind it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")


def take_pictures(page: Page, name: str) -> None:
    """Take a picture of the screen at each width, for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wait_until_idle(page)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", animations="disabled")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
