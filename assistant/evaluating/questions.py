"""Question files: JSONL, one object a line with at least `id` and `question`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import InvalidFile


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a file, with what is expected where the file says it."""

    id: Any  # as the file gives it
    text: str
    launched: date | None = None
    within: str | None = None
    instrument: str | None = None  # the expected one, never an input
    articles: tuple[str, ...] = ()  # any of them is a hit; empty: nothing answers
    kind: str = ""
    places: tuple[tuple[str, str], ...] = ()
    """Instrument and article, where the file gives `{"2-12-349": ["88"], "2-22-431": ["91"]}`."""

    evidence: tuple[tuple[str | None, str], ...] = ()  # instrument, and a sentence to be quoted
    turns: tuple[str, ...] = ()  # what was asked before it in a conversation, oldest first
    completed: str | None = None  # what it then asks; None: it stands by itself

    @property
    def expected(self) -> tuple[tuple[str, str], ...]:
        """The instrument ("" where any will do) and the number of each article that answers."""
        return self.places or tuple((self.instrument or "", a) for a in self.articles)

    @property
    def instruments(self) -> frozenset[str]:
        """The instruments expected; none where the file names none."""
        return frozenset(instrument for instrument, _ in self.expected if instrument)


def read_questions(path: Path) -> list[Question]:
    """Read a question file; other keys are ignored, empty lines too.

    Raises:
        InvalidFile: the file is missing, or a line of it cannot be used.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # a JSON text may hold other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(
            path.name,
            "le fichier n’existe pas ou n’est pas du texte UTF-8",
            "Vérifiez son nom et son emplacement.",
        ) from error
    questions = []
    for number, line in enumerate(lines, 1):
        try:
            questions += [question_of_line(number, line)] if line.strip() else []
        except UnusableLine as error:
            remedy = 'Chaque ligne est un objet JSON tel que {"id": "q1", "question": "…"}.'
            raise InvalidFile(path.name, f"ligne {number} : {error}", remedy) from error
    if not questions:
        raise InvalidFile(path.name, "le fichier est vide", "Il faut une question par ligne.")
    return questions


class UnusableLine(Exception):
    """What is wrong with a line, in French: who reads the file says of which file it is."""


def question_of_line(number: int, line: str) -> Question:
    """Read a line, a JSON object; `number` identifies a question that has no identifier.

    Raises:
        UnusableLine: it cannot be used.
    """
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:  # 5,000 digits, or 10,000 brackets
        raise UnusableLine("ce n’est pas du JSON") from error
    return question_of_entry(number, entry)


def question_of_entry(number: int, entry: Any) -> Question:
    """Read what a line says.

    Raises:
        UnusableLine: it cannot be used.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
        raise UnusableLine("la clé « question » manque")
    return Question(
        id=entry.get("id", str(number)),
        text=entry["question"],
        launched=_date(entry.get("launched")),
        within=entry.get("within") or None,
        instrument=entry.get("instrument"),
        articles=_texts(entry.get("articles")),
        kind=str(entry.get("kind") or ("compare" if _is_comparison(entry) else "")),
        places=_places(entry.get("articles")),
        evidence=tuple(_by_instrument(entry, "evidence")),
        turns=_texts(entry.get("turns")),
        completed=entry.get("completed") or None,
    )


def _places(articles: Any) -> tuple[tuple[str, str], ...]:
    by_instrument = articles.items() if isinstance(articles, dict) else ()
    return tuple((number, one) for number, listed in by_instrument for one in _texts(listed))


def _texts(articles: Any) -> tuple[str, ...]:
    return tuple(map(str, articles)) if isinstance(articles, list) else ()


def _is_comparison(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("articles"), dict)


def _by_instrument(entry: dict[str, Any], key: str) -> Iterator[tuple[str | None, str]]:
    """Give what is expected, each with its instrument; a comparison says it for each of two."""
    expected = entry.get(key) or []
    if not isinstance(expected, dict):
        expected = {entry.get("instrument"): expected}
    for instrument, values in expected.items():
        listed = values if isinstance(values, list) else [values]
        yield from ((instrument, str(value)) for value in listed if value)


def _date(value: Any) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnusableLine(f"« {value} » n’est pas une date AAAA-MM-JJ") from error
