"""The conversations of one person, beside the page; the one that the address names is open.

The database keeps them: a refresh, a second tab or another machine show the same turns.
"""

from functools import partial

import streamlit as st

from assistant.accounts.records import Person
from assistant.answering.conversation_export import Sent, conversation_html, conversation_json
from assistant.answering.conversations import MOST_LISTED, Conversation, Turn, last_scope
from assistant.errors import UnknownConversation
from assistant.ui.scope import Scope, show_next
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count, escape

_ADDRESS = "conversation"  # in the query string
_OPEN = "open-conversation"  # the one that this Streamlit session shows
_SEARCH = "conversation-search"
_REFUSAL = "conversation-refusal"  # why the conversation that was named is not shown
QUESTION = "question"  # what is typed, and sent
DRAFT = "draft"  # what comes back into the box where questions are typed


def open_conversation(who: Person) -> Conversation | None:
    """Give the conversation that the address names, and list all beside the page."""
    if refusal := st.session_state.pop(_REFUSAL, None):
        st.error(escape(refusal), icon=":material/error:")
    kept = st.session_state.get(_OPEN)
    named = st.query_params.get(_ADDRESS) or kept  # another page has no such address
    conversation = _find(who, named) if named else None
    if conversation and st.session_state.get(_OPEN) != conversation.id:
        show_next(Scope(*last_scope(services().conversations.turns(who, conversation.id))))
    if conversation:
        enter_conversation(conversation.id)
    _show_list(who, conversation)
    return conversation


def enter_conversation(conversation_id: str) -> None:
    """Write a conversation into the address; what is asked next is asked in it."""
    st.session_state[_OPEN] = conversation_id
    if st.query_params.get(_ADDRESS) != conversation_id:
        st.query_params[_ADDRESS] = conversation_id


def leave_conversation() -> None:
    """Have the next question begin a conversation of its own."""
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(_ADDRESS, None)
    show_next(Scope())


def offer_export(conversation: Conversation, turns: list[Turn], sent: Sent) -> None:
    """Offer a conversation as a file."""
    with st.container(horizontal=True):
        for kind, write, mime in (
            ("HTML", conversation_html, "text/html"),
            ("JSON", conversation_json, "application/json"),
        ):
            st.download_button(
                f"Télécharger en {kind}",
                data=write(conversation, turns, sent).encode(),
                file_name=f"conversation.{kind.lower()}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"conversation-{kind}",
            )


def _find(who: Person, conversation_id: str) -> Conversation:
    """Find a conversation; else begin without one, with what was typed back in its box."""
    try:
        return services().conversations.find(who, conversation_id)
    except UnknownConversation as error:
        st.session_state[_REFUSAL] = str(error)
        st.session_state[DRAFT] = st.session_state.get(QUESTION)
        leave_conversation()
        st.rerun()


def _show_list(who: Person, current: Conversation | None) -> None:
    """List the conversations; nothing is shown to who has none."""
    searched = st.session_state.get(_SEARCH, "")
    listed = services().conversations.of(who, containing=searched, limit=MOST_LISTED + 1)
    if not (listed or searched):
        return
    with st.sidebar, explain_errors():
        st.subheader("Conversations")
        st.button(
            "Nouvelle conversation",
            icon=":material/add:",
            on_click=leave_conversation,
            width="stretch",
        )
        st.text_input(
            "Chercher dans mes conversations",
            key=_SEARCH,
            max_chars=100,
            icon=":material/search:",
        )
        if not listed:
            st.caption("Aucune conversation ne contient ces mots.")
        with st.container(key="conversations", gap="xsmall"):
            for conversation in listed[:MOST_LISTED]:
                _show_entry(conversation, is_open=conversation == current)
        if len(listed) > MOST_LISTED:
            shown = count(MOST_LISTED, "conversation")
            st.caption(f"Les {shown} les plus récentes sont montrées. Cherchez les autres.")
        if current:
            _show_actions(who, current)


def _show_entry(conversation: Conversation, *, is_open: bool) -> None:
    st.button(
        escape(conversation.title),
        key=f"open-{conversation.id}",
        icon=":material/chat_bubble:" if is_open else None,
        type="secondary" if is_open else "tertiary",
        help="Conversation ouverte" if is_open else None,
        on_click=partial(_switch, conversation.id),
        width="stretch",
    )


def _switch(conversation_id: str) -> None:
    st.query_params[_ADDRESS] = conversation_id


def _show_actions(who: Person, conversation: Conversation) -> None:
    """Let the person rename or delete the open conversation."""
    with st.expander("Renommer ou supprimer", icon=":material/edit:"):
        title_key = f"title-{conversation.id}"
        st.text_input("Titre", value=conversation.title, key=title_key, max_chars=200)
        st.button("Renommer", on_click=partial(_rename, who, conversation.id, title_key))
        if st.button("Supprimer la conversation", icon=":material/delete:"):
            _confirm_deletion(who, conversation)


def _rename(who: Person, conversation_id: str, title_key: str) -> None:
    with explain_errors():
        services().conversations.rename(who, conversation_id, st.session_state[title_key])


@st.dialog("Supprimer cette conversation")
def _confirm_deletion(who: Person, conversation: Conversation) -> None:
    st.write(
        f"«\u00a0{escape(conversation.title)}\u00a0» est supprimée définitivement. Ses réponses "
        "restent, chacune avec sa question et sans votre nom, à qui les évalue."
    )
    if services().human_questions.of_conversation(conversation.id):
        st.write(
            "Les questions transmises à une personne restent aussi, avec votre nom et la réponse "
            "reçue. Celles qui attendent encore sont retirées, et les questions d’avant qui les "
            "accompagnaient sont effacées."
        )
    with st.container(horizontal=True):
        confirmed = st.button("Supprimer définitivement", type="primary")
        cancelled = st.button("Annuler")
    if confirmed:
        with explain_errors():
            services().conversations.delete(who, conversation.id)
            leave_conversation()
            st.rerun()
    if cancelled:
        st.rerun()
