"""Questions as search keys: complete, reviewed data that lead to articles and are never shown."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.article_paragraphs import read_article
from assistant.answering.key_places import paragraphs_at
from assistant.records import Reading
from assistant.searching.question_keys import load_keys, load_question_keys
from assistant.wiring import Services

from .open_library import open_library_of

FOLDER = Path(__file__).parents[1] / "assistant/searching/question_keys"
DECREES = ["2-22-431", "2-12-349"]
UNREADABLE = {"2-12-349": {"114"}}  # its text is missing from the translation's source


def rows_of(instrument: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{instrument}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("instrument", "decree"), [("2-22-431", "decree_2023"), ("2-12-349", "decree_2013")]
)
def test_every_article_has_six_questions_or_more(
    instrument: str, decree: str, request: pytest.FixtureRequest
) -> None:
    reading: Reading = request.getfixturevalue(decree)

    keys = load_question_keys(instrument)

    wanted = {a.number for a in reading.articles if a.number != "preambule"} - UNREADABLE.get(
        instrument, set()
    )
    assert keys.keys() == wanted
    assert min(sum(map(len, asked.values())) for asked in keys.values()) >= 6


@pytest.mark.parametrize(
    ("instrument", "decree"), [("2-22-431", "decree_2023"), ("2-12-349", "decree_2013")]
)
def test_every_place_that_a_question_names_stands_in_its_article(
    instrument: str, decree: str, request: pytest.FixtureRequest
) -> None:
    reading: Reading = request.getfixturevalue(decree)
    texts = {article.number: article.text for article in reading.articles}

    nowhere = [
        (number, place)
        for number, keys in load_keys(instrument).items()
        for place in {place for key in keys for place in key.places}
        if not paragraphs_at(texts[number], [place])
    ]

    assert not nowhere


@pytest.mark.parametrize("decree", ["decree_2023", "decree_2013"])
def test_hardly_a_question_names_no_place(decree: str, request: pytest.FixtureRequest) -> None:
    reading: Reading = request.getfixturevalue(decree)
    long = {a.number for a in reading.articles if len(read_article(a.text).texts) > 1}
    keys = [
        key
        for number, keys in load_keys(reading.instrument.number).items()
        for key in keys
        if number in long
    ]

    assert sum(not key.places for key in keys) < 0.02 * len(keys)


@pytest.mark.parametrize("instrument", DECREES)
def test_every_article_is_asked_for_in_three_languages(instrument: str) -> None:
    languages: dict[str, set[str]] = {}
    for row in rows_of(instrument):
        languages.setdefault(row["article"], set()).add(row["language"])

    assert all(spoken == {"fr", "en", "ar"} for spoken in languages.values())


@pytest.mark.parametrize("instrument", DECREES)
def test_no_question_leads_to_one_article_twice(instrument: str) -> None:
    counted = Counter((row["article"], row["question"].lower()) for row in rows_of(instrument))

    assert counted.most_common(1)[0][1] == 1


@pytest.mark.parametrize("instrument", DECREES)
def test_no_question_of_the_measure_is_a_key(instrument: str, shared_data: Path) -> None:
    files = [
        *(shared_data / "questions").glob("*.jsonl"),
        *(FOLDER.parents[2] / "tests/questions").glob("held-*.jsonl"),
        *(FOLDER.parents[2] / "tests/questions").glob("more-*.jsonl"),
        *(FOLDER.parents[2] / "tests/questions").glob("unseen-*.jsonl"),
    ]
    asked = {
        json.loads(line)["question"].lower()
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if "question" in json.loads(line)
    }

    assert not asked & {row["question"].lower() for row in rows_of(instrument)}


@pytest.mark.parametrize(
    "question",
    [
        "Combien de temps mon offre m'engage-t-elle ?",
        "كم تدوم صلاحية العروض؟",
    ],
)
def test_a_question_in_other_words_finds_its_article(
    decree_services: Services, question: str
) -> None:
    hits = decree_services.search.search(question).hits

    assert "36" in [hit.article.number for hit in hits[:2]]  # 58 says it of another procedure


def test_what_a_question_found_is_shown_in_the_words_of_the_law(decree_services: Services) -> None:
    for hit in decree_services.search.search("How long does my bid remain valid?").hits:
        passage = hit.ranked.passage
        assert passage.text == hit.article.text[passage.start : passage.end]


def test_removing_a_document_removes_its_questions(shared_data: Path, tmp_path: Path) -> None:
    opened = open_library_of(tmp_path)
    data = (shared_data / "decret-2-22-431/decret-2-22-431-fr.pdf").read_bytes()
    document = opened.library.ingest("décret.pdf", data).document
    assert document
    indexed = opened.keys.count()

    opened.library.remove(document.id)

    assert (indexed, opened.keys.count()) == (3 * 174, 0)
    opened.close()
