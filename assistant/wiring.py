"""Everything is put together here, once a process, from the settings."""

import hashlib
import threading
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.answering import Answering, Writer
from assistant.answering.history import History
from assistant.answering.models import load_model, model_name
from assistant.errors import ModelUnavailable
from assistant.evaluating.ratings import Ratings
from assistant.reading.reader import LawReader
from assistant.searching.index import PassageIndex, open_embedded, open_server
from assistant.searching.index_version import index_version
from assistant.searching.ingestion_queue import IngestionQueue
from assistant.searching.library import Library
from assistant.searching.search import Search
from assistant.settings import Settings
from assistant.storage.database import Database

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


@dataclass(frozen=True, slots=True)
class Services:
    """What the screens, the API and the command line use."""

    settings: Settings
    database: Database
    index: PassageIndex
    library: Library
    ingestions: IngestionQueue
    search: Search
    answering: Answering
    history: History
    ratings: Ratings
    writer: "WriterSlot"

    def close(self) -> None:
        """Release the index and the database."""
        self.index.close()
        self.database.close()


class WriterSlot:
    """The model, loaded when the first answer needs it, once for all people."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._writer: Writer | None = None

    def __call__(self) -> Writer:
        """Give the writer, loading it the first time."""
        with self._lock:
            if self._writer is None:
                llm = load_model(self._settings)
                self._writer = Writer(model_name(self._settings, llm), llm)
            return self._writer

    @property
    def is_loaded(self) -> bool:
        """Whether the next answer need not wait for the model."""
        return self._writer is not None


def open_services(settings: Settings | None = None) -> Services:
    """Open the database and the index and build every part.

    Raises:
        InvalidSettings: the settings contradict each other.
        IndexInUse: another process has the embedded index open.
        ModelUnavailable: the embedding model cannot be loaded.
    """
    settings = settings or Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    encoder = _load_encoder(settings.embedding_model)
    version = index_version(settings.embedding_model)
    index = PassageIndex(
        open_server(settings.qdrant_url, settings.qdrant_api_key)
        if settings.qdrant_url
        else open_embedded(settings.data_dir / "index"),
        collection=f"passages-{hashlib.sha256(version.encode()).hexdigest()[:12]}",
        encoder=encoder,
        embedded=not settings.qdrant_url,
    )
    database = Database(settings.resolved_database_url)
    library = Library(
        database,
        index,
        LawReader(max_pages=settings.max_pages, max_megabytes=settings.max_file_megabytes),
        originals=settings.data_dir / "originals",
        index_version=version,
    )
    search = Search(
        library,
        index,
        max_question_characters=settings.max_question_characters,
        today=date.today,
    )
    history = History(database)
    writer = WriterSlot(settings)
    return Services(
        settings=settings,
        database=database,
        index=index,
        library=library,
        ingestions=IngestionQueue(library),
        search=search,
        answering=Answering(search, history, writer, contact=settings.contact),
        history=history,
        ratings=Ratings(database),
        writer=writer,
    )


def _load_encoder(name: str) -> "BaseEmbedding | None":
    """Load the sentence encoder from this machine; nothing is downloaded."""
    if not name:
        return None
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    try:
        return HuggingFaceEmbedding(model_name=name, model_kwargs={"local_files_only": True})
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            name,
            "le modèle d’encodage n’a pas pu être chargé depuis cette machine",
            "Vérifiez ASSISTANT_EMBEDDING_MODEL, ou laissez-le vide pour la recherche par mots.",
        ) from error
