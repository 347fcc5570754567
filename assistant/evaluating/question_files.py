"""Question files of a campaign, JSONL or CSV: a wrong line is named, and the others are kept."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.errors import InvalidFile
from assistant.evaluating.questions import (
    Question,
    UnusableLine,
    question_of_entry,
    question_of_line,
)

_LONGEST = 2000  # characters, of a question

_NAMES = {
    "id": ("id", "identifiant"),
    "question": ("question",),
    "kind": ("kind", "genre", "type"),
    "launched": ("launched", "lancement", "date de lancement"),
    "within": ("within", "texte"),
    "instrument": ("instrument", "décret", "decret"),
    "articles": ("articles", "article"),
}
"""What a column may be called, in lower case."""


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that could not be used."""

    number: int  # 1-based, as an editor counts
    problem: str  # a French sentence


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What was read of a file."""

    name: str
    questions: tuple[Question, ...]
    wrong_lines: tuple[WrongLine, ...]


def read_question_file(name: str, data: bytes) -> QuestionFile:
    """Read a JSONL file, or a CSV file with a header, as its name ends.

    CSV is separated by commas, semicolons or tabs; several articles of one question by spaces.

    Raises:
        InvalidFile: it is not UTF-8 text, has no question column, or not one usable question.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(
            name, "ce n’est pas du texte UTF-8", "Enregistrez-le en « CSV UTF-8 »."
        ) from error
    lines = _csv_entries(name, text) if name.lower().endswith(".csv") else _json_lines(text)
    questions: list[Question] = []
    wrong: list[WrongLine] = []
    for number, read in lines:
        try:
            question = read()
            _check_text(question)
        except UnusableLine as error:
            wrong.append(WrongLine(number, f"Ligne {number} : {error}."))
        else:
            questions.append(question)
    if not questions:
        cause = wrong[0].problem if wrong else "Le fichier est vide."
        raise InvalidFile(name, "aucune question utilisable", cause)
    return QuestionFile(name, tuple(questions), tuple(wrong))


def _check_text(question: Question) -> None:
    if not question.text.strip():
        raise UnusableLine("la question est vide")
    if len(question.text) > _LONGEST:
        raise UnusableLine(f"la question dépasse {_LONGEST} caractères")


def _json_lines(text: str) -> Iterator[tuple[int, Callable[[], Question]]]:
    for number, line in enumerate(text.split("\n"), 1):  # a JSON text may hold other line ends
        if line.strip():
            yield number, partial(question_of_line, number, line)


def _csv_entries(name: str, text: str) -> Iterator[tuple[int, Callable[[], Question]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [_key(cell) for cell in next(reader, [])]
    if "question" not in header:
        raise InvalidFile(
            name,
            "la première ligne ne nomme pas de colonne « question »",
            "Écrivez-la en tête de sa colonne ; « identifiant », « genre », « lancement », "
            "« texte », « décret » et « articles » sont facultatives.",
        )
    begun = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begun, partial(_csv_question, begun, header, cells)
            begun = reader.line_num + 1
    except csv.Error as error:  # the rest cannot be told apart
        yield begun, partial(_refuse, f"ce n’est pas du CSV ({error})")


def _csv_question(number: int, header: list[str], cells: list[str]) -> Question:
    if len(cells) > len(header):
        raise UnusableLine("elle a plus de colonnes que la première ligne")
    entry: dict[str, Any] = {
        key: cell.strip() for key, cell in zip(header, cells, strict=False) if key and cell.strip()
    }
    if "articles" in entry:
        entry["articles"] = re.split(r"\s*[ ,|]\s*", entry["articles"])
    if "question" not in entry:
        raise UnusableLine("la question est vide")
    return question_of_entry(number, entry)


def _refuse(cause: str) -> Question:
    raise UnusableLine(cause)


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _key(cell: str) -> str:
    name = " ".join(cell.lower().split())
    return next((key for key, names in _NAMES.items() if name in names), "")
