"""Open sessions on screen: where somebody is signed in, and what ends it."""

import re

import streamlit as st

from assistant.accounts.records import OpenSession, Person
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape, moment

_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
"""In this order: browsers and systems also name those they resemble."""


def show_own_sessions(person: Person, this_one: int) -> None:
    """Show where a person is signed in; they end what is not theirs."""
    for session in services().accounts.sessions.of(person):
        with st.container(border=True):
            here = " · **cette session**" if session.id == this_one else ""
            st.markdown(f"{_place(session)}{here}")
            st.caption(_times(session))
            if session.id != this_one:
                _offer_ending(session, person, by=person)


def show_all_sessions(administrator: Person) -> None:
    """Show who is signed in, and where."""
    sessions = services().accounts.sessions.listed()
    if not sessions:
        st.caption("Personne n’est connecté.")
    for person, session in sessions:
        with st.container(border=True):
            st.markdown(f"**{escape(person.name)}** · {_place(session)}")
            st.caption(_times(session))
            _offer_ending(session, person, by=administrator)


def browser_name(agent: str) -> str:
    """Name a browser as people do, from what it calls itself."""
    browser = next((name for mark, name in _BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if re.search(mark, agent)), "")
    return " sur ".join(filter(None, (browser, system))) or "Navigateur inconnu"


def _place(session: OpenSession) -> str:
    return escape(f"{browser_name(session.browser)} · {session.address or 'adresse inconnue'}")


def _times(session: OpenSession) -> str:
    opened, seen = moment(session.opened_at), moment(session.seen_at)
    return f"Ouverte le {opened} · employée le {seen}"


def _offer_ending(session: OpenSession, person: Person, *, by: Person) -> None:
    if st.button("Terminer", key=f"end-{session.id}", icon=":material/logout:"):
        with explain_errors():
            services().accounts.sessions.end(session.id, of=person, by=by)
            st.rerun()
