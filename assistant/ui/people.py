"""People on screen: who is let in, their role, and the link by which they choose a password."""

from urllib.parse import urlsplit

import streamlit as st

from assistant.accounts.invitations import DAYS
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Account, Person, Role
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape

ROLES = {
    Role.READER: "pose des questions et lit les textes",
    Role.ANNOTATOR: "note aussi les réponses, et répond aux questions transmises",
    Role.MANAGER: "tient aussi les documents, le lexique et les dates de vigueur, et répond aux "
    "questions transmises",
    Role.ADMINISTRATOR: "peut tout, et tient les comptes",
}
_INVITED = "people-invited"  # who was let in last: their link is shown once
_MADE = "people-made"  # how many were let in here: the form begins anew after each


def show_people(administrator: Person) -> None:
    """Show everybody, and the form that lets somebody in."""
    _invite_somebody(administrator)
    if invited := st.session_state.pop(_INVITED, None):
        _show_link(invited, administrator)
    accounts = services().accounts.people.accounts()
    st.subheader(f"Personnes ({len(accounts)})")
    searched = ""
    if len(accounts) > 10:
        searched = st.text_input("Chercher une personne", key="people-search").casefold()
    for account in accounts:
        person = account.person
        if searched in f"{person.name} {person.login} {person.role} {account.email}".casefold():
            _show_account(account, administrator)


def _invite_somebody(administrator: Person) -> None:
    """Ask whom to let in; who cannot be kept stays in the form."""
    made = st.session_state.get(_MADE, 0)
    with (
        st.expander("Inviter une personne", icon=":material/person_add:"),
        st.form(f"new-person-{made}", border=False),
    ):
        name = st.text_input("Prénom et nom", max_chars=200)
        login = st.text_input("Identifiant", max_chars=100, placeholder="amina.b")
        email = st.text_input("Adresse électronique (facultatif)", max_chars=320)
        role = _ask_role(f"new-role-{made}", Role.READER)
        if st.form_submit_button("Créer le compte et son lien d’accès", type="primary"):
            with explain_errors():
                new = NewPerson(login, name, role, email=email)
                invited = services().accounts.people.create(new, by=administrator)
                st.session_state[_INVITED], st.session_state[_MADE] = invited, made + 1
                st.rerun()


def _show_account(account: Account, administrator: Person) -> None:
    person = account.person
    state = "" if account.enabled else " · désactivé"
    state += "" if account.has_password else " · n’a pas de mot de passe"
    label = f"{person.name} · {person.login} · {person.role.value}{state}"
    with st.expander(escape(label), key=f"person-{person.id}"), explain_errors():
        if account.email:
            st.caption(escape(account.email))
        _change_role(person, administrator)
        with st.container(horizontal=True):
            if account.enabled and st.button(
                "Nouveau lien d’accès", key=f"link-{person.id}", icon=":material/link:"
            ):
                _show_link(person, administrator)
            _switch(account, administrator)


def _change_role(person: Person, administrator: Person) -> None:
    with st.form(f"role-{person.id}", border=False):
        role = _ask_role(f"role-of-{person.id}-{person.role}", person.role)
        if st.form_submit_button("Enregistrer le rôle"):
            with explain_errors():
                services().accounts.people.set_role(person.id, role, by=administrator)
                st.rerun()
    st.caption("Un autre rôle vaut à la prochaine connexion\u00a0: la personne doit s’identifier.")


def _switch(account: Account, administrator: Person) -> None:
    person, enabled = account.person, account.enabled
    if person.id == administrator.id:
        return
    label, icon = ("Désactiver", "block") if enabled else ("Réactiver", "check_circle")
    if st.button(label, key=f"switch-{person.id}-{enabled}", icon=f":material/{icon}:"):
        with explain_errors():
            services().accounts.people.set_enabled(person.id, enabled=not enabled, by=administrator)
            st.rerun()


def _ask_role(key: str, role: Role) -> Role:
    roles = list(Role)
    chosen = st.radio(
        "Rôle",
        roles,
        index=roles.index(role),
        format_func=lambda r: r.value,
        captions=[ROLES[r] for r in roles],
        key=key,
    )
    assert chosen is not None  # one is chosen beforehand
    return chosen


def _show_link(person: Person, administrator: Person) -> None:
    """Make a link and show it, this once."""
    token = services().accounts.invitations.invite(person.id, by=administrator)
    st.success(
        f"Transmettez ce lien à {escape(person.name)}, et à personne d’autre\u00a0: il sert une "
        f"fois, pendant {DAYS} jours, à choisir un mot de passe. Il ne sera plus montré.",
        icon=":material/link:",
    )
    st.code(f"{_our_address()}/connexion/invitation?jeton={token}", language=None, wrap_lines=True)


def _our_address() -> str:
    """Give the address under which this browser knows the assistant."""
    address = urlsplit(st.context.url or "")
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""
