"""Cross-references of the real texts: they point somewhere, and agree with a marking by hand."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from assistant.reading.reading import read_pdf
from assistant.reading.references import find_references
from assistant.records import Article, CrossReference, Reading

MARKS = Path(__file__).parent / "references"
RULES = "other-pdfs/rc_2019_dg_cartes_geochimiques_maroc.pdf"


@pytest.mark.parametrize("decree", ["decree_2023", "decree_2013"])
def test_every_reference_of_a_decree_lies_in_its_text_and_names_a_real_article(
    decree: str, request: pytest.FixtureRequest
) -> None:
    reading: Reading = request.getfixturevalue(decree)
    numbers = {article.number for article in reading.articles} | {"annexe-1", "annexe-2"}
    numbers |= {"annexe-3", "annexe-4", "annexe-5"}  # which the 2013 translation lacks

    for article in reading.articles:
        found = _found(reading, article)
        assert list(found) == sorted(found, key=lambda r: r.start)
        for reference in found:
            assert 0 <= reference.start < reference.end <= len(article.text)
            assert any(character.isalnum() for character in _mention(article, reference))
            if reference.instrument == reading.instrument.number:
                assert reference.article in numbers


def test_a_decree_holds_hundreds_of_references(decree_2023: Reading) -> None:
    found = [r for article in decree_2023.articles for r in _found(decree_2023, article)]

    assert len(found) > 550


PRECISION = {"decree-2-22-431": 0.99, "decree-2-12-349": 0.97, "reglement": 0.97}
"""The 2013 text has one reference that its marks leave out: no context tells it from its twin."""
RECALL = 0.97


@dataclass(frozen=True)
class Mark:
    """A reference marked by hand, and whether its article and start were found in the text."""

    number: str
    start: int
    target: tuple[str | None, str | None, str | None]


@pytest.mark.parametrize(
    "marks", sorted(MARKS.glob("*.jsonl")) or [None], ids=lambda p: p.stem if p else "none"
)
def test_references_marked_by_hand_are_found_and_no_others(
    marks: Path | None, request: pytest.FixtureRequest
) -> None:
    if marks is None:
        pytest.skip("no reference has been marked by hand (tests/references)")
    reading = _reading_of(marks, request)
    rows = [json.loads(line) for line in marks.read_text("utf-8").splitlines() if line.strip()]
    articles = {article.number: article for article in reading.articles}
    marked = {_placed(articles[row["in"]], row) for row in rows}

    everywhere = dict(_all_found(reading))
    pages = {row["page"] for row in rows}

    right = marked & everywhere.keys()
    missed = marked - right
    false = {mark for mark, page in everywhere.items() if page in pages} - marked
    report = "\n".join(
        f"{what} {mark.number} {mark.target} : {_context(articles[mark.number], mark)}"
        for what, those in (("missed", missed), ("false", false))
        for mark in sorted(those, key=lambda m: (m.number, m.start))
    )
    assert len(right) >= PRECISION[marks.stem] * (len(right) + len(false)), report
    assert len(right) >= RECALL * len(marked), report


def _reading_of(marks: Path, request: pytest.FixtureRequest) -> Reading:
    """The decree a file of marks is about is told by its name."""
    if "reglement" in marks.stem:
        path = request.getfixturevalue("shared_data") / RULES
        return read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)
    decree = "decree_2013" if "2013" in marks.stem or "349" in marks.stem else "decree_2023"
    reading: Reading = request.getfixturevalue(decree)
    return reading


def _found(reading: Reading, article: Article) -> tuple[CrossReference, ...]:
    return find_references(
        article.text, instrument=reading.instrument.number, article=article.number
    )


def _all_found(reading: Reading) -> Iterable[tuple[Mark, int]]:
    """Give each reference with the page it starts on."""
    unnumbered = not reading.instrument.number[0].isdigit()  # its own number cannot be marked
    for article in reading.articles:
        for reference in _found(reading, article):
            start, _, instrument, *place = astuple(reference)
            if unnumbered and instrument == reading.instrument.number:
                instrument = None
            mark = Mark(article.number, start, (instrument, *place))
            yield mark, article.page_at(start).pdf


def _placed(article: Article, row: dict[str, str]) -> Mark:
    """Find a mark's character in the article: an occurrence of the mention in its context."""
    start = article.text.index(row["context"])
    for _ in range(int(row["occurrence"])):
        position = article.text.index(row["mention"], start)
        start = position + 1
    return Mark(article.number, position, (row["instrument"], row["article"], row["paragraph"]))


def _mention(article: Article, reference: CrossReference) -> str:
    return article.text[reference.start : reference.end]


def _context(article: Article, mark: Mark) -> str:
    return article.text[max(0, mark.start - 60) : mark.start + 40].replace("\n", " ⏎ ")
