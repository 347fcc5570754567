"""The audit log on screen, and as a file."""

import html

import streamlit as st

from assistant.accounts.audit import AuditEntry
from assistant.ui.identity import person
from assistant.ui.session import services
from assistant.ui.text import count, moment, typeset

ACTIONS = {
    "first_administrator": "Premier administrateur créé",
    "person_created": "Compte créé",
    "person_disabled": "Compte désactivé",
    "person_enabled": "Compte réactivé",
    "role_changed": "Rôle changé",
    "invited": "Lien d’accès donné",
    "password_chosen": "Mot de passe choisi par lien",
    "password_changed": "Mot de passe changé",
    "signed_in": "Connexion",
    "signed_out": "Déconnexion",
    "sign_in_refused": "Connexion refusée",
    "sign_in_closed": "Connexion refusée, identifiant bloqué",
    "session_ended": "Session terminée",
    "key_created": "Clé créée",
    "key_revoked": "Clé révoquée",
    "document_added": "Fichier envoyé",  # read, or refused, after that
    "document_sent": "Document envoyé par l’API",
    "document_removed": "Document supprimé",
    "force_changed": "Dates de vigueur ou nom d’un texte changés",
    "expression_added": "Expression ajoutée au lexique",
    "expression_removed": "Expression supprimée du lexique",
    "expression_switched": "Expression du lexique activée ou désactivée",
    "question_answered": "Réponse donnée à une question transmise",
    "question_outside": "Question transmise close, hors des textes",
    "question_reopened": "Question transmise rouverte",
    "answers_expired": "Réponses effacées à leur terme",
    "audit_exported": "Journal exporté",
}
"""An action that is not here is shown as it is kept."""
_SHOWN = 50  # lines at a time


def note_action(action: str, subject: str = "") -> None:
    """Write that who is before the screen did something; `action` has its words in `ACTIONS`."""
    services().accounts.audit.note(action, by=person(), subject=subject)


def show_audit() -> None:
    """Show what was done, the last first, and offer it as a file."""
    st.caption("Ce journal ne fait que grandir\u00a0: rien n’y est changé ni effacé.")
    searched = st.text_input("Chercher dans le journal", key="audit-search").strip()
    shown = st.session_state.get("audit-shown", _SHOWN)
    entries = services().accounts.audit.entries(searched=searched, limit=shown + 1)
    if not entries:
        st.caption("Aucune ligne.")
        return
    rows = "".join(map(_row, entries[:shown]))
    st.html(
        '<div class="journal"><table><thead><tr><th>Date</th><th>Qui</th><th>Action</th>'
        f"<th>Objet</th><th>Adresse</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(entries) > shown:
            st.button("Montrer plus de lignes", on_click=_show_more)
        else:
            st.caption(count(len(entries), "ligne"))
        _offer_export()


def _offer_export() -> None:
    """Offer the whole log as a file, which is made once its box is opened."""
    box = st.popover(
        "Exporter le journal", icon=":material/ios_share:", key="audit-file", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        st.download_button(
            "Télécharger le journal en CSV",
            data=services().accounts.audit.export_csv().encode("utf-8-sig"),  # for Excel
            file_name="journal.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click=_note_export,
        )


def _note_export() -> None:
    note_action("audit_exported")


def _show_more() -> None:
    st.session_state["audit-shown"] = st.session_state.get("audit-shown", _SHOWN) * 2


def _row(entry: AuditEntry) -> str:
    action = ACTIONS.get(entry.action, entry.action)
    cells = moment(entry.at), entry.login, action, typeset(entry.subject), entry.address
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
