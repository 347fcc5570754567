"""The status of a text: the same words and colours wherever it is said."""

from datetime import date

from assistant.records import Status
from assistant.searching.instruments import KnownInstrument
from assistant.ui.force import force_line
from assistant.ui.text import escape

_COLORS = {Status.IN_FORCE: "green", Status.TRANSITIONAL: "orange", Status.REPEALED: "red"}


def status_badge(status: Status | str | None, *, otherwise: str = "") -> str:
    """Give a badge as Markdown; without a status that of `otherwise`, or nothing."""
    known = Status(status) if status else None
    label, color = (known.shown, _COLORS[known]) if known else (otherwise, "blue")
    return f":{color}-badge[{label}] " if label else ""


def status_line(known: KnownInstrument | None, launched: date | None = None) -> str:
    """Write as Markdown whether a text is in force, and since when, or what it still governs.

    `launched` is the day on which the procedure that people ask about was launched.
    """
    status = known.status(today=date.today(), launched=launched) if known else None
    waits = "Pas encore en vigueur" if known and not status else ""
    force = force_line(known)
    line = force.removeprefix(status.shown).lstrip() if status else force
    written = f"{status_badge(status, otherwise=waits)}{escape(line)}."
    if status is Status.TRANSITIONAL and launched:
        written += f" Il régit encore la procédure lancée le {launched:%d/%m/%Y}."
    return written
