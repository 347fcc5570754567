"""The reading step: the bytes of a PDF become our own records."""

from pathlib import Path

from assistant.reading.kept_pages import forget_old_pages, forget_pages
from assistant.reading.reading import OnPage, read_pdf, unnoticed
from assistant.records import Reading


class LawReader:
    """Reads the PDF of a legal instrument."""

    def __init__(
        self, *, max_pages: int = 250, max_megabytes: int = 50, kept_in: Path | None = None
    ) -> None:
        """Read files up to these sizes; recognised pages are kept in `kept_in` meanwhile."""
        self.max_pages = max_pages
        self.max_megabytes = max_megabytes
        self.kept_in = kept_in

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        """Read bytes into our own records, which keep every line's place.

        Raises:
            UnreadableDocument: its text cannot be had.
        """
        return read_pdf(
            name,
            data,
            max_pages=self.max_pages,
            max_megabytes=self.max_megabytes,
            on_page=on_page,
            kept_in=self.kept_in,
        )

    def forget(self, sha256: str) -> None:
        """Delete what is kept of a file whose reading is over."""
        if self.kept_in:
            forget_pages(self.kept_in, sha256)

    def forget_old(self) -> None:
        """Delete what is kept of readings that were never begun again."""
        if self.kept_in:
            forget_old_pages(self.kept_in)
