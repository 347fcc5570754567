"""The vocabulary of each set of documents that is searched, counted once."""

import threading
from collections.abc import Iterable, Mapping

from assistant.records import Document
from assistant.searching.catalogue import Catalogue
from assistant.searching.question_keys import all_questions
from assistant.searching.vocabulary import Vocabulary, build_vocabulary

_KEPT = 3  # sets of documents: each decree and both; a megabyte or two each


class Vocabularies:
    """Vocabularies by set of documents; safe for several people at once, and counted once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: Mapping[tuple[str, ...], Vocabulary] = {}
        self._counting = threading.Lock()

    def of(self, documents: Iterable[Document]) -> Vocabulary:
        """Give the stems of the passages of some documents, and how many passages have each."""
        numbers = {document.id: document.instrument.number for document in documents}
        key = tuple(sorted(numbers))
        known = self._known.get(key)
        if known is None:
            with self._counting:  # the articles of both decrees take 50 MB while they are read
                known = self._known.get(key) or self._count(key, numbers.values())
        return known

    def _count(self, key: tuple[str, ...], instruments: Iterable[str]) -> Vocabulary:
        articles = [a for id_ in key for a in self._catalogue.articles_of(id_)]
        built = build_vocabulary(articles, all_questions(instruments))
        kept = list(self._known.items())[-_KEPT:]
        self._known = {**dict(kept), key: built}
        return built
