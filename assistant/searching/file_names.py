"""The name of a file as it is kept and shown: whoever sends a file can call it anything.

Nothing is ever written under it: files are kept under their identifier (see `library`).
"""

import re
import unicodedata

LONGEST_NAME = 200  # characters; most file systems take 255 bytes
_NAMELESS = "document.pdf"
_SEPARATORS = re.compile(r"[/\\]")


def kept_name(name: str) -> str:
    """Give the last part of a name, on one line, without what no screen shows.

    Control characters, those that turn the direction of a text, and halves of characters go. A long
    name is cut before its ending. What is left of nothing is called `document.pdf`.
    """
    line = "".join(c if c.isprintable() else _unseen(c) for c in name)
    last = " ".join(_SEPARATORS.split(line)[-1].split())
    if not last.strip(". "):
        return _NAMELESS
    if len(last) <= LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    kept_ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return f"{last[: LONGEST_NAME - 1 - len(kept_ending)]}…{kept_ending}"


def _unseen(character: str) -> str:
    """Give what stands for a character that is not printed: nothing, or a space where it parts."""
    return "" if unicodedata.category(character) == "Cf" else " "
