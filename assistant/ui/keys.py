"""API keys on screen: made, shown once, listed, revoked."""

from collections.abc import Sequence

import streamlit as st

from assistant.accounts.keys import ApiKey
from assistant.accounts.records import Permission, Person
from assistant.ui.session import explain_errors, services
from assistant.ui.text import day, escape, typeset

PERMISSIONS = {
    Permission.ASK: "Poser des questions, lire les textes",
    Permission.RATE: "Noter les réponses",
    Permission.ANSWER: "Répondre aux questions transmises",
    Permission.MANAGE_DOCUMENTS: "Ajouter et supprimer des documents",
    Permission.ADMINISTER: "Administrer",
}
_OF_KEYS = [permission for permission in PERMISSIONS if permission is not Permission.ANSWER]
"""The rights that a key can have: no route of the API answers what people send."""


def make_key(person: Person) -> None:
    """Ask for a key's name and rights, and show the key, this once."""
    allowed = [permission for permission in _OF_KEYS if person.role.allows(permission)]
    with st.form("new-key", clear_on_submit=True):
        name = st.text_input("Programme qui emploiera la clé", max_chars=100)
        given = st.multiselect(
            "Ce que la clé permet",
            allowed,
            default=[Permission.ASK],
            format_func=PERMISSIONS.__getitem__,
            placeholder="Choisir au moins un droit",
        )
        sent = st.form_submit_button("Créer la clé")
    if sent:
        with explain_errors():
            key = services().accounts.keys.create(name, given, of=person)
            st.success(
                "Copiez cette clé maintenant\u00a0: elle ne sera plus montrée. Un programme "
                "l’envoie dans l’en-tête `Authorization: Bearer amp_…`.",
                icon=":material/key:",
            )
            st.code(key, language=None, wrap_lines=True)


def show_keys(keys: Sequence[ApiKey], person: Person, *, with_owner: bool = False) -> None:
    """Show keys, those in use first, each with what revokes it."""
    if not keys:
        where = " Chacun fait les siennes dans « Mon compte »." if with_owner else ""
        st.caption(f"Aucune clé.{typeset(where)}")
    for key in sorted(keys, key=lambda key: key.revoked):
        with st.container(border=True):
            owner = f"{escape(key.person.name)} · " if with_owner else ""
            st.markdown(f"**{escape(key.name)}** · {owner}{escape(key.beginning)}…")
            st.caption(_said_of(key))
            if not key.revoked and st.button(
                "Révoquer", key=f"revoke-{key.id}", icon=":material/block:"
            ):
                with explain_errors():
                    services().accounts.keys.revoke(key.id, by=person)
                    st.rerun()


def _said_of(key: ApiKey) -> str:
    rights = " · ".join(PERMISSIONS[p] for p in Permission if p in key.permissions)
    made = f"créée le {day(key.created_at.isoformat())}"
    used = f"employée le {day(key.used_at.isoformat())}" if key.used_at else "jamais employée"
    return f"{rights} · {made} · {used}{' · **révoquée**' if key.revoked else ''}"
