"""The sources of an answer: each opens to its article and to the printed page."""

from collections.abc import Sequence

import streamlit as st

from assistant.answering.citations import citation_title, instrument_phrase, place_label
from assistant.ui.cited_page import Asked, Citation, show_source
from assistant.ui.session import explain_errors
from assistant.ui.text import escape


@st.fragment
def show_sources(citations: Sequence[Citation], asked: Asked, *, key: str) -> None:
    """Show a line for each source; its article and its page are fetched when it is opened."""
    st.markdown("**Source**" if len(citations) == 1 else "**Sources**")
    for citation in citations:
        name = f"{key}-{citation['label']}"
        source = st.expander(escape(source_label(citation)), key=name, on_change="rerun")
        if source.open:
            with source, explain_errors():
                show_source(citation, asked, key=name)


def source_label(citation: Citation) -> str:
    """Write "[1] Article 36, alinéa 2 – Délai de… – décret n° … – BO p. 934 (page 27 du PDF)"."""
    label = place_label(citation["article"], citation["paragraph"])
    title = citation_title(citation["article"], citation["heading"])
    bo = f"BO p.\u00a0{citation['bo_page']} " if citation["bo_page"] else ""
    place = f"{bo}(page\u00a0{citation['page']} du PDF)"
    name = instrument_phrase(citation["instrument_name"])
    parts = [label[0].upper() + label[1:], title, name, place]
    return f"[{citation['label']}] " + " – ".join(filter(None, parts))
