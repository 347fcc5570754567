"""Questions as search keys: what people ask, in their own words, that an article answers.

An officer asks "combien de temps mon offre m’engage-t-elle", the law says *délai de validité des
offres*: no word is shared (doc2query, Nogueira et al. 2019). The files of `question_keys/` were
written for this project article by article and reviewed; they lead to an article and are never
shown, quoted or given to a model.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "question_keys"


@cache
def load_question_keys(instrument: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give the questions of each article of an instrument, by language ("fr", "en", "ar").

    None for a text without a file.
    """
    keys: dict[str, dict[str, tuple[str, ...]]] = defaultdict(lambda: defaultdict(tuple))
    path = _FOLDER / f"{instrument}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in lines:
        row = json.loads(line)
        keys[row["article"]][row["language"]] += (row["question"],)
    return {article: dict(by_language) for article, by_language in keys.items()}


def all_questions(instruments: Iterable[str]) -> Iterator[str]:
    """Give every question that leads to an article of these instruments."""
    for instrument in instruments:
        for by_language in load_question_keys(instrument).values():
            for questions in by_language.values():
                yield from questions


@cache
def question_keys_version() -> str:
    """Name the state of the files: documents are indexed anew when it changes."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
