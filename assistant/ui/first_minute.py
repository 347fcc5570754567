"""The first minute: something to read, then something to ask."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

from assistant.searching.instruments import is_specimen
from assistant.ui.answers import FICTION
from assistant.ui.ingestions import any_running, submit
from assistant.ui.places import DOCUMENTS, PAGES
from assistant.ui.session import services
from assistant.ui.text import typeset

SUGGESTIONS = {
    "2-22-431": (
        "Jusqu’à quel montant peut-on passer par bons de commande ?",
        "Pendant combien de jours les concurrents restent-ils engagés par leurs offres ?",
        "Jusqu’à quel montant peut-on recourir à l’appel d’offres ouvert simplifié ?",
        "Quel pourcentage des marchés est réservé aux petites et moyennes entreprises ?",
    ),
    "9-20-202": (
        "Quel est le plafond des bons de commande ?",
        "Quelle part du contrat peut être sous-traitée ?",
        "À combien s’élève la garantie provisoire ?",
        "Qui siège à la commission d’appel d’offres ?",
    ),
}
"""Number of an instrument → questions that it answers, also without a model."""


def offer_first_documents() -> None:
    """Offer the specimen or one's own documents, where nothing is indexed."""
    with st.container(border=True):
        st.subheader("Commencez par un texte")
        st.write(
            "L’assistant répond aux questions sur les textes que vous lui donnez, et cite "
            "l’article et la page. Aucun texte n’est encore indexé."
        )
        with st.container(horizontal=True):
            st.button(
                "Charger le spécimen",
                type="primary",
                icon=":material/science:",
                on_click=submit,
                args=(files_of(specimen=True),),
                disabled=any_running(),
            )
            if st.button("Ajouter mes documents", icon=":material/upload_file:"):
                st.switch_page(PAGES / "documents.py")
        st.caption(typeset(FICTION))


def suggest_questions() -> str | None:
    """Offer questions that are answered; gives the one chosen."""
    numbers = {d.instrument.number for d in services().library.searched_documents()}
    known = [number for number in SUGGESTIONS if number in numbers]
    if not known:
        return None
    st.caption("Par exemple\u00a0:")
    chosen = None
    with st.container(key="suggestions"):
        columns = st.columns(2)
        for position, question in enumerate(SUGGESTIONS[known[0]]):
            if columns[position % 2].button(typeset(question), width="stretch"):
                chosen = question
    return chosen


def say_if_fictional() -> None:
    """Say that the specimen answers, where nothing else is indexed."""
    documents = services().library.searched_documents()
    if documents and all(is_specimen(d.instrument.number) for d in documents):
        st.info(typeset(FICTION), icon=":material/science:")


def files_of(*, specimen: bool) -> list[Path]:
    """Give the PDFs of the `documents` folder: the specimen, or all the others."""
    files = sorted(DOCUMENTS.glob("*.pdf"))
    return [f for f in files if f.name.startswith("specimen-") == specimen]


def files_not_indexed() -> list[Path]:
    """Give the PDFs that people put in the `documents` folder and that are not indexed."""
    known = {document.id for document in services().library.documents()}
    return [
        f for f in files_of(specimen=False) if _identifier(f, f.stat().st_mtime_ns) not in known
    ]


@lru_cache(maxsize=256)
def _identifier(path: Path, _modified: int) -> str:
    """Give the identifier that a file's document has."""
    return sha256(path.read_bytes()).hexdigest()[:16]
