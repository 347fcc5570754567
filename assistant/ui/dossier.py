"""The dossier of an answer, made when it is asked for and offered as files."""

from datetime import UTC, datetime

import streamlit as st

from assistant.accounts.records import Person
from assistant.answering.conversations import Turn
from assistant.ui.session import explain_errors, services

_KINDS = (("PDF", "application/pdf"), ("HTML", "text/html"), ("JSON", "application/json"))


@st.fragment
def offer_dossier(who: Person, turn: Turn) -> None:
    """Offer the dossier of a turn's answer; it is made once its box is opened."""
    key = f"dossier-{turn.id}"
    box = st.popover("Dossier", icon=":material/folder_zip:", key=key, on_change="rerun")
    if turn.answer_id is None or not box.open:
        return
    with box, explain_errors():
        st.caption(
            "Question, réponse, articles mot pour mot, pages surlignées, empreintes des fichiers."
        )
        with st.spinner("Le dossier est établi…"):
            files = _files(turn.answer_id, turn.asked.question, who.name or who.login)
        with st.container(horizontal=True):
            for (kind, mime), data in zip(_KINDS, files, strict=True):
                st.download_button(
                    f"Télécharger en {kind}",
                    data=data,
                    file_name=f"dossier-{turn.answer_id[:8]}.{kind.lower()}",
                    mime=mime,
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"{key}-{kind}",
                )


@st.cache_data(max_entries=4, ttl=900, show_spinner=False)  # some megabytes each
def _files(answer_id: str, typed: str, made_by: str) -> tuple[bytes, bytes, bytes]:
    """Give the dossier in the order of `_KINDS`."""
    from assistant.dossiers.as_html import dossier_html
    from assistant.dossiers.as_json import dossier_json
    from assistant.dossiers.as_pdf import dossier_pdf

    opened = services()
    dossier = opened.dossiers.make(
        answer_id,
        typed=typed,
        made_by=made_by,
        made_at=datetime.now(UTC).astimezone(),
        known=opened.instruments.instruments(),
    )
    return dossier_pdf(dossier), dossier_html(dossier).encode(), dossier_json(dossier).encode()
