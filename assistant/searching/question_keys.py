"""Questions as search keys: what people ask, in their own words, that an article answers.

An officer asks "combien de temps mon offre m’engage-t-elle", the law says *délai de validité des
offres*: no word is shared (doc2query, Nogueira et al. 2019). The files of `question_keys/` were
written for this project article by article and reviewed; they lead to an article, and to the
paragraphs of it that answer; they are never shown, quoted or given to a model.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.searching.once import once

FOLDER = Path(__file__).parent / "question_keys"


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """A question that an article answers, and where in it."""

    question: str
    language: str  # "fr", "en", "ar"
    places: tuple[str, ...] = ()
    """What answers, most decisive first, by its first words (see `answering.key_places`); empty:
    the whole article, or nobody said."""


@once
def load_keys(instrument: str) -> Mapping[str, tuple[QuestionKey, ...]]:
    """Give the questions of each article of an instrument; none for a text without a file."""
    keys: dict[str, tuple[QuestionKey, ...]] = defaultdict(tuple)
    path = FOLDER / f"{instrument}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in lines:
        row = json.loads(line)
        places = tuple(row.get("places", ()))
        keys[row["article"]] += (QuestionKey(row["question"], row["language"], places),)
    return dict(keys)


@once
def load_question_keys(instrument: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give the questions alone, of each article by language."""
    return {article: _by_language(keys) for article, keys in load_keys(instrument).items()}


def all_questions(instruments: Iterable[str]) -> Iterator[str]:
    """Give every question that leads to an article of these instruments."""
    for instrument in instruments:
        for keys in load_keys(instrument).values():
            yield from (key.question for key in keys)


@cache
def question_keys_version() -> str:
    """Name the state of the files: documents are indexed anew when it changes."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _by_language(keys: Iterable[QuestionKey]) -> dict[str, tuple[str, ...]]:
    by_language: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for key in keys:
        by_language[key.language] += (key.question,)
    return dict(by_language)
