"""One's own account on screen: password, sessions, keys."""

import streamlit as st

from assistant.accounts.passwords import SHORTEST
from assistant.accounts.records import Person, SignedIn
from assistant.errors import InvalidAccount
from assistant.ui.identity import signed_in
from assistant.ui.keys import make_key, show_keys
from assistant.ui.open_sessions import show_own_sessions
from assistant.ui.people import ROLES
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape


def show_account(person: Person) -> None:
    """Show who one is, and what one can change of it."""
    if not services().settings.accounts:
        st.info("Sur ce poste, personne ne se connecte (ASSISTANT_ACCOUNTS vaut « off »).")
        return
    st.markdown(f"**{escape(person.name)}** · {escape(person.login)} · {person.role.value}")
    st.caption(f"Votre rôle\u00a0: {ROLES[person.role]}.")
    st.html(
        '<form class="sortie" method="post" action="/connexion/fin">'
        '<button type="submit">Se déconnecter</button></form>'
    )
    here = signed_in()
    _change_password(here)
    st.subheader("Sessions ouvertes")
    show_own_sessions(person, here.session_id)
    st.subheader("Clés de l’API")
    st.caption("Une clé permet à un programme de parler en votre nom, dans les limites choisies.")
    make_key(person)
    show_keys(services().accounts.keys.listed(of=person), person)


def _change_password(here: SignedIn) -> None:
    st.subheader("Mot de passe")
    with st.form("password", clear_on_submit=True):
        current = _ask("Mot de passe actuel", "current-password")
        new = _ask("Nouveau mot de passe", "new-password")
        st.caption(f"Au moins {SHORTEST} caractères\u00a0; vos autres sessions se terminent.")
        again = _ask("Nouveau mot de passe, une seconde fois", "new-password")
        sent = st.form_submit_button("Changer le mot de passe")
    if sent:
        with explain_errors():
            if new != again:
                raise InvalidAccount("Les deux nouveaux mots de passe diffèrent. Recommencez.")
            services().accounts.people.change_password(
                here.person, current, new, session_id=here.session_id
            )
            st.success("Votre mot de passe est changé.", icon=":material/check:")


def _ask(label: str, autocomplete: str) -> str:
    return st.text_input(label, type="password", autocomplete=autocomplete, key=f"pw-{label}")
