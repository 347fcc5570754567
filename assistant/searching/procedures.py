"""Procedures apart: the same rule stands in the decrees for each, and people mean the usual one.

"Le délai de validité des offres" is article 36, of the open call for tenders; articles 63 and 80
say it of two-stage tenders and of contests, and answer only when the question names them.
"""

import re
from collections.abc import Sequence

_APART: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(path, re.IGNORECASE), re.compile(named, re.IGNORECASE))
    for path, named in (
        (
            r"pr[ée]s[ée]lection",
            r"s[ée]lection|\badmis|deux (?:étapes|phases|temps)|shortlist|qualification|انتقاء",
        ),
        (r"concours", r"concours|jury|primes?\b|contest|competition|مباراة|مباراه|لجنة التحكيم"),
        (r"architect", r"\barchi|ma[iî]tr(?:e|ise) d['’ ]?(?:œ|oe)uvre|معماري|مهندس"),
        (
            r"collectivit[ée]s territoriales",
            r"\bcollectivit|\bcommun(?:es?|ale?s?)\b|\br[ée]gion|\bprovince|\bpr[ée]fecture|\bmair|جماع",
        ),
    )
)
"""What a path says of a procedure apart, and what a question says that means it."""


def is_apart(path: Sequence[str], question: str) -> bool:
    """Whether the articles under a path are of a procedure that the question does not name."""
    place = " ".join(path)
    return any(apart.search(place) and not named.search(question) for apart, named in _APART)
