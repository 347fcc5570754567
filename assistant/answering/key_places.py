"""Where in its article a question key is answered: paragraphs, known by their first words.

A number of a paragraph would point at another one as soon as a file is read otherwise; first words
that are not there point at nothing.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.answering.article_paragraphs import read_article
from assistant.searching.expressions import fold

_TO = " … "
_ORDINAL = re.compile(r"(.*) \[(\d+)\]")


def paragraphs_at(text: str, places: Iterable[str]) -> list[int]:
    """Give the positions (from 0) of the paragraphs of an article that places name, in their order.

    "La commission est composée" is the paragraph that is so or, if none is, begins so, compared by
    its words alone; " [2]" after it, the second of several. "a) le plan … d) la note" is all from
    the one to the other. What is not there is left out.
    """
    texts = _folded(text)
    found = (index for place in places for index in _positions(texts, place))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=256)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(paragraph) for paragraph in read_article(text).texts)


def _positions(texts: Sequence[str], place: str) -> Sequence[int]:
    first, is_range, last = place.partition(_TO)
    start = _find(texts, first)
    if start is None or not is_range:
        return [] if start is None else [start]
    end = _find(texts[start + 1 :], last)
    return [] if end is None else range(start, start + end + 2)


def _find(texts: Sequence[str], opening: str) -> int | None:
    numbered = _ORDINAL.fullmatch(opening)
    wanted, count = (numbered[1], int(numbered[2])) if numbered else (opening, 1)
    words = fold(wanted)
    alike = [index for index, text in enumerate(texts) if f"{text} ".startswith(f"{words} ")]
    same = [index for index in alike if texts[index] == words]
    found = same or alike
    return found[count - 1] if count <= len(found) else None
