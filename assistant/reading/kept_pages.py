"""Recognised pages, kept on the disk until their document is published, whatever crashes.

One file a page, under the SHA-256 of the document and the settings of recognition, so that neither
another file nor another setting is ever given them. Written whole or not at all.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from assistant.reading import tesseract
from assistant.reading.raw_pages import RawPage, raw_page_of, raw_page_record

_SETTINGS = "1"  # changes when the same page would be recognised otherwise (see `ocr`)
_KEPT_DAYS = 30  # of a document that nobody came back to


class KeptPages:
    """The recognised pages of one file; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, data: bytes) -> None:
        """Name the place of the pages of `data` under `folder`; nothing is created yet."""
        settings = f"tesseract-{tesseract.version()}-{tesseract.LANGUAGE}-{_SETTINGS}"
        self._folder = folder and folder / hashlib.sha256(data).hexdigest() / settings

    def load(self, numbers: Iterable[int]) -> dict[int, RawPage]:
        """Give the pages that are kept, of those asked for; a spoiled file counts as missing."""
        found: dict[int, RawPage] = {}
        for number in numbers if self._folder else ():
            with suppress(OSError, ValueError, KeyError, TypeError):
                found[number] = raw_page_of(json.loads(self._path(number).read_text("utf-8")))
        return found

    def keep(self, page: RawPage) -> None:
        """Keep a page; a full disk costs only that it may be recognised again."""
        if not self._folder:
            return
        path = self._path(page.number)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(raw_page_record(page)), "utf-8")
            partial.replace(path)

    def _path(self, number: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{number}.json"


def forget_pages(folder: Path, sha256: str) -> None:
    """Delete the pages kept for a file, whatever the settings."""
    shutil.rmtree(folder / sha256, ignore_errors=True)


def forget_old_pages(folder: Path) -> None:
    """Delete the pages of files whose ingestion stopped a month ago and was never begun again."""
    oldest = time.time() - _KEPT_DAYS * 86_400
    for kept in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if kept.stat().st_mtime < oldest:
                shutil.rmtree(kept, ignore_errors=True)
