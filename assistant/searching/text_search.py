"""Words looked for in one text: every article that has them all, with where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Article
from assistant.searching.word_marks import find_words, typed_stems

Span = tuple[int, int]

_AROUND = 110  # characters before and after the first word that an extract shows


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that has the words looked for."""

    article: Article
    count: int  # how often they stand in its heading and its text
    extract: Span  # in its text, where most of them stand; empty where only the heading has them
    words: tuple[Span, ...]  # in its text


def search_text(articles: Sequence[Article], words: str) -> list[FoundArticle]:
    """Give the articles that have each of the words, in the order of the text.

    A word counts in all its forms, as everywhere in search: "délais" is "délai". Words that say
    nothing ("le", "des") are not looked for; nothing is found when there are no others.
    """
    stems = typed_stems(words)
    found = (_look(article, stems) for article in articles)
    return [one for one in found if one] if stems else []


def _look(article: Article, stems: Sequence[int]) -> FoundArticle | None:
    whole = f"{article.heading}\n{article.text}"
    if not all(find_words(whole, frozenset({stem})) for stem in stems):
        return None
    spans = find_words(article.text, frozenset(stems))
    count = len(spans) + len(find_words(article.heading, frozenset(stems)))
    best = _where_most_stand(article.text, stems, spans)
    return FoundArticle(article, count, _extract(article.text, best), tuple(spans))


def _where_most_stand(text: str, stems: Sequence[int], spans: Sequence[Span]) -> Span | None:
    """Give the first span that the most different words follow, within what an extract shows."""
    starts = [[start for start, _ in find_words(text, frozenset({stem}))] for stem in stems]

    def words_from(span: Span) -> int:
        line = text.find("\n", span[0])
        end = min(span[1] + _AROUND, len(text) if line < 0 else line)
        return sum(any(span[0] <= start < end for start in of_one) for of_one in starts)

    return max(spans, key=words_from, default=None)


def _extract(text: str, span: Span | None) -> Span:
    """Give a piece of whole words around a span, within its paragraph."""
    if span is None:
        return (0, 0)
    start, end = span
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - first > _AROUND:
        first = text.find(" ", start - _AROUND, start) + 1 or start
    if last - end > _AROUND:
        space = text.rfind(" ", end, end + _AROUND)
        last = space if space > end else end
    return first, last
