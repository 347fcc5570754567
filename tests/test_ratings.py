"""Ratings: who rates what next, what is kept of it, and how it leaves."""

import csv
import io
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assistant.errors import UnknownAnswer
from assistant.evaluating.ratings import COLUMNS, Progress, Ratings
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow

SCORES = {"pertinence": 5, "coherence": 4, "fluidite": 3, "exactitude_sources": 2}
CITATION = {
    "label": 1,
    "instrument": "2-22-431",
    "article": "36",
    "page": 27,
    "quote": "Les offres sont valables soixante-quinze jours, « à compter » de la séance.",
}


def an_answer(answer_id: str, *, minute: int = 0, outcome: str = "answered") -> AnswerRow:
    return AnswerRow(
        id=answer_id,
        asked_at=datetime(2026, 11, 20, 10, minute, tzinfo=UTC),
        question="Quel est le délai de validité ?",
        outcome=outcome,
        model="extractive",
        content={
            "answer": "Soixante-quinze jours [1].",
            "regime": {"instrument": "2-22-431"},
            "citations": [CITATION],
        },
        context={},
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with three answers, and a question that met no documents."""
    opened = Database(f"sqlite:///{tmp_path / 'assistant.db'}")
    with opened.session() as session:
        session.add_all(
            [
                an_answer("second", minute=2),
                an_answer("first", minute=1),
                an_answer("refused", minute=3, outcome="not_found"),
                an_answer("nothing indexed", minute=0, outcome="no_documents"),
            ]
        )
    yield opened
    opened.close()


@pytest.fixture
def ratings(database: Database) -> Ratings:
    return Ratings(database)


def next_id(ratings: Ratings, annotator: str, *skipped: str) -> str | None:
    answer = ratings.next_to_rate(annotator, skipped=frozenset(skipped))
    return answer.id if answer else None


def test_the_oldest_answer_comes_first(ratings: Ratings) -> None:
    assert next_id(ratings, "Ali") == "first"


def test_a_rated_answer_does_not_come_back_to_the_same_annotator(ratings: Ratings) -> None:
    ratings.rate("first", "Ali", SCORES)

    assert next_id(ratings, "Ali") == "second"
    assert next_id(ratings, "Badia") == "first"


def test_a_skipped_answer_is_passed_over(ratings: Ratings) -> None:
    assert next_id(ratings, "Ali", "first", "second") == "refused"


def test_when_all_is_rated_nothing_is_left(ratings: Ratings) -> None:
    for answer_id in ("first", "second", "refused"):
        ratings.rate(answer_id, "Ali", SCORES)

    assert next_id(ratings, "Ali") is None


def test_an_answer_to_rate_is_given_as_it_was_shown(ratings: Ratings) -> None:
    answer = ratings.next_to_rate("Ali")

    assert answer is not None
    assert answer.content["answer"] == "Soixante-quinze jours [1]."


def test_progress_counts_what_can_be_rated_and_what_this_annotator_rated(ratings: Ratings) -> None:
    ratings.rate("first", "Ali", SCORES)

    assert ratings.progress("Ali") == Progress(rated=1, total=3)
    assert ratings.progress("Badia") == Progress(rated=0, total=3)


def test_rating_again_replaces_the_rating(ratings: Ratings) -> None:
    ratings.rate("first", "Ali", SCORES, "trop long")

    ratings.rate("first", "Ali", {**SCORES, "fluidite": 1}, "  illisible ")

    [row] = ratings.rows()
    assert (row["fluidite"], row["comment"]) == (1, "illisible")


def test_a_double_click_leaves_one_rating(ratings: Ratings) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: ratings.rate("first", "Ali", SCORES), range(8)))

    assert len(ratings.rows()) == 1


@pytest.mark.parametrize(
    "scores",
    [
        {**SCORES, "pertinence": 0},
        {**SCORES, "pertinence": 6},
        {"pertinence": 5},
        {**SCORES, "style": 3},
        {},
    ],
    ids=["too low", "too high", "missing", "unknown", "none"],
)
def test_a_rating_that_is_not_whole_or_out_of_range_is_refused(
    ratings: Ratings, scores: dict[str, int]
) -> None:
    with pytest.raises(ValueError, match="expected"):
        ratings.rate("first", "Ali", scores)

    assert ratings.rows() == []


@pytest.mark.parametrize("criterion", list(SCORES))
def test_the_database_itself_refuses_a_score_out_of_range(
    ratings: Ratings, database: Database, criterion: str
) -> None:
    ratings.rate("first", "Ali", SCORES)

    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(text(f"UPDATE ratings SET {criterion} = 6"))


def test_the_database_itself_refuses_two_ratings_of_one_annotator(
    ratings: Ratings, database: Database
) -> None:
    ratings.rate("first", "Ali", SCORES)
    ratings.rate("second", "Ali", SCORES)

    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(text("UPDATE ratings SET answer_id = 'first'"))


def test_an_answer_that_does_not_exist_cannot_be_rated(ratings: Ratings) -> None:
    with pytest.raises(UnknownAnswer):
        ratings.rate("never", "Ali", SCORES)


def test_an_exported_rating_says_who_rated_what_and_how(ratings: Ratings) -> None:
    ratings.rate("first", "Badia", SCORES, "Très clair")

    [row] = [json.loads(line) for line in ratings.export_jsonl().splitlines()]

    assert tuple(row) == COLUMNS
    assert {name: row[name] for name in SCORES} == SCORES
    assert (row["annotator"], row["comment"]) == ("Badia", "Très clair")
    assert row["asked_at"] == "2026-11-20T10:01:00+00:00"
    assert (row["question"], row["regime"]) == ("Quel est le délai de validité ?", "2-22-431")
    assert row["sources"] == [
        {key: CITATION[key] for key in ("instrument", "article", "page", "quote")}
    ]


def test_ratings_leave_in_the_order_they_came(ratings: Ratings) -> None:
    ratings.rate("second", "Ali", SCORES)
    ratings.rate("first", "Badia", SCORES)

    lines = ratings.export_jsonl().splitlines()

    assert [json.loads(line)["annotator"] for line in lines] == ["Ali", "Badia"]


def test_without_ratings_the_export_is_empty_and_the_csv_has_its_header(ratings: Ratings) -> None:
    assert ratings.export_jsonl() == ""
    assert ratings.export_csv() == ",".join(COLUMNS) + "\r\n"


def csv_rows(ratings: Ratings) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ratings.export_csv(), newline="")))


@pytest.mark.parametrize(
    "comment",
    ["Très clair, précis ; « à relire »", "deux\nlignes", 'des "guillemets"', "صحيح"],
    ids=["accents", "lines", "quotes", "arabic"],
)
def test_a_comment_comes_out_of_the_csv_as_it_was_written(ratings: Ratings, comment: str) -> None:
    ratings.rate("first", "Hélène", SCORES, comment)

    [row] = csv_rows(ratings)

    assert (row["comment"], row["annotator"]) == (comment, "Hélène")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_comment_that_a_spreadsheet_would_run_is_made_inert(ratings: Ratings, start: str) -> None:
    ratings.rate("first", "Ali", SCORES, f"{start}HYPERLINK(A1)")

    [row] = csv_rows(ratings)

    assert row["comment"] == f"'{start}HYPERLINK(A1)"


@pytest.mark.parametrize(
    "comment",
    ["clair;=1+1", "clair\n=1+1", "clair ; @SUM(A1)", 'clair;"=1+1', "clair\t+1", "＝1+1"],
)
def test_a_formula_inside_a_comment_begins_no_cell_where_semicolons_part_them(
    ratings: Ratings, comment: str
) -> None:
    ratings.rate("first", "Ali", SCORES, comment)

    cells = re.split(r"[;\t\r\n]", csv_rows(ratings)[0]["comment"])

    assert [cell for cell in cells if cell.lstrip(' "')[:1] in "=+@-＝"] == []


def test_a_name_that_a_spreadsheet_would_run_is_made_inert(ratings: Ratings) -> None:
    ratings.rate("first", "\t=1+1", SCORES)

    [row] = csv_rows(ratings)

    assert row["annotator"] == "'\t=1+1"


def test_the_json_lines_keep_a_formula_as_it_was_written(ratings: Ratings) -> None:
    ratings.rate("first", "Ali", SCORES, "=1+1")

    assert json.loads(ratings.export_jsonl())["comment"] == "=1+1"
