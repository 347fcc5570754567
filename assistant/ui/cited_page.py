"""One source, opened: its status, the article with the quotation marked, the printed page."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assistant.answering.citations import REREAD, quoted_span
from assistant.answering.legal_citation import cite_in_full
from assistant.errors import UnknownInstrument
from assistant.records import CELL_END, Article, PageNumbers
from assistant.searching.word_marks import asked_stems, find_words
from assistant.typesetting import Layer, Marked, Span, to_html, typeset
from assistant.ui.badges import status_line
from assistant.ui.law_links import (
    PLACE,
    full_address,
    link_to_article,
    references_of,
    show_neighbours,
)
from assistant.ui.session import services

Citation = Mapping[str, Any]
"""A citation as the answer's JSON has it."""

_GONE = "Ce document a été supprimé depuis. Voici l’extrait cité."
_SHORT = 500  # characters before or after the quoted paragraphs, shown without a click


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer was given to."""

    question: str = ""
    launched: date | None = None  # of the procedure


def show_source(citation: Citation, asked: Asked, *, key: str) -> None:
    """Show the article and, beside it where there is room, the printed page."""
    known = services().instruments.kept(citation["instrument"]).known
    st.markdown(status_line(known, asked.launched))
    article = _find(citation)
    is_kept = services().library.origin(citation["document_id"]) is not None
    span = article and quoted_span(article.text, citation["quote"], citation["start"])
    with st.container(horizontal=True, key=f"paire-{key}"):
        with st.container(key=f"lu-{key}"):
            if article and span:
                st.html(_article_html(article, citation, span, asked.question))
            else:
                st.caption(typeset(REREAD) if is_kept else _GONE)
                st.html(f'<div class="texte">{to_html(citation["quote"])}</div>')
        if is_kept:
            with st.container(key=f"vu-{key}"):
                show_pages(citation["document_id"], citation["boxes"], otherwise=citation["page"])
    if article:
        _show_ways_on(citation, key=key)


def show_pages(document_id: str, boxes: list[list[float]], *, otherwise: int) -> None:
    """Show the pages that carry those boxes with them marked; a plain page where there are none."""
    placed = [(int(box[0]), box[1], box[2], box[3], box[4]) for box in boxes]
    for page in sorted({box[0] for box in placed}) or [otherwise]:
        with st.spinner("La page est dessinée…"):
            image = services().page_images.highlighted(document_id, page, placed)
        if image is None:
            st.caption("Le fichier d’origine n’est plus conservé.")
            return
        what = "extrait surligné" if placed else "page entière"
        line = f"Page\u00a0{page} du PDF, {what}"
        st.image(image, caption=line, alt=line, width="stretch")


def page_numbers(page: PageNumbers) -> str:
    """Write the three numbers of a page, those that are known."""
    numbers = [
        ("page du Bulletin officiel", page.bo),
        ("page imprimée", page.printed),
        ("page du fichier PDF", page.pdf),
    ]
    return " · ".join(f"{name}\u00a0: {number}" for name, number in numbers if number is not None)


def offer_file(document_id: str, citation: str, link: str, *, key: str) -> None:
    """Offer the citation and the address to copy, and the original file, once asked for."""
    box = st.popover(
        "Citer, télécharger", icon=":material/format_quote:", key=key, on_change="rerun"
    )
    if not box.open:
        return
    origin, data = services().library.origin(document_id), services().library.original(document_id)
    with box:
        st.caption("Citation à copier")
        st.code(citation, language=None, wrap_lines=True)
        st.caption("Adresse à copier dans une note")
        st.code(link, language=None, wrap_lines=True)
        if origin and data:
            st.download_button(
                "Télécharger le fichier d’origine",
                data=data,
                file_name=origin.file_name,
                mime="application/pdf",
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}-file",
            )
        else:
            st.caption("Le fichier d’origine n’est plus conservé.")


def _find(citation: Citation) -> Article | None:
    try:
        return services().library.article(citation["document_id"], citation["article"])
    except UnknownInstrument:
        return None


def _article_html(article: Article, citation: Citation, quote: Span, question: str) -> str:
    """Write the article, what is far from the quotation folded away."""
    stems = asked_stems(question, services().lexicon.lexicon())
    spans = (s for s in find_words(article.text, stems) if quote[0] <= s[0] and s[1] <= quote[1])
    words = [Marked(*span, '<mark class="mot">') for span in spans]
    layers = (references_of(article, citation["instrument"], new_tab=True), words)
    page = PageNumbers(citation["page"], citation["printed_page"], citation["bo_page"])
    path = html.escape(typeset(" › ".join(article.path)))
    head = f'<p class="chemin">{path}</p>' if path else ""
    return (
        f'<div class="texte">{head}<p><strong>{html.escape(typeset(article.heading))}</strong></p>'
        f"{_folded(article.text, quote, layers)}"
        f'<p class="pages">Extrait surligné – {page_numbers(page)}</p></div>'
    )


def _folded(text: str, quote: Span, layers: tuple[Layer, ...]) -> str:
    """Write a text with its long parts before and after the quoted paragraphs behind a click."""
    first = text.rfind("\n", 0, quote[0]) + 1
    last = text.find("\n", quote[1])
    last = len(text) if last < 0 else last
    if CELL_END in text:  # a table is not cut
        return to_html(text, quote, inside=layers)
    parts = (
        ("Ce qui précède dans l’article", (0, max(first - 1, 0))),
        ("", (first, last)),
        ("La suite de l’article", (min(last + 1, len(text)), len(text))),
    )
    written = []
    for label, part in parts:
        body = to_html(text, quote, inside=layers, part=part)
        if label and part[1] - part[0] > _SHORT:
            body = f"<details><summary>{label}</summary>{body}</details>"
        written.append(body)
    return "".join(written)


def _show_ways_on(citation: Citation, *, key: str) -> None:
    """Offer the article before and after, the whole text, the citation and the file."""
    instrument, number = citation["instrument"], citation["article"]
    document_id = citation["document_id"]
    origin = services().library.origin(document_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_neighbours(instrument, services().library.numbers_of(document_id), number)
        link_to_article(
            "Lire dans le texte",
            instrument,
            number,
            icon=":material/menu_book:",
            **{PLACE: citation["paragraph"]},
        )
        if origin:
            page = PageNumbers(citation["page"], citation["printed_page"], citation["bo_page"])
            written = cite_in_full(number, origin, page, citation["paragraph"])
            link = full_address(instrument, number, **{PLACE: citation["paragraph"]})
            offer_file(document_id, written, link, key=f"citer-{key}")
