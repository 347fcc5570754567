"""Whatever kills a rater's process, what was confirmed is kept, whole: KILLS=20 for more kills."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text

from assistant.evaluating.campaign_records import Marks, RatingState
from assistant.evaluating.evaluation import open_evaluation
from assistant.storage.campaign_tables import ItemRatingRow, ItemScoreRow
from assistant.storage.database import Database

from .campaign_data import ALI, ALL_FIVE, BADIA, CHAMA, DRISS, keep_answers, keep_people
from .campaign_data import open_campaign as open_one

KILLS = int(os.environ.get("KILLS", "3"))
SEED = os.environ.get("KILLS_SEED", "2026")
EACH = 25  # ratings of each of those who rate at once


def rate_all(url: str, campaign_id: int, person: int, count: int, confirm: Connection) -> None:
    """Submit what is left to a rater, at most `count`, and confirm each once it is kept."""
    database = Database(url)
    work = open_evaluation(database).work
    for _ in range(count):
        task = work.next_task(campaign_id, person)
        if task is None:
            break
        work.submit(task.item_id, person, Marks(scores=ALL_FIVE, comment="Claire"), seconds=1)
        confirm.send(task.item_id)
    database.close()
    confirm.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'assistant.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    keep_people(opened)
    yield opened
    opened.close()


def start(url: str, person: int, count: int) -> tuple[multiprocessing.Process, Connection]:
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["tests.test_rating_kills"])
    ours, theirs = forks.Pipe(duplex=False)
    child = forks.Process(target=rate_all, args=(url, 1, person, count, theirs))
    child.start()
    theirs.close()
    return child, ours  # type: ignore[return-value]


def confirmed(pipe: Connection) -> list[int]:
    found = []
    with suppress(EOFError):
        while True:
            found.append(pipe.recv())
    return found


def submitted(database: Database) -> int:
    query = select(func.count()).where(ItemRatingRow.state == RatingState.SUBMITTED)
    with database.reading() as session:
        return session.scalar(query) or 0


def test_a_rating_that_was_confirmed_survives_a_kill_at_any_moment(
    url: str, database: Database
) -> None:
    chance = Random(f"ratings {SEED}")
    campaign = open_one(
        open_evaluation(database), keep_answers(database, 40 * KILLS), raters=(ALI,)
    )
    known: set[int] = set()
    killed = 0
    for _ in range(KILLS):
        child, pipe = start(url, ALI, 10**6)
        first = pipe.recv()
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        known |= {first, *confirmed(pipe)}

        with database.reading() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            whole = select(ItemScoreRow.assignment_id, func.count())
            counts = {count for _, count in session.execute(whole.group_by("assignment_id"))}
            assert counts == {len(ALL_FIVE)}
        kept = {
            task.item_id
            for task in open_evaluation(database).work.tasks(campaign.id, ALI)
            if task.state is RatingState.SUBMITTED
        }
        assert known <= kept
        assert len(kept - known) <= 1  # kept, and killed before it could be said
        known = kept

    assert killed == KILLS


def test_ratings_of_several_processes_at_once_are_all_kept(url: str, database: Database) -> None:
    people = (ALI, BADIA, CHAMA, DRISS)
    answers = keep_answers(database, EACH * len(people))
    open_one(open_evaluation(database), answers, raters=people, reviewers=(), overlap_share=0)

    running = [start(url, person, EACH) for person in people]
    said = [confirmed(pipe) for _, pipe in running]
    for child, _ in running:
        child.join()

    assert [len(one) for one in said] == [EACH] * len(people)
    assert submitted(database) == EACH * len(people)
