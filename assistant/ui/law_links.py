"""Links to the page that shows an article: addresses that can be pasted into a note."""

import html
from collections.abc import Sequence
from urllib.parse import urlencode, urljoin

import streamlit as st

from assistant.answering.citations import article_label
from assistant.errors import UnknownInstrument
from assistant.reading.references import find_references
from assistant.records import Article
from assistant.typesetting import Marked
from assistant.ui.places import PAGES
from assistant.ui.session import services
from assistant.ui.text import escape

READER = PAGES / "lire.py"
INSTRUMENT, ARTICLE, CHAPTER, PLACE, WORDS = "instrument", "article", "chapitre", "endroit", "mots"
"""What an address of the reading page can name."""


def address(instrument: str, article: str | None = None, **more: str | None) -> dict[str, str]:
    """Give the query of an address of the reading page, without what is not named."""
    named = {INSTRUMENT: instrument, ARTICLE: article, **more}
    return {name: value for name, value in named.items() if value}


def link_to_article(
    label: str, instrument: str, article: str, *, icon: str | None = None, **more: str | None
) -> None:
    """Show a link that opens an article; the session stays as it is."""
    query = address(instrument, article, **more)
    st.page_link(READER, label=escape(label), icon=icon, query_params=query)


def link_to_contents(instrument: str) -> None:
    """Show a link to the table of contents of a text."""
    query = address(instrument)
    st.page_link(READER, label="Table des matières", icon=":material/toc:", query_params=query)


def article_href(instrument: str, article: str, **more: str | None) -> str:
    """Give the same address for the `href` of a link in HTML."""
    return f"lire?{html.escape(urlencode(address(instrument, article, **more)))}"


def full_address(instrument: str, article: str, **more: str | None) -> str:
    """Give the address as it is pasted into a note, with the server's name as people see it."""
    query = urlencode(address(instrument, article, **more))
    return urljoin(st.context.url or "", f"lire?{query}")


def references_of(article: Article, instrument: str, *, new_tab: bool) -> Sequence[Marked]:
    """Give the references of an article to articles that can be read here, as links."""
    texts: dict[str, frozenset[str]] = {}
    links: list[Marked] = []
    for found in find_references(article.text, instrument=instrument, article=article.number):
        number, named = found.article, found.instrument
        if number is None or named is None or (named, number) == (instrument, article.number):
            continue
        if named not in texts:
            texts[named] = _numbers(named)
        after = not links or found.start >= links[-1].end
        if number in texts[named] and after:
            href = article_href(named, number, **{PLACE: found.paragraph})
            target = ' target="_blank"' if new_tab else ""
            opening = f'<a class="renvoi" href="{href}"{target}>'
            links.append(Marked(found.start, found.end, opening, "</a>"))
    return links


def neighbours(numbers: Sequence[str], number: str) -> tuple[str | None, str | None]:
    """Give the numbers of the articles before and after one."""
    at = numbers.index(number) if number in numbers else -1
    if at < 0:
        return None, None
    return (numbers[at - 1] if at else None), (numbers[at + 1] if numbers[at + 1 :] else None)


def show_neighbours(instrument: str, numbers: Sequence[str], number: str) -> None:
    """Show links to the article before and the one after."""
    before, after = neighbours(numbers, number)
    for one, icon in ((before, "arrow_back"), (after, "arrow_forward")):
        if one:
            label = article_label(one)
            link_to_article(
                label[0].upper() + label[1:], instrument, one, icon=f":material/{icon}:"
            )


def _numbers(instrument: str) -> frozenset[str]:
    """Give the articles of a text that can be read here; none when it is not indexed."""
    try:
        document = services().library.searched_document(instrument)
    except UnknownInstrument:
        return frozenset()
    return frozenset(services().library.numbers_of(document.id))
