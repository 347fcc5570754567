"""What administrators look after, a section each."""

from collections.abc import Callable

import streamlit as st

from assistant.accounts.records import Person
from assistant.ui.audit import show_audit
from assistant.ui.keys import show_keys
from assistant.ui.model import show_model
from assistant.ui.open_sessions import show_all_sessions
from assistant.ui.people import show_people
from assistant.ui.session import services
from assistant.ui.state import show_state
from assistant.ui.usage import show_usage

SECTIONS: dict[str, Callable[[Person], None]] = {
    "Personnes": show_people,
    "Sessions": show_all_sessions,
    "Clés": lambda administrator: show_keys(
        services().accounts.keys.listed(), administrator, with_owner=True
    ),
    "Modèle": lambda _administrator: show_model(),
    "État": lambda _administrator: show_state(),
    "Usage": lambda _administrator: show_usage(),
    "Journal": lambda _administrator: show_audit(),
}
"""Name → what shows it to the administrator who looks; only the open one is run."""


def show_administration(administrator: Person) -> None:
    """Show the sections as tabs."""
    tabs = st.tabs(list(SECTIONS), on_change="rerun", key="administration")
    for tab, show in zip(tabs, SECTIONS.values(), strict=True):
        if tab.open:
            with tab:
                show(administrator)
