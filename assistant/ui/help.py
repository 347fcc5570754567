"""The text of the help page."""

from assistant.ui.places import HERE
from assistant.ui.text import typeset


def help_text() -> str:
    """Give the help, as Markdown."""
    return typeset((HERE / "aide.md").read_text("utf-8"))
