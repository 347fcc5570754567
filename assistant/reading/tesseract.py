"""The `tesseract` command: whether it is here, and what it reads in a picture."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image

LANGUAGE = "fra"
INSTALL = "« make system » ou « apt-get install tesseract-ocr tesseract-ocr-fra »"
"""What puts it on the machine, for a person."""

_SECONDS = 120.0  # for one picture; a dense page takes three
_WIDE_GAP = 1.6  # heights of a line: words further apart stand in two columns
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as recognised, its box in dots of the picture."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float  # 0 to 1


@lru_cache(maxsize=8)
def _asked(command: str, question: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - a command found on the PATH, no shell
            [command, question], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout + answer.stderr


def can_recognise() -> bool:
    """Whether Tesseract and its French data are on this machine."""
    command = shutil.which("tesseract")
    return bool(command) and LANGUAGE in _asked(command or "", "--list-langs").split()


def version() -> str:
    """Give the version of Tesseract, "5.3.0"; empty when it is missing."""
    command = shutil.which("tesseract")
    found = re.search(r"tesseract v?([\d.]+)", _asked(command, "--version")) if command else None
    return found[1] if found else ""


def read_lines(picture: Image.Image, *, dpi: float) -> list[list[Word]]:
    """Recognise the words of a level picture, line by line; a line never crosses a wide gap."""
    arguments = ["-l", LANGUAGE, "--psm", "3", "tsv"]
    lines: dict[tuple[str, str, str], list[Word]] = {}
    table = io.StringIO(_run(picture, dpi, arguments))
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD_LEVEL and row["text"].strip():
            key = row["block_num"], row["par_num"], row["line_num"]
            lines.setdefault(key, []).append(_word(row))
    return [piece for line in lines.values() for piece in _split_at_gaps(line)]


def find_turn(picture: Image.Image, *, dpi: float) -> int:
    """Give the quarter turns, anticlockwise in degrees, that put a picture upright; 0 if unsure."""
    found = re.search(r"Rotate: (\d+)", _run(picture, dpi, ["-l", "osd", "--psm", "0"]))
    return -int(found[1]) % 360 if found else 0


def _run(picture: Image.Image, dpi: float, arguments: Sequence[str]) -> str:
    """Hand the picture over by a pipe: nothing is left on the disk if the process is killed."""
    content = io.BytesIO()
    picture.save(content, "PPM")
    answer = subprocess.run(  # noqa: S603 - arguments of our own, no shell
        ["tesseract", "stdin", "stdout", "--dpi", str(round(dpi)), *arguments],  # noqa: S607
        input=content.getvalue(),
        capture_output=True,
        timeout=_SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # a second thread gains nothing (FACTS)
        check=False,
    )
    return answer.stdout.decode("utf-8", "replace")


def _word(row: dict[str, str]) -> Word:
    x, y, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
    return Word(row["text"].strip(), (x, y, x + width, y + height), float(row["conf"]) / 100)


def _split_at_gaps(line: Sequence[Word]) -> Iterator[list[Word]]:
    heights = sorted(word.box[3] - word.box[1] for word in line)
    widest = _WIDE_GAP * heights[len(heights) // 2]
    piece = [line[0]]
    for before, word in pairwise(line):
        if word.box[0] - before.box[2] > widest:
            yield piece
            piece = []
        piece.append(word)
    yield piece
