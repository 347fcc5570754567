"""The reading page: what its address names, and the controls that change it.

The address is the state: what people see can be pasted into a note, refreshed and gone back to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from assistant.records import Document
from assistant.searching.lookup import article_asked
from assistant.typesetting import count
from assistant.ui.badges import status_line
from assistant.ui.law_article import show_article
from assistant.ui.law_contents import show_chapter, show_contents
from assistant.ui.law_found import show_found
from assistant.ui.law_links import (
    ARTICLE,
    CHAPTER,
    INSTRUMENT,
    PLACE,
    READER,
    WORDS,
    address,
)
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape, typeset

_NOT_AN_ARTICLE = "law-not-an-article"  # what was typed and names no article, shown once
_MOST_TYPED = 200  # characters


@dataclass(frozen=True, slots=True)
class Named:
    """What the address of the page names."""

    instrument: str
    article: str = ""
    chapter: str = ""
    place: str = ""
    words: str = ""


def named_in_address() -> Named:
    """Give what the address names; "" for what it does not."""
    query = st.query_params.to_dict()
    st.query_params.from_dict(query)  # a link from this page to itself does not set the address
    names = (INSTRUMENT, ARTICLE, CHAPTER, PLACE, WORDS)
    return Named(*(" ".join(query.get(name, "").split())[:_MOST_TYPED] for name in names))


def read_law() -> None:
    """Show the texts, or of one its contents, an article, a chapter, or what is looked for."""
    documents = services().library.searched_documents()
    named = named_in_address()
    if not documents:
        st.info(
            typeset(
                "Aucun texte n’est encore indexé. Un gestionnaire en ajoute dans « Documents »."
            ),
            icon=":material/menu_book:",
        )
    elif not named.instrument:
        _show_texts(documents)
    else:
        _show_controls(documents, named)
        _show_named(documents, named)


def _show_named(documents: Sequence[Document], named: Named) -> None:
    """Show what is named, or what is wrong with it and, under that, what could have been named."""
    document = next((d for d in documents if d.instrument.number == named.instrument), None)
    shown = False
    with explain_errors():
        _show(document or services().library.searched_document(named.instrument), named)
        shown = True
    if not shown and document:
        show_contents(document)
    elif not shown:
        _show_texts(documents)


def _show(document: Document, named: Named) -> None:
    if named.article:
        article = _number(named.article, document)
        show_article(document, article, place=named.place, words=named.words)
    elif named.words:
        show_found(document, named.words)
    elif named.chapter:
        show_chapter(document, named.chapter)
    else:
        show_contents(document)


def _show_texts(documents: Sequence[Document]) -> None:
    st.caption("Choisissez un texte.")
    instruments, today = services().instruments.instruments(), date.today()
    known_of = {d.id: instruments.find(d.instrument.number) for d in documents}

    def repealed(document: Document) -> bool:
        known = known_of[document.id]
        return known is not None and not known.governs(today)

    for document in sorted(documents, key=repealed):
        number, known = document.instrument.number, known_of[document.id]
        with st.container(border=True):
            st.page_link(
                READER,
                label=escape(document.instrument.title),
                icon=":material/menu_book:",
                query_params=address(number),
            )
            contents = count(document.article_count, "article")
            st.markdown(f"{status_line(known)} {contents}.")


def _show_controls(documents: Sequence[Document], named: Named) -> None:
    names = {d.instrument.number: d.instrument.short_name for d in documents}
    st.session_state["law-text"] = named.instrument if named.instrument in names else None
    st.session_state["law-words"] = named.words
    with st.container(horizontal=True, key="commandes-lecture"):
        st.selectbox(
            "Texte",
            list(names),
            format_func=names.__getitem__,
            key="law-text",
            on_change=_open_text,
            placeholder="Choisissez un texte",
        )
        st.text_input(
            "Aller à l’article",
            key="law-article",
            placeholder="36, ou annexe 1",
            max_chars=_MOST_TYPED,
            on_change=_open_article,
            args=(named.instrument,),
        )
        st.text_input(
            "Chercher des mots dans ce texte",
            key="law-words",
            placeholder="délai de validité",
            max_chars=_MOST_TYPED,
            on_change=_look_for,
            args=(named.instrument,),
        )
    if typed := st.session_state.pop(_NOT_AN_ARTICLE, None):
        st.warning(
            f"«\u00a0{escape(typed)}\u00a0» ne désigne pas un article. Écrivez un numéro, "
            "par exemple\u00a0: 36, 24 al. 2 ou annexe 1.",
            icon=":material/warning:",
        )


def _open_text() -> None:
    st.query_params.from_dict(address(st.session_state["law-text"]))


def _open_article(instrument: str) -> None:
    typed = st.session_state["law-article"]
    st.session_state["law-article"] = ""
    if not typed.strip():
        return
    asked = article_asked(typed, among=[instrument])
    if asked is None:
        st.session_state[_NOT_AN_ARTICLE] = typed
        return
    more = {PLACE: asked.paragraph}
    st.query_params.from_dict(address(instrument, asked.number, **more))


def _look_for(instrument: str) -> None:
    st.query_params.from_dict(address(instrument, **{WORDS: st.session_state["law-words"].strip()}))


def _number(written: str, document: Document) -> str:
    """Give an article's number as the text has it, for "premier", "4bis" or "Annexe 1"."""
    numbers = services().library.numbers_of(document.id)
    if written in numbers:
        return written
    asked = article_asked(written, among=[document.instrument.number])
    return asked.number if asked else written
