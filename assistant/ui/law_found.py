"""Words looked for in a text: the articles that have them, counted, the words marked."""

import streamlit as st

from assistant.records import Document
from assistant.searching.contents import Entry
from assistant.searching.text_search import FoundArticle, search_text
from assistant.typesetting import Marked, count, to_html
from assistant.ui.law_contents import entry_label
from assistant.ui.law_links import WORDS, link_to_article, link_to_contents
from assistant.ui.session import services
from assistant.ui.text import escape

_AT_ONCE = 20  # articles on a screen; "Voir les suivants" shows as many again


def show_found(document: Document, words: str) -> None:
    """Show the articles of a text that have all the words, in its order."""
    instrument = document.instrument.number
    found = search_text(services().library.articles_of(document.id), words)
    link_to_contents(instrument)
    if not found:
        st.info(
            f"Aucun article ne contient tous ces mots\u00a0: «\u00a0{escape(words)}\u00a0». "
            "Essayez-en moins, ou posez une question.",
            icon=":material/search_off:",
        )
        return
    occurrences = count(sum(one.count for one in found), "occurrence")
    st.markdown(f"**{count(len(found), 'article')}**, {occurrences}")
    shown = st.session_state.setdefault(_shown_key(instrument, words), _AT_ONCE)
    for one in found[:shown]:
        _show(one, instrument, words)
    if shown < len(found):
        st.button("Voir les suivants", on_click=_show_more, args=(instrument, words))


def _show(found: FoundArticle, instrument: str, words: str) -> None:
    article = found.article
    entry = Entry(article.number, article.heading, article.path)
    with st.container(border=True):
        label = f"{entry_label(entry)} ({count(found.count, 'occurrence')})"
        link_to_article(label, instrument, article.number, **{WORDS: words})
        if extract := _extract(found):
            st.html(f'<div class="texte">{extract}</div>')


def _extract(found: FoundArticle) -> str:
    """Write the piece of the text around the first word, "…" where it is cut."""
    text, (start, end) = found.article.text, found.extract
    piece = text[start:end]
    before = "… " if start and text[start - 1] != "\n" else ""
    after = " …" if text[end : end + 1] not in ("", "\n") else ""
    shift = len(before) - start
    marks = [Marked(a + shift, b + shift) for a, b in found.words if start <= a and b <= end]
    return to_html(f"{before}{piece}{after}", inside=[marks]) if piece else ""


def _show_more(instrument: str, words: str) -> None:
    st.session_state[_shown_key(instrument, words)] += _AT_ONCE


def _shown_key(instrument: str, words: str) -> str:
    return f"law-found-{instrument}-{words}"
