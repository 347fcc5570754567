"""What a question is asked about: a text, and the date on which the procedure was launched."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from assistant.ui.session import services

_OLDEST_LAUNCH = date(1998, 1, 1)
_ALL_TEXTS = ""
_NEXT = "scope-next"  # what the two fields are to show in the next run


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked about."""

    within: str | None = None
    launched: date | None = None


def choose_scope() -> Scope:
    """Let the person say when the procedure was launched, and which text to search."""
    names = {
        d.instrument.number: d.instrument.short_name
        for d in services().library.searched_documents()
    }
    if wanted := st.session_state.pop(_NEXT, None):
        st.session_state["launched"] = wanted.launched
        st.session_state["within"] = wanted.within if wanted.within in names else _ALL_TEXTS
    with st.container(horizontal=True):
        launched = st.date_input(
            "Date de lancement de la procédure",
            value=None,
            min_value=_OLDEST_LAUNCH,
            max_value=date.today() + timedelta(days=3 * 365),
            format="DD/MM/YYYY",
            key="launched",
            persist_state="session",
            help="Elle décide du décret qui s’applique. Sans date\u00a0: le texte en vigueur.",
            width=280,
        )
        within = st.selectbox(
            "Texte",
            [_ALL_TEXTS, *names],
            format_func=lambda number: names.get(number, "Tous les textes"),
            key="within",
            persist_state="session",
            width=400,
        )
    return Scope(within or None, launched)


def show_next(scope: Scope) -> None:
    """Have the two fields show a scope from the next run on."""
    st.session_state[_NEXT] = scope
