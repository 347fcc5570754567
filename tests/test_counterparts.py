"""Articles of both decrees that regulate the same thing, and the questions they share."""

import json
from pathlib import Path

import pytest

from assistant.records import Reading
from assistant.searching.counterparts import counterparts_of, shared_questions
from assistant.searching.key_store import KeyStore
from assistant.storage.database import Database

from .test_question_keys import FOLDER

OLD, NEW = "2-12-349", "2-22-431"


def test_pairs_are_those_found_by_reading_the_decrees(shared_data: Path) -> None:
    lines = (shared_data / "questions/dev-alignment.jsonl").read_text("utf-8").splitlines()

    for row in map(json.loads, lines):
        paired = {article for _, article in counterparts_of(NEW, row[NEW])}
        assert set(row[OLD]) <= paired, row


def test_pairs_name_articles_that_exist(decree_2023: Reading, decree_2013: Reading) -> None:
    known = {
        NEW: {article.number for article in decree_2023.articles},
        OLD: {article.number for article in decree_2013.articles},
    }
    pairs = (FOLDER / "counterparts.jsonl").read_text("utf-8").splitlines()

    assert all(
        article in known[text] for line in pairs for text, article in json.loads(line).items()
    )


@pytest.mark.parametrize(("instrument", "article"), [(NEW, "145"), ("2-99-999", "1")])
def test_an_article_without_counterpart_shares_nothing(instrument: str, article: str) -> None:
    assert counterparts_of(instrument, article) == ()
    assert shared_questions(instrument, article) == {}


def test_an_article_has_the_questions_of_its_counterpart_after_its_own(
    tmp_path: Path, decree_2013: Reading
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    article = next(a for a in decree_2013.articles if a.number == "33")

    keys = KeyStore(database).keys_of(OLD, [article])["33"]["fr"]

    assert keys[-1] in shared_questions(OLD, "33")["fr"]
    assert keys[0] not in shared_questions(OLD, "33")["fr"]
    assert len(keys) == len(set(keys))
    database.close()
