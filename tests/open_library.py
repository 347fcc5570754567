"""Libraries in folders of their own, readers and indexes that fail, children that are killed."""

from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from llama_index.core.schema import BaseNode
from sqlalchemy import func, select

from assistant.reading.reader import LawReader
from assistant.reading.reading import OnPage, unnoticed
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.index import Indexes, PassageIndex, open_embedded
from assistant.searching.lexical import KEYS
from assistant.searching.library import Library
from assistant.storage.database import Database
from assistant.storage.tables import ArticleRow, DocumentRow

KILLED_WHILE_READING = """
import os, signal, sys
from pathlib import Path
from tests.open_library import open_library_of

def on_page(done, total):
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[2])
open_library_of(Path(sys.argv[1])).library.ingest(path.name, path.read_bytes(), on_page)
"""

KILLED_WHILE_INDEXING = """
import os, signal, sys
from pathlib import Path
from tests.open_library import open_library_of
from assistant.searching.index import PassageIndex

class KilledIndex(PassageIndex):
    def add(self, nodes):
        super().add(nodes[: len(nodes) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[2])
opened = open_library_of(Path(sys.argv[1]), index_class=KilledIndex, version=sys.argv[3])
opened.library.ingest(path.name, path.read_bytes())
"""


DECREE = "2-22-431"  # what is replaced again and again
ARTICLES = 600
"""More than the index takes at once, so that a kill can fall between two additions."""


class OneArticleReader(LawReader):
    """Reads any bytes as an instrument of one article, which says what the bytes say."""

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        page = PageNumbers(1, 1, None)
        article = Article("1", "ART. 1", (), data.decode(), (page,), (), ())
        return Reading(Instrument("2-22-431", "Décret n° 2-22-431"), 1, (article,), ())


class ManyArticlesReader(LawReader):
    """Reads "2-22-431|3" as version 3 of that instrument, with as many articles as `ARTICLES`."""

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        number, version = data.decode().split("|")
        page = PageNumbers(1, 1, None)
        articles = tuple(
            Article(str(n), f"ART. {n}", (), f"Le délai {n} de {version}.", (page,), (), ())
            for n in range(1, ARTICLES + 1)
        )
        return Reading(Instrument(number, f"Décret n° {number}"), 1, articles, ())


class ClosedReader(LawReader):
    """Refuses to read: what is kept has to do."""

    def read(self, name: str, data: bytes, on_page: OnPage = unnoticed) -> Reading:
        raise AssertionError("the file was read again")


class FullDiskIndex(PassageIndex):
    """Loses its disk in the middle of an addition."""

    def add(self, nodes: Sequence[BaseNode]) -> None:
        super().add(nodes[: len(nodes) // 2])
        raise OSError("no space left on device")


class OpenLibrary:
    """A library of one folder, with what it stands on."""

    def __init__(
        self, folder: Path, reader: LawReader, index_class: type[PassageIndex], version: str
    ) -> None:
        self.database = Database(f"sqlite:///{folder / 'library.db'}")
        client = open_embedded(folder / "index")
        self.index = index_class(client, collection=f"passages-{version}")
        self.keys = PassageIndex(client, collection=f"keys-{version}", encoding=KEYS)
        self.indexes = Indexes(self.index, self.keys)
        self.library = Library(
            self.database,
            self.indexes,
            reader,
            originals=folder / "originals",
            index_version=version,
        )

    def rows(self) -> tuple[int, int]:
        """Count the rows of documents and of articles."""
        with self.database.session() as session:
            documents, articles = (
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (DocumentRow, ArticleRow)
            )
        return documents, articles

    def close(self) -> None:
        self.database.close()
        self.index.close()
        self.keys.close()


def open_library_of(
    folder: Path,
    reader: LawReader | None = None,
    *,
    index_class: type[PassageIndex] = PassageIndex,
    version: str = "v1",
) -> OpenLibrary:
    return OpenLibrary(folder, reader or LawReader(), index_class, version)


class AnnouncingIndex(PassageIndex):
    """Says when an addition begins."""

    announce: Callable[[str], None]

    def add(self, nodes: Sequence[BaseNode]) -> None:
        kind = self._collection.name.partition("-")[0]
        self.announce(kind)
        super().add(nodes)
        if kind == "passages":
            self.announce("indexed")


def ingest_announced(folder: str, data: bytes, connection: Connection) -> None:
    """Ingest a file and say when each of its steps begins."""
    AnnouncingIndex.announce = staticmethod(connection.send)
    opened = open_library_of(Path(folder), ManyArticlesReader(), index_class=AnnouncingIndex)
    opened.keys.__class__ = AnnouncingIndex
    connection.send("began")
    opened.library.ingest("fichier.pdf", data)
    connection.send("published")
    opened.close()
