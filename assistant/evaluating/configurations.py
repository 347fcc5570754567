"""The settings under which an answer was made: kept with it, and one row for equal ones."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answering.prompts import PROMPT_VERSION
from assistant.evaluating.campaign_records import Configuration
from assistant.settings import Settings
from assistant.storage.campaign_tables import ConfigurationRow
from assistant.storage.tables import AnswerRow


def made_under(settings: Settings) -> dict[str, Any]:
    """Give what is kept with an answer of the settings that made it."""
    return {
        "bits": settings.model_bits,
        "encoder": settings.embedding_model,
        "prompt": PROMPT_VERSION,
    }


def configuration_of(answer: AnswerRow) -> Configuration:
    """Give the configuration that wrote an answer, as it was kept with it.

    Of answers kept before configurations were, the model and the version are known.
    """
    kept: Mapping[str, Any] = answer.context.get("configuration") or {
        "name": "",
        "settings": {"model": answer.model, "version": answer.context.get("version")},
    }
    settings = kept["settings"]
    parts = {"version": "version", "encodeur": "encoder", "consignes": "prompt"}
    said = [f"{word} {settings[key]}" for word, key in parts.items() if settings.get(key)]
    return Configuration(kept["name"] or ", ".join([answer.model, *said]), settings)


def keep_configuration(session: Session, configuration: Configuration) -> int:
    """Keep a configuration, once; gives the identifier of its row."""
    plain = json.dumps([configuration.name, configuration.settings], sort_keys=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    query = select(ConfigurationRow.id).where(ConfigurationRow.digest == digest)
    known = session.scalars(query).first()
    if known is not None:
        return known
    row = ConfigurationRow(
        digest=digest, name=configuration.name, settings=dict(configuration.settings)
    )
    session.add(row)
    session.flush()
    return row.id
