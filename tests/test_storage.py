"""The database: migrations give the tables, and two people at once lose nothing."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError

from assistant.records import Article, Instrument, PageNumbers, PrintedSpan, Reading
from assistant.storage.database import Database
from assistant.storage.documents import document_of, document_row, reading_of
from assistant.storage.tables import AnswerRow, ArticleRow, Base, DocumentRow, RatingRow

from .conftest import ROOT

COUNT_UP = """
import sys
from sqlalchemy import text
from assistant.storage.database import Database

database = Database(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.session() as session:
        count = session.scalar(text("SELECT passage_count FROM documents"))
        session.execute(text("UPDATE documents SET passage_count = :n"), {"n": count + 1})
database.close()
"""


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'assistant.db'}"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(url_of(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def connection(tmp_path: Path, database: Database) -> Iterator[Connection]:
    """A connection of its own to the migrated database."""
    engine = create_engine(url_of(tmp_path))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def an_answer(answer_id: str = "a1") -> AnswerRow:
    return AnswerRow(
        id=answer_id,
        question="Quel délai ?",
        outcome="answered",
        model="extractive",
        content={},
        context={},
    )


def a_reading() -> Reading:
    first, second = PageNumbers(6, 5, 913), PageNumbers(7, 6, 914)
    span = PrintedSpan(0, 12, 6, (53.5, 100.25, 280.0, 110.0))
    box = (6, 53.5, 88.0, 280.0, 98.0)
    article = Article(
        "4 bis", "ART. 4 bis", ("Chapitre I",), "Texte « é ».", (first, second), (box,), (span,)
    )
    return Reading(Instrument("2-22-431", "Décret n° 2-22-431"), 93, (article,), ("Avis.",))


def a_document(reading: Reading) -> DocumentRow:
    return document_row(
        reading, document_id="d1", file_name="é.pdf", sha256="0" * 64, index_version="v1"
    )


def test_the_migrations_give_exactly_the_tables_of_the_code(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})

    assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_give_the_checks_of_the_code(connection: Connection) -> None:
    """Alembic does not compare checks."""
    migrated = {
        table: {check["name"] for check in inspect(connection).get_check_constraints(table)}
        for table in Base.metadata.tables
    }
    fresh = create_engine("sqlite://")
    Base.metadata.create_all(fresh)

    created = {
        table: {check["name"] for check in inspect(fresh).get_check_constraints(table)}
        for table in Base.metadata.tables
    }

    fresh.dispose()
    assert migrated == created


def test_opening_a_migrated_database_again_keeps_what_is_in_it(
    tmp_path: Path, database: Database
) -> None:
    with database.session() as session:
        session.add(an_answer())
    database.close()

    again = Database(url_of(tmp_path))

    with again.session() as session:
        assert session.scalars(select(AnswerRow.id)).all() == ["a1"]
    again.close()


def test_who_reads_waits_for_nobody_and_nobody_for_who_reads(database: Database) -> None:
    with database.session() as writing:
        writing.add(an_answer())
        writing.flush()
        with database.reading() as before:  # would wait ten seconds, and fail, behind a writer
            assert before.scalars(select(AnswerRow.id)).all() == []

    with database.reading() as reading:
        assert reading.scalars(select(AnswerRow.id)).all() == ["a1"]
        with database.session() as session:
            session.get_one(AnswerRow, "a1").thumb = 1
        reading.expire_all()
        assert reading.scalars(select(AnswerRow.thumb)).all() == [None]  # of one moment


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'assistant.db'}").close()

    assert (tmp_path / "a" / "b" / "assistant.db").exists()


def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    with suppress(ZeroDivisionError), database.session() as session:
        session.add(an_answer())
        session.flush()
        raise ZeroDivisionError

    with database.session() as session:
        assert session.scalars(select(AnswerRow)).all() == []


def test_eight_threads_that_read_then_write_lose_nothing(database: Database) -> None:
    with database.session() as session:
        session.add(a_document(a_reading()))

    def count_up(_: int) -> None:
        for _time in range(25):
            with database.session() as session:
                row = session.get_one(DocumentRow, "d1")
                row.passage_count += 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, range(8)))

    with database.session() as session:
        assert session.get_one(DocumentRow, "d1").passage_count == 200


def test_processes_that_read_then_write_lose_nothing(tmp_path: Path, database: Database) -> None:
    with database.session() as session:
        session.add(a_document(a_reading()))

    children = [
        subprocess.Popen([sys.executable, "-c", COUNT_UP, url_of(tmp_path), "50"], cwd=ROOT)
        for _ in range(4)
    ]

    assert [child.wait() for child in children] == [0] * 4
    with database.session() as session:
        assert session.get_one(DocumentRow, "d1").passage_count == 200


def test_two_processes_may_make_the_same_new_database(tmp_path: Path) -> None:
    script = "import sys; from assistant.storage.database import Database; Database(sys.argv[1])"

    children = [
        subprocess.Popen([sys.executable, "-c", script, url_of(tmp_path)], cwd=ROOT)
        for _ in range(2)
    ]

    assert [child.wait() for child in children] == [0, 0]


def test_a_deleted_document_takes_its_articles_along(database: Database) -> None:
    with database.session() as session:
        session.add(a_document(a_reading()))
    with database.session() as session:
        session.delete(session.get_one(DocumentRow, "d1"))

    with database.session() as session:
        assert session.scalars(select(ArticleRow)).all() == []


def test_a_deleted_answer_takes_its_ratings_along(database: Database) -> None:
    with database.session() as session:
        session.add(an_answer())
        session.flush()
        session.execute(
            text(
                "INSERT INTO ratings (answer_id, annotator, rated_at, pertinence, coherence,"
                " fluidite, exactitude_sources, comment)"
                " VALUES ('a1', 'Ali', '2026-11-20 10:00:00', 5, 5, 5, 5, '')"
            )
        )
    with database.session() as session:
        session.execute(text("DELETE FROM answers"))

    with database.session() as session:
        assert session.scalars(select(RatingRow)).all() == []


@pytest.mark.parametrize("thumb", [0, 2, -2])
def test_a_thumb_is_up_or_down(database: Database, thumb: int) -> None:
    answer = an_answer()
    answer.thumb = thumb

    with pytest.raises(IntegrityError), database.session() as session:
        session.add(answer)


def test_the_same_file_is_kept_once(database: Database) -> None:
    other = a_document(a_reading())
    other.id = "d2"

    with pytest.raises(IntegrityError), database.session() as session:
        session.add_all([a_document(a_reading()), other])


def test_what_was_read_is_given_back_to_the_letter(database: Database) -> None:
    with database.session() as session:
        session.add(a_document(a_reading()))

    with database.session() as session:
        assert reading_of(session.get_one(DocumentRow, "d1")) == a_reading()


def test_the_moment_of_publication_is_given_in_utc(database: Database) -> None:
    row = a_document(a_reading())
    row.published_at = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    with database.session() as session:
        session.add(row)

    with database.session() as session:
        kept = session.get_one(DocumentRow, "d1")
        session.refresh(kept)
        document = document_of(kept, article_count=1, annexe_count=0)

    assert document.indexed_at == "2026-11-20T10:30:00+00:00"
