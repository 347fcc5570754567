"""The way in with the organisation's account, when Streamlit's secrets name its provider."""

import streamlit as st

from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape

SIGN_IN = "Connexion"
"""The title above what nobody in particular sees."""
ASKED = ("compte", "organisation")
"""What the first page's address says when somebody chose this way in."""
COOKIE = "_streamlit_user"
"""Streamlit's own, once the provider has answered."""


def is_configured() -> bool:
    """Tell whether `.streamlit/secrets.toml` has an `[auth]` section."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def offer_organisation() -> bool:
    """Go on with the organisation's account; tells whether somebody is on this way."""
    if not is_configured():
        return False
    if not st.user.is_logged_in:
        if st.query_params.get(ASKED[0]) != ASKED[1]:
            return False
        st.login()
        return True
    st.title(SIGN_IN)
    with explain_errors():
        organisation = services().accounts.organisation
        person = organisation.person_of(st.user.to_dict())
        st.info(f"Compte de l’organisation\u00a0: {escape(person.name)}")
        st.html(
            '<form class="sortie" method="post" action="/connexion/organisation">'
            f'<input type="hidden" name="jeton" value="{organisation.hand_over(person)}">'
            '<button type="submit">Continuer</button></form>'
        )
    # A link and no button: whoever is not signed in has the clicks of their page taken away.
    st.html('<p><a href="/auth/logout" target="_self">Employer un autre compte</a></p>')
    return True
