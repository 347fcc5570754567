"""Images of printed pages, kept for who opens the same source again; safe for several people."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from assistant.reading.printed_page import PrintedPage
from assistant.records import Box, PageBox

_MOST_BYTES = 32_000_000  # sixty pages of the decree

Key = tuple[str, int, tuple[Box, ...]]


class PageImages:
    """Draws pages of the kept files, each once: who asks for one being drawn waits for it."""

    def __init__(
        self, original: Callable[[str], bytes | None], *, most_bytes: int = _MOST_BYTES
    ) -> None:
        """Draw from `original`, which gives a document's file, None once it is deleted."""
        self._original = original
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._images: OrderedDict[Key, Future[bytes]] = OrderedDict()  # last used last
        # Each image is a process: a room full of readers must not start twenty on two cores.
        self._drawing = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))

    def highlighted(self, document_id: str, page: int, boxes: Sequence[PageBox]) -> bytes | None:
        """Draw a 1-based page as a PNG, those of the boxes that lie on it marked.

        None when the file is no longer kept: then nothing of it is shown, drawn before or not.

        Raises:
            UnreadableDocument: the page cannot be drawn.
        """
        data = self._original(document_id)
        if data is None:
            return None
        marked = tuple(box[1:] for box in boxes if box[0] == page)
        return self._drawn((document_id, page, marked), data)

    def _drawn(self, key: Key, data: bytes) -> bytes:
        with self._lock:
            kept = self._images.get(key)
            image: Future[bytes] = kept or Future()
            self._images[key] = image
            self._images.move_to_end(key)
        if kept is None:
            self._draw(key, data, image)
        return image.result()

    def _draw(self, key: Key, data: bytes, image: "Future[bytes]") -> None:
        document_id, page, marked = key
        try:
            with self._drawing:
                image.set_result(PrintedPage(document_id, data, page).highlight(marked))
        except BaseException as error:
            with self._lock:
                self._images.pop(key, None)  # who comes next tries again
            image.set_exception(error)
            raise
        self._leave_out_oldest()

    def _leave_out_oldest(self) -> None:
        with self._lock:
            sizes = {k: len(i.result()) for k, i in self._images.items() if i.done()}
            total = sum(sizes.values())
            for key, size in sizes.items():
                if total <= self._most_bytes:
                    break
                del self._images[key]
                total -= size
