"""The sources of an answer: each opens to its whole article, the quotation highlighted."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.answering.citations import citation_title, instrument_phrase, place_label
from assistant.errors import UnknownInstrument
from assistant.reading.printed_page import PrintedPage
from assistant.records import Box
from assistant.searching.instruments import KnownInstrument
from assistant.ui.force import force_line
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape, to_html

Citation = Mapping[str, Any]
"""A citation as the answer's JSON has it."""


@st.fragment
def show_sources(citations: Sequence[Citation], *, key: str) -> None:
    """Show a line for each source; its article is fetched when it is opened."""
    st.markdown("**Source**" if len(citations) == 1 else "**Sources**")
    for citation in citations:
        source = st.expander(
            escape(source_label(citation)), key=f"{key}-{citation['label']}", on_change="rerun"
        )
        if source.open:
            with source, explain_errors():
                _show_article(citation)
                st.caption(escape(f"{force_line(_known(citation))}."))
                _offer_page(citation, key=f"{key}-{citation['label']}-page")


def source_label(citation: Citation) -> str:
    """Write "[1] Article 36, alinéa 2 – Délai de… – décret n° … – BO p. 934 (page 27 du PDF)"."""
    label = place_label(citation["article"], citation["paragraph"])
    title = citation_title(citation["article"], citation["heading"])
    bo = f"BO p.\u00a0{citation['bo_page']} " if citation["bo_page"] else ""
    place = f"{bo}(page\u00a0{citation['page']} du PDF)"
    name = instrument_phrase(citation["instrument_name"])
    parts = [label[0].upper() + label[1:], title, name, place]
    return f"[{citation['label']}] " + " – ".join(filter(None, parts))


def _known(citation: Citation) -> KnownInstrument | None:
    """Give the dates of the cited text as they are known now, not when the answer was given."""
    return services().instruments.kept(citation["instrument"]).known


def _show_article(citation: Citation) -> None:
    quote = citation["quote"]
    try:
        article = services().library.article(citation["document_id"], citation["article"])
    except UnknownInstrument:
        st.caption("Ce document a été supprimé depuis. Voici l’extrait cité.")
        st.html(f'<div class="texte">{to_html(quote, (0, len(quote)))}</div>')
        return
    start = citation["start"]
    path = " › ".join(article.path)
    head = f'<p class="chemin">{html.escape(path)}</p>' if path else ""
    body = to_html(article.text, (start, start + len(quote)))
    pages = f'<p class="pages">{html.escape(_pages(citation))}</p>'
    st.html(
        f'<div class="texte">{head}<p><strong>{html.escape(article.heading)}</strong></p>'
        f"{body}{pages}</div>"
    )


def _offer_page(citation: Citation, *, key: str) -> None:
    """Show the printed pages that carry the quotation, when they are asked for."""
    boxes = [tuple(box) for box in citation["boxes"]]
    if not boxes or not st.toggle("Voir la page du document", key=key):
        return
    for page in sorted({box[0] for box in boxes}):
        marked = tuple(box[1:] for box in boxes if box[0] == page)
        with st.spinner("La page est dessinée…"):
            image = _page_image(citation["document_id"], page, marked)
        if image is None:
            st.caption("Le fichier d’origine n’est plus conservé.")
            return
        st.image(image, caption=f"Page\u00a0{page} du PDF, extrait surligné", width="stretch")


@st.cache_data(max_entries=32, show_spinner=False)  # an image takes half a megabyte
def _page_image(document_id: str, page: int, boxes: tuple[Box, ...]) -> bytes | None:
    data = services().library.original(document_id)
    if data is None:
        return None
    return PrintedPage(document_id, data, page).highlight(boxes)


def _pages(citation: Citation) -> str:
    """Write the three numbers of the page of the quotation, those that are known."""
    numbers = [
        ("page du Bulletin officiel", citation["bo_page"]),
        ("page imprimée", citation["printed_page"]),
        ("page du fichier PDF", citation["page"]),
    ]
    known = [f"{name}\u00a0: {number}" for name, number in numbers if number is not None]
    return f"Extrait surligné – {' · '.join(known)}"
