"""Who is before the screen, and what they may do there."""

import streamlit as st

from assistant.accounts.cookie import NAME
from assistant.accounts.records import Permission, Person, SignedIn
from assistant.ui.organisation import SIGN_IN, offer_organisation
from assistant.ui.session import services

_WHOSE = "session-of"  # id of the person whose conversation this Streamlit session holds


def person() -> Person:
    """Give who is signed in; for nobody, the page stops with the way to sign in."""
    if not services().settings.accounts:
        return services().accounts.people.local()
    return signed_in().person


def signed_in() -> SignedIn:
    """Give who is signed in, with their session; for nobody, the page stops."""
    found = services().accounts.find(read_cookie())
    if found is None:
        _forget_others(None)
        if not offer_organisation():
            _offer_signing_in()
        st.stop()
    _forget_others(found.person.id)
    return found


def require(permission: Permission) -> Person:
    """Give who is signed in, if their role allows this; else the page stops and says so.

    It stands on top of every page, whatever the navigation shows.
    """
    who = person()
    if not who.role.allows(permission):
        st.error(
            f"Votre rôle, {who.role.value}, n’ouvre pas cette page. Si vous en avez besoin, "
            "demandez-le à l’administrateur de l’assistant.",
            icon=":material/lock:",
        )
        st.stop()
    return who


def count_request(who: Person) -> None:
    """Count a question that somebody asks; on a desk of one's own nobody counts.

    Raises:
        TooManyRequests: they ask too often.
    """
    if services().settings.accounts:
        services().accounts.limits.take(f"person {who.id}")


def read_cookie() -> str | None:
    """Give the session's cookie, as the browser sent it when it opened this page."""
    return st.context.cookies.get(NAME)


def _forget_others(person_id: int | None) -> None:
    """Empty what another person left in this Streamlit session: a browser can change hands."""
    if st.session_state.get(_WHOSE, person_id) != person_id:
        st.session_state.clear()
    st.session_state[_WHOSE] = person_id


def _offer_signing_in() -> None:
    st.title(SIGN_IN)
    st.info("Votre session est terminée, ou vous n’êtes pas connecté.", icon=":material/lock:")
    st.html('<p class="sortie"><a href="/connexion">Se connecter</a></p>')
