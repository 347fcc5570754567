"""Everything is put together here, once a process, from the settings."""

import hashlib
import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.accounts.opening import Accounts, open_accounts
from assistant.answering.answer_cache import AnswerCache
from assistant.answering.answering import Answering, Writer
from assistant.answering.conversations import Conversations
from assistant.answering.extractive import extract
from assistant.answering.history import History
from assistant.answering.human_questions import HumanQuestions
from assistant.answering.key_writing import LLMKeyWriter
from assistant.answering.loaded_file import LoadedFile, loaded_path
from assistant.answering.meters import Meters, Size
from assistant.answering.model_state import ModelState
from assistant.answering.models import load_model, model_name, model_state
from assistant.answering.prices import Prices
from assistant.answering.reviewed_answers import ReviewedAnswers
from assistant.answering.weights import find_folder
from assistant.dossiers.making import Dossiers
from assistant.errors import InvalidSettings, ModelUnavailable
from assistant.evaluating.configurations import made_under
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.ratings import Ratings
from assistant.evaluating.retention import Retention
from assistant.reading.page_images import PageImages
from assistant.reading.reader import LawReader
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.index import Indexes, PassageIndex, open_embedded, open_server
from assistant.searching.index_version import index_version
from assistant.searching.ingestion_queue import IngestionQueue
from assistant.searching.instrument_store import InstrumentStore
from assistant.searching.key_queue import KeyQueue
from assistant.searching.key_store import KeyStore
from assistant.searching.lexical import KEYS
from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.library import Library
from assistant.searching.search import Search
from assistant.searching.sent_files import SentFiles
from assistant.settings import Settings, load_settings
from assistant.storage.database import Database

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from qdrant_client import QdrantClient

    from assistant.evaluating.variants import Variants

_TYPICAL = "Quel est le délai de validité des offres ?"


WAITING_FILES = "waiting"
"""Under the data folder: the files that were sent and are not read yet."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the screens, the API and the command line use."""

    settings: Settings
    database: Database
    accounts: Accounts
    indexes: Indexes
    library: Library
    page_images: PageImages
    ingestions: IngestionQueue
    key_queue: KeyQueue
    lexicon: LexiconStore
    instruments: InstrumentStore
    search: Search
    answering: Answering
    history: History
    dossiers: Dossiers
    conversations: Conversations
    human_questions: HumanQuestions
    ratings: Ratings
    evaluation: Evaluation
    retention: Retention
    writer: "WriterSlot"
    meters: Meters
    prices: Prices

    def variants(self) -> "Variants":
        """Give the configurations that can answer the questions of a campaign."""
        from assistant.evaluating.variants import Variants  # what it measures with takes a second

        return Variants(self.settings, self.database, self.search, self.writer)

    def prepare(self) -> None:
        """Make the tables that the first question would wait for; nothing of it is kept.

        With a decree that is some seconds of processor.
        """
        extract(self.search.search(_TYPICAL))

    def close(self) -> None:
        """Stop what goes on in the background; release the index and the database."""
        self.ingestions.close()
        self.key_queue.close()
        self.retention.close()
        self.writer.close()
        self.indexes.close()
        self.database.close()


class WriterSlot:
    """The model, loaded when the first answer needs it, once for all people."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._writer: Writer | None = None
        self._loaded_file = LoadedFile(loaded_path(settings))

    def __call__(self) -> Writer:
        """Give the writer, loading it the first time."""
        with self._lock:
            if self._writer is None:
                llm = load_model(self._settings)
                self._writer = Writer(model_name(self._settings, llm), llm)
                self._loaded_file.write(self.model_state())
            return self._writer

    def close(self) -> None:
        """Tell other programs no more what is loaded."""
        self._loaded_file.close()

    @property
    def is_loaded(self) -> bool:
        """Whether the next answer need not wait for the model."""
        return self._writer is not None

    def model_state(self) -> ModelState:
        """Say what writes the answers, in how many bits and with how much memory; loads nothing."""
        writer = self._writer
        if writer is None:
            return ModelState(self._settings.model, is_loaded=False)
        return model_state(writer.name, writer.llm)


def open_services(settings: Settings | None = None) -> Services:
    """Open the database and the index and build every part.

    Raises:
        InvalidSettings: a setting cannot be used, or what it names cannot be reached.
        IndexInUse: another process has the embedded index open.
        ModelUnavailable: the embedding model cannot be loaded.
    """
    settings = settings or load_settings()
    _make_folder(settings)
    with ExitStack() as opened:  # what a later step fails over is given back: one can try again
        indexes = opened.enter_context(closing(open_indexes(settings)))
        database = opened.enter_context(closing(Database(settings.resolved_database_url)))
        services = _build(settings, indexes, database)
        opened.pop_all()
    return services


def _build(settings: Settings, indexes: Indexes, database: Database) -> Services:
    library = Library(
        database,
        indexes,
        LawReader(
            max_pages=settings.max_pages,
            max_megabytes=settings.max_file_megabytes,
            kept_in=settings.data_dir / "ocr",
        ),
        originals=settings.data_dir / "originals",
        index_version=index_version(settings.embedding_model),
    )
    lexicon = LexiconStore(database)
    instruments = InstrumentStore(database)
    search = Search(
        library,
        indexes,
        lexicon,
        max_question_characters=settings.max_question_characters,
        today=date.today,
        instruments=instruments.instruments,
    )
    writer = WriterSlot(settings)
    key_queue = KeyQueue(
        library,
        KeyStore(database),
        lambda: _key_writer(writer()),
        count=settings.keys_per_article if settings.generate_keys else 0,
    )
    sent = SentFiles(database, settings.data_dir / WAITING_FILES)
    ingestions = IngestionQueue(library, sent, on_indexed=key_queue.submit)
    prices = Prices(settings.model_prices, settings.model_currency)
    meters = Meters(
        lambda: Size(len(library.documents()), indexes.passages.count(), len(ingestions.running())),
        prices,
    )
    history = History(database, settings=made_under(settings), on_kept=meters.count)
    page_images = PageImages(library.original)
    reviewed = ReviewedAnswers(database, library)
    cache = AnswerCache(database, lexicon.lexicon, contact=settings.contact)
    return Services(
        settings=settings,
        database=database,
        accounts=open_accounts(settings, database),
        indexes=indexes,
        library=library,
        page_images=page_images,
        ingestions=ingestions,
        key_queue=key_queue,
        lexicon=lexicon,
        instruments=instruments,
        search=search,
        answering=Answering(
            search, history, writer, contact=settings.contact, cache=cache, reviewed=reviewed
        ),
        history=history,
        dossiers=Dossiers(history, library, page_images),
        conversations=Conversations(database),
        human_questions=HumanQuestions(database, reviewed, on_answered=library.refresh_questions),
        ratings=Ratings(database, on_confirmed=library.refresh_questions),
        evaluation=open_evaluation(database, on_confirmed=library.refresh_questions),
        retention=Retention(database, days=settings.retention_days),
        writer=writer,
        meters=meters,
        prices=prices,
    )


def _key_writer(writer: Writer) -> LLMKeyWriter | None:
    return LLMKeyWriter(writer.name, writer.llm) if writer.llm else None


def open_indexes(settings: Settings) -> Indexes:
    """Open the indexes that the settings name.

    Raises:
        InvalidSettings: the server cannot be reached.
        IndexInUse: another process has the embedded index open.
        ModelUnavailable: the embedding model cannot be loaded.
    """
    version = index_version(settings.embedding_model)
    digest = hashlib.sha256(version.encode()).hexdigest()[:12]
    encoder = _load_encoder(settings.embedding_model)
    engine, embedded = _open_qdrant(settings), not settings.qdrant_url
    return Indexes(
        PassageIndex(engine, collection=f"passages-{digest}", encoder=encoder, embedded=embedded),
        PassageIndex(engine, collection=f"keys-{digest}", embedded=embedded, encoding=KEYS),
    )


def _load_encoder(name: str) -> "BaseEmbedding | None":
    """Load the sentence encoder from this machine; nothing is downloaded."""
    if not name:
        return None
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    unavailable = ModelUnavailable(
        name,
        "le modèle d’encodage n’a pas pu être chargé depuis cette machine",
        "Vérifiez ASSISTANT_EMBEDDING_MODEL, ou laissez-le vide pour la recherche par mots.",
    )
    folder = find_folder(name)  # given a hub name, the library would ask the hub
    if folder is None:
        raise unavailable
    try:
        return HuggingFaceEmbedding(model_name=str(folder))
    except (OSError, ValueError) as error:
        raise unavailable from error


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSettings(
            f"Le dossier « {settings.data_dir} » (ASSISTANT_DATA_DIR) ne peut être créé. "
            "Choisissez un dossier où l’assistant peut écrire."
        ) from error


def _open_qdrant(settings: Settings) -> "EdgeFolder | QdrantClient":
    if not settings.qdrant_url:
        return open_embedded(settings.data_dir / "index")
    try:
        client = open_server(settings.qdrant_url, settings.qdrant_api_key)
        client.get_collections()
    except Exception as error:
        raise InvalidSettings(
            f"Le serveur Qdrant « {settings.qdrant_url} » (ASSISTANT_QDRANT_URL) ne répond pas. "
            "Vérifiez l’adresse, la clé et que le serveur est démarré."
        ) from error
    return client
