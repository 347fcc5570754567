"""The documents that are indexed: what each contains, and its removal."""

import html

import streamlit as st

from assistant.answering.citations import article_label, heading_title
from assistant.records import Article, Document
from assistant.searching.catalogue import server_advice
from assistant.ui.audit import note_action
from assistant.ui.force import say_force_changed, show_force
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count, day, escape, typeset


def show_documents() -> None:
    """Show every document, the last one first."""
    documents = services().library.documents()
    st.subheader(f"Documents indexés ({len(documents)})" if documents else "Documents indexés")
    if not documents:
        st.caption("Aucun document n’est indexé pour l’instant.")
    if (advice := server_advice(documents)) and not services().settings.qdrant_url:
        st.info(advice, icon=":material/database:")
    say_force_changed()
    for document in documents:
        with st.container(border=True):
            _show_document(document)


def _show_document(document: Document) -> None:
    st.markdown(f"**{escape(document.instrument.title)}**")
    st.caption(
        f"{escape(document.file_name)} · texte n°\u00a0{escape(document.instrument.number)} · "
        f"ajouté le {day(document.indexed_at)}"
    )
    contents = {
        "page": document.page_count,
        "article": document.article_count,
        "annexe": document.annexe_count,
        "passage": document.passage_count,
    }
    st.write(" · ".join(count(number, word) for word, number in contents.items() if number))
    for warning in document.warnings:
        st.warning(escape(warning), icon=":material/warning:")
    show_force(document)
    _show_articles(document)
    if st.button("Supprimer", key=f"remove-{document.id}", icon=":material/delete:"):
        _confirm_removal(document)


@st.fragment
def _show_articles(document: Document) -> None:
    """Show the list of articles, fetched when it is opened."""
    listing = st.expander("Liste des articles", key=f"articles-{document.id}", on_change="rerun")
    if listing.open:
        with listing, explain_errors(), st.container(height=420, border=False):
            rows = "".join(map(_row, services().library.articles_of(document.id)))
            st.html(
                '<div class="articles"><table><thead><tr><th>Article</th><th>Intitulé</th>'
                f"<th>Page du PDF</th></tr></thead><tbody>{rows}</tbody></table></div>"
            )


def _row(article: Article) -> str:
    first, last = article.pages[0].pdf, article.pages[-1].pdf
    pages = f"{first}–{last}" if last > first else str(first)
    label, title = article.number, article.heading
    if article.is_numbered:
        title = heading_title(title)
    else:
        label = article_label(label).capitalize()
    cells = label, typeset(title), pages
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"


@st.dialog("Supprimer ce document")
def _confirm_removal(document: Document) -> None:
    st.write(
        f"«\u00a0{escape(document.file_name)}\u00a0» ne répondra plus aux questions. "
        "Les réponses déjà données et leurs notes sont gardées."
    )
    with st.container(horizontal=True):
        confirmed = st.button("Supprimer définitivement", type="primary")
        cancelled = st.button("Annuler")
    if confirmed:
        with explain_errors():
            with st.spinner("Suppression…"):
                services().library.remove(document.id)
            note_action("document_removed", document.file_name)
            st.rerun()
    if cancelled:
        st.rerun()
