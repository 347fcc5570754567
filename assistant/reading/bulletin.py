"""Which issue of the Bulletin officiel a file reproduces: read in its running header, or unknown.

"Nº 7184 – 15 ramadan 1444 (6-4-2023)   BULLETIN OFFICIEL   913". It is never worked out from the
number of a text or from a list: a text has an Arabic and a French edition, weeks apart.
"""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from assistant.reading.raw_pages import RawPage
from assistant.records import Bulletin

_ISSUE = re.compile(
    r"N\s?[º°]\s*(?P<number>\d{1,5}(?:\s?bis|\s?ter)?)\s*[–—-].{0,40}?"
    r"\((?P<day>\d{1,2})\s?[-–/]\s?(?P<month>\d{1,2})\s?[-–/]\s?(?P<year>\d{4})\)"
)
_HEADER = 0.12  # of the height of a page
_MOST = 0.8  # of the headers that name an issue name this one; recognition may misread some


def find_bulletin(pages: Sequence[RawPage]) -> Bulletin | None:
    """Give the issue that the headers agree on; one header that was recognised is not enough."""
    found = Counter(issue for page in pages if (issue := _issue_of(page)))
    if not found:
        return None
    [(issue, count)] = found.most_common(1)
    printed = all(f.confidence is None for page in pages for f in page.fragments)
    enough = count >= _MOST * found.total() and (count > 1 or printed)
    return issue if enough else None


def _issue_of(page: RawPage) -> Bulletin | None:
    header = [f for f in page.fragments if f.box[1] < _HEADER * page.height]
    text = " ".join(f.text for f in sorted(header, key=lambda f: (round(f.box[1]), f.box[0])))
    named = _ISSUE.search(text)
    if not named or "BULLETINOFFICIEL" not in re.sub(r"\s", "", text).upper():
        return None
    with suppress(ValueError):  # the 31st of February, as recognition may read
        day = date(int(named["year"]), int(named["month"]), int(named["day"]))
        return Bulletin(named["number"], day)
    return None
