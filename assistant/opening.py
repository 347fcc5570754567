"""What the commands open, and close whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.searching.catalogue import Catalogue
from assistant.settings import Settings, load_settings
from assistant.storage.database import Database

if TYPE_CHECKING:
    from assistant.wiring import Services


@contextmanager
def open_services() -> Iterator["Services"]:
    """Open everything: the index must not be open elsewhere."""
    from assistant.wiring import open_services as open_all  # its vendors take seconds to import

    services = open_all()
    try:
        yield services
    finally:
        services.close()


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the database alone, which any number of processes can."""
    database = Database(settings.resolved_database_url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_catalogue() -> Iterator[Catalogue]:
    """Open the documents alone."""
    with open_database(load_settings()) as database:
        yield Catalogue(database)
