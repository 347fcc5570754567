"""Words on screen: other people's text as Markdown that shows it literally."""

import re

from assistant.typesetting import count, day, moment, to_html, typeset

__all__ = ["count", "day", "escape", "moment", "to_html", "typeset"]

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_REPLACED = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)"  # links: http://…, www.…, x@y.z
    r"|(?<=:)(?=streamlit:)"  # a picture
    r"|(?<=[<>=~-])(?=[<>=-])|(?<=!)(?==)",  # arrows and signs: ->, <=, --
    re.IGNORECASE,
)
"""Where Streamlit would see something to replace in a text, whatever backslashes it was written
with: it looks for these once the Markdown is read."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn the direction of all that follows
_JOINER = "\u2060"  # of no width; it parts what would be replaced, and breaks no line


def escape(text: str) -> str:
    """Write a text as Markdown that shows it literally, on one line.

    CommonMark lets a backslash stand before any ASCII punctuation. An address is no link.
    """
    line = typeset(" ".join(text.splitlines())).strip(" \t")
    return _SPECIAL.sub(r"\\\1", _REPLACED.sub(_JOINER, _TURNS.sub("", line)))
