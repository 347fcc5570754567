"""A database of its own for each test, and an open campaign in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.storage.database import Database

from .campaign_data import keep_answers, keep_people
from .campaign_data import open_campaign as open_one


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'assistant.db'}")
    keep_people(opened)
    yield opened
    opened.close()


@pytest.fixture
def evaluation(database: Database) -> Evaluation:
    return open_evaluation(database)


@pytest.fixture
def campaign_id(database: Database, evaluation: Evaluation) -> int:
    """An open campaign of 12 answers, all rated by two."""
    return open_one(evaluation, keep_answers(database, 12), overlap_share=1.0).id
