"""What writes the answers: what is loaded, and what lies on this machine."""

import streamlit as st

from assistant.answering.model_files import kept_models
from assistant.answering.model_state import gigabytes, state_text
from assistant.ui.session import services
from assistant.ui.text import escape


def show_model() -> None:
    """Show what is loaded, in how many bits and with how much memory, and the models kept here."""
    st.markdown(escape(state_text(services().writer.model_state())))
    settings = services().settings
    st.caption(escape(f"Réglé : ASSISTANT_MODEL={settings.model}, {settings.model_bits} bits."))
    kept = kept_models(also=settings.model)
    if not kept:
        st.caption(
            "Aucun modèle sur cette machine. « python -m assistant models fetch NOM » en "
            "télécharge un ; « python -m assistant models list » en donne la liste."
        )
    for model in kept:
        state = "incomplet" if model.missing else "complet"
        st.markdown(f"- {escape(f'{model.name} : {state}, {gigabytes(model.size)} sur disque')}")
