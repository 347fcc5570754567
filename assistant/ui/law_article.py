"""An article on the reading page: its text, its references both ways, its printed pages."""

import html

import streamlit as st

from assistant.answering.legal_citation import cite_in_full
from assistant.errors import UnknownInstrument
from assistant.reading.numbering import paragraph_span
from assistant.records import Article, Document
from assistant.searching.citing import citing_articles
from assistant.searching.contents import Entry
from assistant.searching.word_marks import find_words, typed_stems
from assistant.typesetting import Marked, Span, count, to_html, typeset
from assistant.ui.cited_page import offer_file, page_numbers, show_pages
from assistant.ui.law_contents import entry_label, show_title
from assistant.ui.law_links import (
    PLACE,
    READER,
    WORDS,
    address,
    article_href,
    full_address,
    link_to_contents,
    references_of,
    show_neighbours,
)
from assistant.ui.session import services
from assistant.ui.text import escape

_MOST_PAGES = 6  # of an article, drawn at once


def show_article(document: Document, number: str, *, place: str, words: str) -> None:
    """Show an article, the `place` in it marked ("alinéa 2"), and the `words` looked for.

    Raises:
        UnknownInstrument: the text has no such article.
    """
    article = _find(document, number)
    instrument, numbers = document.instrument.number, services().library.numbers_of(document.id)
    show_title(document)
    with st.container(horizontal=True):
        link_to_contents(instrument)
        if words:
            _link_to_found(instrument, words)
        show_neighbours(instrument, numbers, article.number)
    marked = paragraph_span(article.text, place) if place else None
    if place and not marked:
        st.warning(f"Cet article n’a pas de «\u00a0{escape(place)}\u00a0»\u00a0: le voici entier.")
    at = article.page_at(marked[0]) if marked else article.pages[0]
    origin = services().library.origin(document.id)
    citation = cite_in_full(article.number, origin, at, place if marked else None) if origin else ""
    with st.container(horizontal=True, key="paire-article"):
        with st.container(key="lu-article"):
            st.html(_article_html(article, document, marked, words, citation))
            _show_citing(document, article.number)
        shown = st.session_state.get("law-printed")
        if shown:
            with st.container(key="vu-article"):
                _show_printed(document, article, marked)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle("Voir la page imprimée", key="law-printed")
        if citation:
            link = full_address(instrument, article.number, **{PLACE: place if marked else None})
            offer_file(document.id, citation, link, key=f"citer-{document.id}-{article.number}")
        show_neighbours(instrument, numbers, article.number)


def _find(document: Document, number: str) -> Article:
    try:
        return services().library.article(document.id, number)
    except UnknownInstrument as error:
        numbered = [n for n in services().library.numbers_of(document.id) if n[0].isdigit()]
        remedy = (
            f"Ses articles vont de {numbered[0]} à {numbered[-1]}."
            if numbered
            else "Choisissez dans sa table des matières."
        )
        raise UnknownInstrument(f"Ce texte n’a pas d’article « {number} »", remedy) from error


def _link_to_found(instrument: str, words: str) -> None:
    st.page_link(
        READER,
        label=f"Résultats de «\u00a0{escape(words)}\u00a0»",
        icon=":material/search:",
        query_params=address(instrument, **{WORDS: words}),
    )


def _article_html(
    article: Article, document: Document, marked: Span | None, words: str, citation: str
) -> str:
    """Write an article; its citation is for paper alone."""
    stems = frozenset(typed_stems(words))
    found = [Marked(*s, '<mark class="mot">') for s in find_words(article.text, stems)]
    links = references_of(article, document.instrument.number, new_tab=False)
    path = html.escape(typeset(" › ".join(article.path)))
    head = f'<p class="chemin">{path}</p>' if path else ""
    title = html.escape(typeset(entry_label(Entry(article.number, article.heading, article.path))))
    first, last = article.pages[0], article.pages[-1]
    pages = page_numbers(first)
    if last.pdf > first.pdf:
        pages += f" · il s’étend sur {count(last.pdf - first.pdf + 1, 'page')}"
    return (
        f'<div class="texte lecture">{head}<h3>{title}</h3>'
        f"{to_html(article.text, marked, inside=[links, found])}"
        f'<p class="pages">{pages}</p>'
        f'<p class="a-imprimer">{html.escape(typeset(citation))}</p></div>'
    )


def _show_citing(document: Document, number: str) -> None:
    """Show which articles of the text refer to this one."""
    numbers = _citing(document.id, document.instrument.number).get(number, ())
    if numbers:
        instrument = document.instrument.number
        links = ", ".join(
            f'<a href="{article_href(instrument, one)}">{html.escape(one)}</a>' for one in numbers
        )
        named = "Cité par l’article" if len(numbers) == 1 else "Cité par les articles"
        st.html(f'<p class="texte renvois">{named}\u00a0{links}.</p>')


@st.cache_data(
    max_entries=16, show_spinner=False
)  # half a second for a decree, which never changes
def _citing(document_id: str, instrument: str) -> dict[str, tuple[str, ...]]:
    return citing_articles(services().library.articles_of(document_id), instrument)


def _show_printed(document: Document, article: Article, marked: Span | None) -> None:
    if marked:
        boxes = [list(map(float, box)) for box in article.boxes(*marked)]
        show_pages(document.id, boxes, otherwise=article.page)
        return
    for page in article.pages[:_MOST_PAGES]:
        show_pages(document.id, [], otherwise=page.pdf)
    if len(article.pages) > _MOST_PAGES:
        st.caption(f"Les {_MOST_PAGES} premières pages sur {len(article.pages)}.")
