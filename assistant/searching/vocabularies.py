"""The vocabulary of each set of documents that is searched, counted once."""

from collections.abc import Iterable, Mapping

from assistant.records import Document
from assistant.searching.catalogue import Catalogue
from assistant.searching.question_keys import all_questions
from assistant.searching.vocabulary import Vocabulary, build_vocabulary

_KEPT = 3  # sets of documents: each decree and both; a megabyte or two each


class Vocabularies:
    """Vocabularies by set of documents; two people at once may count the same one twice."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: Mapping[tuple[str, ...], Vocabulary] = {}

    def of(self, documents: Iterable[Document]) -> Vocabulary:
        """Give the stems of the passages of some documents, and how many passages have each."""
        numbers = {document.id: document.instrument.number for document in documents}
        key = tuple(sorted(numbers))
        if key not in self._known:
            articles = [a for id_ in key for a in self._catalogue.articles_of(id_)]
            built = build_vocabulary(articles, all_questions(numbers.values()))
            kept = list(self._known.items())[-_KEPT:]
            self._known = {**dict(kept), key: built}
            return built
        return self._known[key]
