"""The lexicon on screen: an expression is added, found, switched off or on, deleted."""

import streamlit as st

from assistant.searching.expressions import fold
from assistant.searching.lexicon_store import ListedEntry
from assistant.searching.vocabulary import build_vocabulary
from assistant.ui.audit import note_action
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count, escape

_SHOWN = 30  # entries at a time: a screen, and each has its own switch
_ADDED = "lexicon-added"  # the expression added last and its words, said once
_MADE = "lexicon-made"  # how many were added here: the form begins anew after each


def add_expression() -> None:
    """Ask for an expression and the law's words; what cannot be kept stays in the form."""
    made = st.session_state.get(_MADE, 0)
    with st.form(f"lexicon-{made}"):
        said = st.text_input("Ce que disent les personnes", placeholder="garantie de soumission")
        law = st.text_input(
            "Mots du texte, séparés par des points-virgules", placeholder="cautionnement provisoire"
        )
        st.caption(
            "Le pluriel, les majuscules et les accents sont sans importance. Une abréviation "
            "écrite en capitales n’est reconnue qu’en capitales."
        )
        sent = st.form_submit_button("Ajouter au lexique", type="primary")
    if sent:
        with explain_errors():
            words = law.replace("\u061b", ";").split(";")
            services().lexicon.add(said, words)
            note_action("expression_added", f"{said} → {'; '.join(words)}")
            st.session_state[_ADDED], st.session_state[_MADE] = (said, words), made + 1
            st.rerun()
    if added := st.session_state.pop(_ADDED, None):
        _say_added(*added)


def ask_searched() -> str:
    """Ask which entries to show."""
    return st.text_input(
        "Chercher dans le lexique", key="lexicon-search", placeholder="Une expression ou un mot"
    )


def show_lexicon(searched: str) -> None:
    """Show the entries that have these words, those added here first."""
    entries = [e for e in services().lexicon.listed() if fold(searched) in _searchable(e)]
    if not entries:
        st.info("Aucune expression du lexique ne correspond à cette recherche.")
        return
    st.caption(_counted(len(entries)))
    for listed in entries[:_SHOWN]:
        _show_entry(listed)


def _say_added(said: str, law: list[str]) -> None:
    """Say that an expression is kept, and which of its words no text has."""
    st.success(f"«\u00a0{escape(said)}\u00a0» est au lexique.", icon=":material/check:")
    library = services().library
    documents = library.searched_documents()
    vocabulary = build_vocabulary(a for d in documents for a in library.articles_of(d.id))
    unknown = [phrase.strip() for phrase in law if phrase.strip() and not vocabulary.knows(phrase)]
    if unknown:
        names = ", ".join(f"«\u00a0{escape(phrase)}\u00a0»" for phrase in unknown)
        st.warning(
            f"Aucun texte indexé n’emploie {names}\u00a0: ces mots ne changeront pas la recherche.",
            icon=":material/warning:",
        )


def _searchable(listed: ListedEntry) -> str:
    return fold(" ".join((listed.entry.said, *listed.entry.law)))


def _counted(number: int) -> str:
    counted = count(number, "expression")
    if number <= _SHOWN:
        return counted
    return f"{counted}\u00a0; les {_SHOWN} premières sont montrées, précisez la recherche."


def _show_entry(listed: ListedEntry) -> None:
    entry = listed.entry
    key = f"{entry.identity}-{entry.language}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"expression-{key}"):
        law = "\u00a0; ".join(map(escape, entry.law))
        st.markdown(f"**{escape(entry.said)}** → {law}")
        st.toggle(
            "Active",
            value=listed.enabled,
            key=f"lexicon-on-{key}-{listed.enabled}",
            on_change=_switch,
            args=(listed,),
        )
        if listed.is_own:
            st.button(
                "Supprimer",
                key=f"lexicon-remove-{key}",
                icon=":material/delete:",
                on_click=_remove,
                args=(entry.said,),
            )


def _switch(listed: ListedEntry) -> None:
    services().lexicon.switch(listed.entry.said, enabled=not listed.enabled)
    note_action("expression_switched", listed.entry.said)


def _remove(said: str) -> None:
    services().lexicon.remove(said)
    note_action("expression_removed", said)
