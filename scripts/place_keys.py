"""Add question keys whose places were written as numbers of paragraphs.

    python -m scripts.place_keys 2-22-431 FILE.tsv

Both decrees are read from beside the checkout. A line of the file is an article, the paragraphs
that answer (their positions as `read_article` gives them, most decisive first: "4,0-2"; "*" for the
whole article, "-" for none) and the question, between tabs. Rows are added at the end of the
instrument's `question_keys` file, with what `key_places` finds again; a question that is there
already is left out. Prints the number added.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answering.article_paragraphs import read_article
from assistant.answering.key_places import paragraphs_at
from assistant.reading.reader import LawReader
from assistant.searching.languages import identify_language
from assistant.searching.question_keys import FOLDER, load_keys
from scripts.real_decrees import DECREES

_FEWEST_WORDS = 5  # of a place: fewer say little to who reads the file
_SHORTEST_RANGE = 3  # paragraphs written as "from … to"


def main() -> None:
    """Add the keys of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instrument")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    readings = (LawReader().read(path.name, path.read_bytes()) for path in DECREES)
    reading = next(r for r in readings if r.instrument.number == options.instrument)
    texts = {article.number: article.text for article in reading.articles}
    keys = load_keys(options.instrument)
    known = {(number, key.question) for number, listed in keys.items() for key in listed}
    added = 0
    with (FOLDER / f"{options.instrument}.jsonl").open("a", encoding="utf-8") as file:
        for line in filter(None, options.file.read_text("utf-8").splitlines()):
            number, listed, question = line.split("\t")
            if (number, question) in known:
                continue
            row = {
                "article": number,
                "language": identify_language(question),
                "question": question,
                "places": write_places(texts[number], read_positions(listed)),
            }
            file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
            added += 1
    print(added)


def read_positions(listed: str) -> list[int]:
    """Read "4,0-2" as 4, 0, 1, 2; nothing for the whole article or none."""
    found: dict[int, None] = {}
    for part in listed.split(",") if listed not in ("*", "-") else ():
        first, _, last = part.partition("-")
        found |= dict.fromkeys(range(int(first), int(last or first) + 1))
    return list(found)


def write_places(text: str, positions: Sequence[int]) -> list[str]:
    """Name paragraphs of an article by their first words, as few as `paragraphs_at` finds again."""
    places = [place for run in _runs(positions) for place in _places_of(text, run)]
    assert paragraphs_at(text, places) == list(positions), (text[:80], positions)
    return places


def _runs(positions: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for position in positions:
        if run and position != run[-1] + 1:
            yield run
            run = []
        run.append(position)
    if run:
        yield run


def _places_of(text: str, run: Sequence[int]) -> list[str]:
    if len(run) < _SHORTEST_RANGE:
        return [_place(text, position) for position in run]
    first, wanted = _place(text, run[0]), list(run)
    ranges = (f"{first} … {last}" for last in _candidates(text, run[-1]))
    return [next(place for place in ranges if paragraphs_at(text, [place]) == wanted)]


def _place(text: str, position: int) -> str:
    """Give the shortest opening that no other paragraph has, or the first words and an ordinal."""
    places = _candidates(text, position)
    return next(p for p in places if paragraphs_at(text, [p, f"{p} [2]"]) == [position])


def _candidates(text: str, position: int) -> Iterator[str]:
    texts = read_article(text).texts
    openings = list(_openings(texts[position]))
    yield from openings
    yield from (f"{openings[0]} [{n}]" for n in range(1, len(texts) + 1))
    yield from (f"{openings[-1]} [{n}]" for n in range(1, len(texts) + 1))


def _openings(paragraph: str) -> Iterator[str]:
    """Give the first words of a paragraph, from few to all; a cell's end is a space."""
    line = paragraph.replace("\t", " ")
    ends = [found.end() for found in re.finditer(r"\w+(?![’'\w])", line)]
    yield from (line[:end] for end in ends[_FEWEST_WORDS - 1 : -1])
    yield line.rstrip(" ;,.")


if __name__ == "__main__":
    main()
