"""A page of a document as people see it: its image, with quoted lines marked.

The file is opened in a child process (`worker`), like every file.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import UnreadableDocument
from assistant.reading.child_process import REMEDY, records_of
from assistant.records import Box

DPI = 110  # a page of A4 is 910 pixels wide: read without a magnifier on a laptop
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page of a file."""

    name: str  # the file's, for messages
    data: bytes
    number: int  # 1-based

    def image(self, dpi: int = DPI) -> bytes:
        """Draw the page as a PNG; a very large page is drawn with fewer dots.

        Raises:
            UnreadableDocument: the page cannot be drawn, or the file has no such page.
        """
        return self.highlight((), dpi)

    def highlight(self, boxes: Sequence[Box], dpi: int = DPI) -> bytes:
        """Draw the page as a PNG with a mark over each box (points, origin at the top left).

        Raises:
            UnreadableDocument: the page cannot be drawn, or the file has no such page.
        """
        arguments = ["draw", str(self.number), str(dpi), json.dumps([list(b) for b in boxes])]
        for record in records_of(arguments, self.data, seconds=_SECONDS):
            if "png" in record:
                return base64.b64decode(record["png"])
        raise UnreadableDocument(
            self.name, f"l’image de la page {self.number} n’a pas pu être dessinée", REMEDY
        )
