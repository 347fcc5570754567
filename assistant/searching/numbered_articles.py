"""Articles found by their number, one row of the database each: no text is ranked for them."""

from collections.abc import Iterator, Sequence

from assistant.errors import UnknownInstrument
from assistant.records import Article, Document, Passage, is_of_several_texts
from assistant.searching.catalogue import Catalogue
from assistant.searching.instruments import Instruments
from assistant.searching.lookup import ArticleAsked, ArticleRange
from assistant.searching.passages import part_of, whole_passage


class NumberedArticles:
    """The articles of the documents searched, by number."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(
        self, documents: Sequence[Document], asked: ArticleAsked | None, instruments: Instruments
    ) -> tuple[Document, Article, Passage] | None:
        """Give an article asked for by its number, and the place in it, or all of it, as one."""
        if asked is None:
            return None
        for document in _texts_of_law(documents, instruments):
            article = self._article(document, asked.number)
            if article:
                whole = whole_passage(article, document.id, document.instrument.number)
                return document, article, part_of(whole, article, asked.paragraph)
        return None

    def ranges(
        self, documents: Sequence[Document], instruments: Instruments
    ) -> Iterator[ArticleRange]:
        """Give the first and the last article of each text; files of several texts have none."""
        for document in _texts_of_law(documents, instruments):
            numbers = [n for n in self._catalogue.numbers_of(document.id) if n[0].isdigit()]
            if numbers and not any(map(is_of_several_texts, numbers)):
                yield ArticleRange(document.instrument.short_name, numbers[0], numbers[-1])

    def _article(self, document: Document, number: str) -> Article | None:
        """Give an article; of a file with several texts, that of the first which has it."""
        try:
            return self._catalogue.article(document.id, number)
        except UnknownInstrument:
            named = (n for n in self._catalogue.numbers_of(document.id) if is_of_several_texts(n))
            label = next((n for n in named if n.startswith(f"{number} (")), None)
            return self._catalogue.article(document.id, label) if label else None


def _texts_of_law(documents: Sequence[Document], instruments: Instruments) -> Sequence[Document]:
    """Give the texts whose articles are asked for by number: those that govern, else all."""
    governing = instruments.governing_numbers()
    return [d for d in documents if d.instrument.number in governing] or documents
