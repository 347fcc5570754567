"""Opening the database, and the unit of work."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session, sessionmaker

from assistant.errors import InvalidSettings

_PATIENCE = 10  # seconds that one waits for others to write
_SELDOMEST, _OFTENEST = 0.005, 0.0003  # seconds between two tries: of who comes, of who waited
_READS = "assistant_reads"  # an execution option of ours
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The one owner of the SQLAlchemy engine; its sessions are safe for several people at once."""

    def __init__(self, url: str) -> None:
        """Open the database at `url`, creating or migrating it as needed.

        Raises:
            InvalidSettings: it cannot be opened.
        """
        try:
            self._engine = _create_engine(url)
            _migrate(self._engine)
        except (DBAPIError, ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
            raise InvalidSettings(
                f"La base de données « {url} » (ASSISTANT_DATABASE_URL) ne peut être ouverte. "
                "Vérifiez l’adresse, le pilote installé et les droits d’écriture."
            ) from error
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give one unit of work: committed at its end, undone if it raises."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a view of one moment, in which nothing is written: nobody waits for it."""
        with self._sessions() as session:
            session.connection(execution_options={_READS: True})
            yield session

    def close(self) -> None:
        """Release every connection."""
        self._engine.dispose()


def _create_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred and loses read-then-write races (FACTS: 313 of 800 kept);
    # without it, `_begin` decides, and 800 of 800 are kept.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Any) -> None:
    if connection.get_execution_options().get(_READS):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_immediate(connection.connection.driver_connection)


def _begin_immediate(connection: sqlite3.Connection) -> None:
    """Wait for one's turn to write.

    SQLite's own wait sleeps longer and longer, up to 100 ms: of eight who write at once some are
    passed over for seconds, and one in some thousands for all ten. Here who has waited longer asks
    oftener, and so comes before who has just come.
    """
    begun = time.monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - begun
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or waited > _PATIENCE:
                    raise
                time.sleep(max(_OFTENEST, _SELDOMEST - waited / 4))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
