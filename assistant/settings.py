"""Settings, read once in `wiring` from the environment or `.env` (prefix `ASSISTANT_`)."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from assistant.errors import InvalidSettings

_Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """What can be set; every default makes a working, offline installation."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    """Database, index and uploaded originals; created on first use."""

    qdrant_url: str = ""
    """A Qdrant server or cluster; empty: embedded in `data_dir`."""

    qdrant_api_key: str = ""

    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in `data_dir`."""

    model: str = "auto"
    """`auto`, `extractive`, a local path or hub name of a causal LM, or `openai:<model>`."""

    model_url: str = ""
    """Base URL of an OpenAI-compatible engine, with `openai:<model>`."""

    model_api_key: str = ""

    model_bits: int = 4
    """4 (NF4), 8 or 16."""

    model_double_quantization: bool = False
    """With 4 bits: 0.4 bit less a weight, for a GPU that is just too small."""

    model_decoding: Literal["lookup", "plain", "compiled"] = "lookup"
    """How a model in this process writes (`answering.decoding`): the same answer at another speed.
    `compiled` takes the memory of a whole context for good, and minutes at the first question."""

    model_deadline_seconds: float = Field(default=120, gt=0)
    """Longest time that a model in this process writes one answer."""

    model_prices: dict[str, tuple[_Price, _Price]] = {}
    """Model → what a million tokens cost that it reads, and that it writes, as JSON:
    `{"mistral-small": [0.1, 0.3]}`. Without a price no cost is shown."""

    model_currency: str = ""
    """Of `model_prices`, as it is shown: "USD"."""

    model_places: int = Field(default=50, ge=0)
    """How many questions can wait for their turn with a model in this process."""

    embedding_model: str = ""
    """A local path or hub name of a sentence encoder; empty: lexical search only."""

    contact: str = ""
    """Who to write to when the texts do not answer."""

    max_pages: int = Field(default=250, ge=1)
    """Longest PDF that is read, in pages."""

    max_file_megabytes: int = Field(default=50, ge=1)
    """Largest PDF that is read, in megabytes (10^6 bytes)."""

    max_question_characters: int = Field(default=2000, ge=10)
    """Longest question that is searched."""

    generate_keys: bool = False
    """Whether the language model writes questions for the articles of each new document, by which
    they are then found. Without a model (`extractive`, or `auto` without a GPU) nothing is written.

    Off by default: it takes the model some seconds an article, and sends the text of every article
    to the engine of `openai:<model>`. A document is published first; its questions follow.
    """

    keys_per_article: int = Field(default=6, ge=1, le=20)
    """How many questions the model is asked for each article, with `generate_keys`."""

    accounts: bool = True
    """Whether people sign in; off: whoever reaches the assistant administers it."""

    admin_login: str = ""
    """The first administrator, made at start-up when there is none, with `admin_password`."""

    admin_password: str = ""

    secret_key: str = ""
    """Signs the cookies; empty: one is made and kept in `data_dir`."""

    organisation_role: Literal["", "lecteur", "annotateur", "gestionnaire", "administrateur"] = (
        "lecteur"
    )
    """Of who first comes with the organisation's account (OpenID Connect); empty: they are invited
    beforehand, under their e-mail address."""

    session_days: int = Field(default=14, ge=1, le=365)
    """How long people stay signed in."""

    sign_in_failures: int = Field(default=5, ge=1)
    """Wrong passwords in a row that close a login."""

    lock_out_minutes: int = Field(default=15, ge=1)
    """How long it stays closed."""

    requests_per_minute: int = Field(default=60, ge=1)
    """Of one person, and of one API key."""

    retention_days: int = Field(default=0, ge=0)
    """How long answers are kept, with the turns of conversations that they answer; 0: for ever.
    Those that somebody rated or sent to a human, or that a campaign has, stay."""

    @property
    def resolved_database_url(self) -> str:
        """The database to open: the one set, else SQLite in `data_dir`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'assistant.db'}"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        InvalidSettings: one of them cannot be used.
    """
    try:
        return Settings()
    except SettingsError as error:  # the only one that is written as JSON
        raise InvalidSettings(
            "ASSISTANT_MODEL_PRICES n’est pas du JSON. Écrivez par exemple "
            'ASSISTANT_MODEL_PRICES={"mistral-small": [0.1, 0.3]}.'
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + "_".join(map(str, first["loc"])).upper()
        raise InvalidSettings(
            f"{name} vaut « {first.get('input')} », ce qui n’est pas une valeur possible. "
            "Le fichier README.md donne le sens de chaque réglage."
        ) from error
