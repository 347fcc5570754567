"""The state of this installation: what is searched, in which versions, who is written to."""

import platform
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import streamlit as st
from sqlalchemy.engine import make_url

from assistant import __version__
from assistant.settings import Settings
from assistant.ui.session import services
from assistant.ui.text import count, escape

_PARTS = {
    "Qdrant Edge": "qdrant-edge-py",
    "LlamaIndex": "llama-index-core",
    "Streamlit": "streamlit",
    "PyTorch": "torch",
    "Transformers": "transformers",
}
"""What people are asked for when something is wrong: name → package."""
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_BLOCK = 512  # bytes, whatever the file system: POSIX


def show_state() -> None:
    """Show what is searched, in which versions, whom refusals name, and what is kept how long."""
    settings = services().settings
    database = make_url(settings.resolved_database_url).get_backend_name()
    st.subheader("Index")
    _list(_searched(), f"Moteur : {_engine(settings)}", f"Recherche : {_encoder(settings)}")
    st.subheader("Données")
    _list(
        f"Base de données : {_DATABASES.get(database, database)}",
        f"Dossier : {settings.data_dir.resolve()}, {_size_of(settings.data_dir)}",
    )
    st.subheader("Contact")
    _list(settings.contact or "Aucun. ASSISTANT_CONTACT dit à qui écrire quand un texte manque.")
    st.subheader("Ce qui est gardé")
    _list(*_kept(settings))
    st.subheader("Versions")
    versions = [f"{name} {version(package)}" for name, package in _PARTS.items()]
    _list(f"Assistant {__version__}", f"Python {platform.python_version()}", *versions)


def _list(*lines: str) -> None:
    st.markdown("\n".join(f"- {escape(line)}" for line in lines))


def _searched() -> str:
    opened = services()
    sizes = {
        "document": len(opened.library.documents()),
        "passage": opened.indexes.passages.count(),
        "clé de question": opened.indexes.keys.count(),
    }
    words = {"clé de question": "clés de question"}
    return " · ".join(count(number, word, words.get(word)) for word, number in sizes.items())


def _engine(settings: Settings) -> str:
    if settings.qdrant_url:
        return f"serveur Qdrant {settings.qdrant_url}"
    return "Qdrant Edge, dans ce processus"


def _encoder(settings: Settings) -> str:
    return f"mots et sens ({settings.embedding_model})" if settings.embedding_model else "mots"


def _kept(settings: Settings) -> list[str]:
    days = settings.retention_days
    lasting = count(days, "jour") if days else "sans limite (ASSISTANT_RETENTION_DAYS)"
    return [
        f"Réponses et conversations : {lasting}",
        "Réponses notées, avec un pouce, transmises ou d’une campagne, et notes : sans limite",
        "Documents et fichiers d’origine : jusqu’à ce qu’ils soient supprimés",
        f"Sessions : {count(settings.session_days, 'jour')}",
        "Comptes et journal : sans limite",
    ]


def _size_of(folder: Path) -> str:
    """Give the room that its files take on the disk, in megabytes.

    A file that goes meanwhile does not count. Those of the index reserve a length that they do not
    fill: 300 MB by their lengths are 19 on the disk.
    """
    size = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            size += path.stat().st_blocks * _BLOCK
    return count(round(size / 10**6), "Mo", "Mo")
