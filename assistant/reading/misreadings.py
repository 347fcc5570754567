"""Article numbers that recognition misread: "ART. l0. —", "ART. 1O —", "ART, 71. —" after 10.

A number is repaired only when the articles before and after leave room for exactly that one; the
printed heading is never changed.
"""

import itertools
import re
from collections.abc import Mapping, Sequence

from assistant.reading.headings import ArticleHeading, parse_article

_HEADING = re.compile(
    r"(?:ARTICLE|Article|ART|Art)\s?[.,:;]?\s*(?P<number>[0-9OoQDlIi|!SsBZzgq]{1,4})"
    r"\s*[.,:;]?\s*[-–—~_=]+\s*(?P<title>.*)",
    re.DOTALL,
)
_LOOKS_LIKE = str.maketrans("OoQDlIi|!SsBZzgq", "0000111115582299")
_CONFUSED = ("17", "38", "56", "08", "68", "14", "49", "27", "39", "35")  # digits, in pairs


def looks_misread(text: str) -> bool:
    """Whether a line looks like an article's heading whose number is no number as it stands."""
    return parse_article(text) is None and _HEADING.match(text) is not None


def repair_numbers(texts: Sequence[str], certain: Mapping[int, ArticleHeading]) -> dict[int, str]:
    """Give the numbers of paragraphs that are headings misread, by their index.

    `certain` are the headings whose numbers go up, by index. Between two of them, or after the
    last, only the one number that follows may stand, and only where one paragraph claims it.
    """
    repaired: dict[int, str] = {}
    places = [-1, *sorted(certain), len(texts)]
    for start, end in itertools.pairwise(places):
        before = certain[start].rank[0] if start in certain else 0
        after = certain[end].rank[0] if end in certain else None
        if after is not None and after - before < 2:
            continue
        wanted = {before + 1} | ({after - 1} if after is not None else set())
        for number in wanted:
            claims = [i for i in range(start + 1, end) if _may_be(texts[i], number)]
            if len(claims) == 1 and claims[0] not in repaired:
                repaired[claims[0]] = str(number)
    return repaired


def _may_be(text: str, number: int) -> bool:
    found = _HEADING.match(text)
    if not found:
        return False
    read, right = found["number"].translate(_LOOKS_LIKE), str(number)
    if read == right:
        return True
    different = [a + b for a, b in zip(read, right, strict=False) if a != b]
    return (
        len(read) == len(right)
        and len(different) == 1
        and any(set(different[0]) == set(pair) for pair in _CONFUSED)
    )
