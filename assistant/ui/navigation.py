"""The pages, in the order of the navigation, and what each asks for."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.accounts.records import Permission, Person
from assistant.ui.places import PAGES


@dataclass(frozen=True, slots=True)
class Screen:
    """One page, as the navigation shows it."""

    name: str  # of its file in `pages/`, which is also its address
    title: str
    icon: str
    permission: Permission  # the page itself asks for it again


SCREENS = (
    Screen("poser_une_question", "Poser une question", "forum", Permission.ASK),
    Screen("lire", "Lire les textes", "menu_book", Permission.ASK),
    Screen("documents", "Documents", "library_books", Permission.MANAGE_DOCUMENTS),
    Screen("lexique", "Lexique", "translate", Permission.MANAGE_DOCUMENTS),
    Screen("evaluation", "Évaluation", "rate_review", Permission.RATE),
    Screen("resultats", "Résultats", "bar_chart", Permission.RATE),
    Screen("campagnes", "Campagnes", "assignment", Permission.ADMINISTER),
    Screen("questions_transmises", "Questions transmises", "contact_support", Permission.ANSWER),
    Screen("administration", "Administration", "admin_panel_settings", Permission.ADMINISTER),
    Screen("mon_compte", "Mon compte", "account_circle", Permission.ASK),
    Screen("aide", "Aide", "help", Permission.ASK),
)
"""The first is the one that `/` shows."""


def pages_for(person: Person) -> list[StreamlitPage]:
    """Give every page; those that a person's role does not open are not shown, and say so."""
    return [
        st.Page(
            PAGES / f"{screen.name}.py",
            title=screen.title,
            icon=f":material/{screen.icon}:",
            default=screen is SCREENS[0],
            visibility="visible" if person.role.allows(screen.permission) else "hidden",
        )
        for screen in SCREENS
    ]
