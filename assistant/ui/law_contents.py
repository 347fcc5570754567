"""The table of contents of a text, a chapter at a time, and a chapter read in one piece."""

import html

import streamlit as st

from assistant.answering.citations import article_label, heading_title
from assistant.errors import UnknownInstrument
from assistant.records import Document
from assistant.searching.contents import Chapter, Entry, chapters_of, sections_of
from assistant.typesetting import to_html, typeset
from assistant.ui.badges import status_line
from assistant.ui.law_links import (
    CHAPTER,
    READER,
    address,
    article_href,
    link_to_article,
    link_to_contents,
    references_of,
)
from assistant.ui.session import services
from assistant.ui.text import escape


def show_contents(document: Document) -> None:
    """Show the chapters; the articles of one are shown once it is opened."""
    instrument = document.instrument
    show_title(document)
    chapters = chapters_of(services().library.entries_of(document.id))
    for position, chapter in enumerate(chapters, start=1):
        key = f"chapitre-{document.id}-{position}"
        label = f"{escape(chapter.title)} ({_range(chapter)})"
        line = st.expander(label, key=key, on_change="rerun", expanded=len(chapters) == 1)
        if line.open:
            with line:
                if len(chapter.entries) > 1:
                    st.page_link(
                        READER,
                        label="Lire d’un seul tenant",
                        icon=":material/notes:",
                        query_params=address(instrument.number, **{CHAPTER: str(position)}),
                    )
                _show_articles(chapter, instrument.number)


def show_title(document: Document) -> None:
    """Show the title of a text, and whether it is in force today."""
    st.header(escape(document.instrument.title), anchor=False)
    known = services().instruments.kept(document.instrument.number).known
    st.markdown(status_line(known))


def show_chapter(document: Document, position: str) -> None:
    """Show all the articles of a chapter, by its 1-based position in the table.

    Raises:
        UnknownInstrument: the table has no such line.
    """
    instrument = document.instrument.number
    chapters = chapters_of(services().library.entries_of(document.id))
    if not position.isdigit() or not 1 <= int(position) <= len(chapters):
        raise UnknownInstrument(
            f"Ce texte n’a pas de chapitre « {position} »",
            f"Sa table en compte {len(chapters)} : ouvrez-la et choisissez.",
        )
    chapter = chapters[int(position) - 1]
    show_title(document)
    with st.container(horizontal=True):
        link_to_contents(instrument)
        for one, icon in ((int(position) - 1, "arrow_back"), (int(position) + 1, "arrow_forward")):
            if 1 <= one <= len(chapters):
                st.page_link(
                    READER,
                    label=escape(chapters[one - 1].title),
                    icon=f":material/{icon}:",
                    query_params=address(instrument, **{CHAPTER: str(one)}),
                )
    written = [f"<h3>{html.escape(typeset(chapter.title))}</h3>"]
    for title, entries in sections_of(chapter.entries):
        written += [f"<h4>{html.escape(typeset(title))}</h4>"] if title else []
        level = 5 if title else 4  # of the articles' headings
        written += [_article_html(document, entry, level) for entry in entries]
    st.html(f'<div class="texte lecture">{"".join(written)}</div>')


def entry_label(entry: Entry) -> str:
    """Write "Article 36 – Délai de validité des offres", "Annexe n° 1 : …"."""
    if not entry.number[0].isdigit():
        return entry.heading or article_label(entry.number).capitalize()
    label = article_label(entry.number)
    title = heading_title(entry.heading)
    return " – ".join(filter(None, (label[0].upper() + label[1:], title)))


def _show_articles(chapter: Chapter, instrument: str) -> None:
    for title, entries in sections_of(chapter.entries):
        if title:
            st.caption(escape(title))
        for entry in entries:
            link_to_article(entry_label(entry), instrument, entry.number)


def _article_html(document: Document, entry: Entry, level: int) -> str:
    article = services().library.article(document.id, entry.number)
    number = document.instrument.number
    links = references_of(article, number, new_tab=False)
    href = article_href(number, entry.number)
    return (
        f'<h{level}><a href="{href}">{html.escape(typeset(entry_label(entry)))}</a></h{level}>'
        f"{to_html(article.text, inside=[links])}"
    )


def _range(chapter: Chapter) -> str:
    numbered = [entry.number for entry in chapter.entries if entry.number[0].isdigit()]
    if not numbered:
        return str(len(chapter.entries))
    if len(numbered) == 1:
        return article_label(numbered[0])
    return f"articles {numbered[0]} à {numbered[-1]}"
