"""Which articles of a text refer to which: the references read backwards."""

from collections.abc import Sequence

from assistant.reading.references import find_references
from assistant.records import Article


def citing_articles(articles: Sequence[Article], instrument: str) -> dict[str, tuple[str, ...]]:
    """Give, by article, the numbers of the others of its text that refer to it, in order.

    It reads the whole text: half a second for a decree.
    """
    citing: dict[str, list[str]] = {}
    for article in articles:
        for found in find_references(article.text, instrument=instrument, article=article.number):
            if found.instrument == instrument and found.article not in (None, article.number):
                numbers = citing.setdefault(str(found.article), [])
                if article.number not in numbers:
                    numbers.append(article.number)
    return {number: tuple(numbers) for number, numbers in citing.items()}
