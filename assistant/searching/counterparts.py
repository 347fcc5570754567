"""Articles of different texts that regulate the same thing, and the questions they share.

`question_keys/counterparts.jsonl` pairs the articles of both decrees; it was read off their
headings and texts. What people ask of an article, they ask of its counterpart in the text before or
after: rules change, the words for what they are about do not.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from assistant.searching.once import once
from assistant.searching.question_keys import load_question_keys

Place = tuple[str, str]
"""An instrument and one of its articles, by their numbers."""

_FILE = Path(__file__).parent / "question_keys/counterparts.jsonl"


def counterparts_of(instrument: str, article: str) -> tuple[Place, ...]:
    """Give the articles of other texts that regulate what this one does; often one or none."""
    return _counterparts().get((instrument, article), ())


def shared_questions(instrument: str, article: str) -> dict[str, tuple[str, ...]]:
    """Give the reviewed questions of the counterparts of an article, by language."""
    shared: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for text, number in counterparts_of(instrument, article):
        for language, questions in load_question_keys(text).get(number, {}).items():
            shared[language] += questions
    return dict(shared)


@once
def _counterparts() -> Mapping[Place, tuple[Place, ...]]:
    found: dict[Place, tuple[Place, ...]] = defaultdict(tuple)
    for line in _FILE.read_text("utf-8").splitlines():
        pair = tuple(json.loads(line).items())
        for place, other in (pair, pair[::-1]):
            found[place] += (other,)
    return dict(found)
