"""Articles found by their number, one row of the database each: no text is ranked for them."""

from collections.abc import Iterator, Sequence

from assistant.errors import UnknownInstrument
from assistant.records import Article, Document, Passage
from assistant.searching.catalogue import Catalogue
from assistant.searching.instruments import known_instruments
from assistant.searching.lookup import ArticleAsked, ArticleRange
from assistant.searching.passages import part_of, whole_passage


class NumberedArticles:
    """The articles of the documents searched, by number."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(
        self, documents: Sequence[Document], asked: ArticleAsked | None
    ) -> tuple[Document, Article, Passage] | None:
        """Give an article asked for by its number, and the place in it, or all of it, as one."""
        for document in _texts_of_law(documents) if asked else ():
            try:
                article = self._catalogue.article(document.id, asked.number if asked else "")
            except UnknownInstrument:
                continue
            whole = whole_passage(article, document.id, document.instrument.number)
            return document, article, part_of(whole, article, asked.paragraph if asked else None)
        return None

    def ranges(self, documents: Sequence[Document]) -> Iterator[ArticleRange]:
        """Give the first and the last article of each text."""
        for document in _texts_of_law(documents):
            numbers = [n for n in self._catalogue.numbers_of(document.id) if n[0].isdigit()]
            if numbers:
                yield ArticleRange(document.instrument.short_name, numbers[0], numbers[-1])


def _texts_of_law(documents: Sequence[Document]) -> Sequence[Document]:
    """Give the texts whose articles are asked for by number: the known ones, else all."""
    known = {instrument.number for instrument in known_instruments()}
    return [d for d in documents if d.instrument.number in known] or documents
