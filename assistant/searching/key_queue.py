"""Published documents wait here for the questions that a model writes of their articles.

It takes a model minutes to write them: a document is published first and answers meanwhile.
"""

import logging
import queue
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Protocol

from assistant.errors import AssistantError, report_bug
from assistant.records import Article, Document
from assistant.searching.generated_keys import read_questions
from assistant.searching.key_store import KeyStore
from assistant.searching.library import Library
from assistant.searching.question_keys import load_question_keys

_log = logging.getLogger("assistant")

_SHORTEST_ARTICLE = 40  # characters: a shorter one says nothing to ask for
_PATIENCE = 10.0  # seconds that closing waits for a model to stop


class KeyWriter(Protocol):
    """What writes the questions that an article answers."""

    @property
    def name(self) -> str:
        """The model's name: what it wrote is not asked of it again."""

    def write(self, article: Article, *, count: int) -> Generator[str, None, object]:
        """Give its text as it comes, one question a line; close it to stop the model."""


class KeyQueue:
    """Has questions written in a thread of its own, document after document."""

    def __init__(
        self,
        library: Library,
        store: KeyStore,
        writer: Callable[[], KeyWriter | None],
        *,
        count: int,
    ) -> None:
        """Ask `writer` for `count` questions an article; 0, or no writer: for none at all."""
        self._library = library
        self._store = store
        self._writer = writer
        self._count = count
        self._waiting: queue.Queue[str] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def submit(self, document_id: str) -> None:
        """Put a published document in the queue."""
        if not self._count or self._stopped.is_set():
            return
        with self._lock:
            self._waiting.put(document_id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="keys")
                self._thread.start()

    def submit_all(self) -> None:
        """Put every document in the queue: those whose questions are all written take no time."""
        for document in self._library.documents() if self._count else ():
            self.submit(document.id)

    def wait(self) -> None:
        """Wait until nothing is left to write."""
        self._waiting.join()

    def close(self) -> None:
        """Stop the model; the articles that are left come with the next start."""
        self._stopped.set()
        if self._thread:
            self._waiting.put("")  # wakes the thread
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            document_id = self._waiting.get()
            try:
                if not self._stopped.is_set():
                    self._write(document_id)
            except AssistantError as error:
                _log.warning("no questions written for document %s: %s", document_id, error)
            except Exception as error:  # noqa: BLE001 - a bug must not end the queue
                report_bug(error)
            finally:
                self._waiting.task_done()
            if self._stopped.is_set() and self._waiting.empty():
                return

    def _write(self, document_id: str) -> None:
        document = self._library.published(document_id)
        if document is None or load_question_keys(document.instrument.number):
            return
        writer = self._writer()
        for article in self._library.articles_of(document_id) if writer else ():
            if self._stopped.is_set():
                return
            if writer and len(article.text) >= _SHORTEST_ARTICLE:
                self._write_article(writer, document, article)

    def _write_article(self, writer: KeyWriter, document: Document, article: Article) -> None:
        """Have an article's questions written, kept and indexed, unless they were already."""
        if self._store.has_generated(article, writer.name):
            return
        text = self._text_of(writer, article)
        if text is None:
            return
        questions = read_questions(text, most=self._count)
        number = document.instrument.number
        if not questions:
            _log.warning("%s wrote no usable question: %s, %s", writer.name, number, article.number)
        self._store.keep_generated(article, writer.name, questions)
        if questions:
            self._library.refresh_questions(number, {article.number})

    def _text_of(self, writer: KeyWriter, article: Article) -> str | None:
        """Give all that is written; None when it was stopped before its end."""
        text = ""
        with closing(writer.write(article, count=self._count)) as deltas:
            for delta in deltas:
                text += delta
                if self._stopped.is_set():
                    return None
        return text
