"""Citations are written here, by the program, from what was read: never by a model."""

import re

from assistant.answer_records import Citation
from assistant.answering.article_paragraphs import Span
from assistant.reading.headings import parse_article
from assistant.reading.numbering import paragraph_of
from assistant.records import Article
from assistant.searching.results import Hit

REREAD = "L’article a été relu depuis cette réponse : l’extrait est montré tel qu’il était."


def cite(hit: Hit, span: Span, label: int) -> Citation:
    """Cite `hit.article.text[span]`, with its page and the boxes of its printed lines."""
    start, end = span
    article, instrument = hit.article, hit.document.instrument
    page = article.page_at(start)
    return Citation(
        label=label,
        document_id=hit.document.id,
        instrument=instrument.number,
        instrument_name=instrument.short_name,
        article=article.number,
        paragraph=_paragraph(article, span),
        heading=article.heading,
        quote=article.text[start:end],
        start=start,
        page=page.pdf,
        printed_page=page.printed,
        bo_page=page.bo,
        boxes=article.boxes(start, end),
    )


def quoted_span(text: str, quote: str, start: int) -> Span | None:
    """Give where a kept quote stands in a text; None where that was read anew since (`REREAD`)."""
    end = start + len(quote)
    return (start, end) if text[start:end] == quote else None


def _paragraph(article: Article, span: Span) -> str | None:
    """Give the place of a quotation in its article; an annexe has paragraphs, but no alinéas."""
    place = paragraph_of(article.text, *span)
    if article.is_numbered:
        return place
    labelled = place is not None and place.startswith("paragraphe ")
    return place if labelled and article.number.startswith("annexe-") else None


def place_label(number: str, paragraph: str | None) -> str:
    """Name a place as people do: "article 24, paragraphe 2, b)"."""
    if paragraph is None:
        return article_label(number)
    written = re.sub(r"(?<= )([a-z]{1,5})(?=,|$)", r"\1)", paragraph)
    return f"{article_label(number)}, {written}"


def article_label(number: str) -> str:
    """Name an article as people do: "article premier", "article 4 bis", "annexe n° 1"."""
    if number == "1":
        return "article premier"
    if number[0].isdigit():
        return f"article {number}"
    kind, _, label = number.partition("-")
    if kind == "section":
        label = label.upper()
    return f"{_UNITS[kind]} {label}" if kind in _UNITS else "préambule"


def heading_title(heading: str) -> str:
    """Give what a heading says after the article's number: "Délai de validité des offres"."""
    parsed = parse_article(heading)
    return parsed.title if parsed else heading


_UNITS = {"annexe": "annexe n°", "modele": "modèle n°", "section": "section", "page": "page"}
"""What the number of a part that is no article begins with → how it is named."""


def citation_title(number: str, heading: str) -> str:
    """Give the subject of an article or a section, "" for what its label names well enough."""
    if number.startswith("section-"):
        return re.sub(r"^\S+\s*[.):–-]*\s*", "", heading)
    return heading_title(heading) if number[0].isdigit() else ""


_OF = {
    "décret": "du ",
    "decret": "du ",
    "dahir": "du ",
    "arrêté": "de l’",
    "loi": "de la ",
    "circulaire": "de la ",
    "décision": "de la ",
}
"""Kind of instrument → how it is joined to its article."""


_BOTH_CALENDARS = re.compile(
    r"\bdu\s+\d{1,2}(?:er)?\s+[^()\d]{3,25}\s+1[34]\d\d\s+\((?P<day>[^()]*\d{4})\)"
)


def in_one_calendar(name: str) -> str:
    """Write "du 15 chaabane 1444 (8 mars 2023)" as "du 8 mars 2023"."""
    return _BOTH_CALENDARS.sub(r"du \g<day>", name)


def instrument_phrase(name: str) -> str:
    """Write "décret n° …" inside a sentence; a file's own name is quoted as it is."""
    return name[:1].lower() + name[1:] if _kind(name) else f"document « {name} »"


def of_instrument(name: str) -> str:
    """Write "du décret n° …", "de la loi n° …", "du document « … »"."""
    return _OF.get(_kind(name), "du ") + instrument_phrase(name)


def _kind(name: str) -> str:
    """Give the kind of instrument a name begins with, or "" for a file's own name."""
    first = re.split(r"[\s-]", name.lower(), maxsplit=1)[0]
    return first if first in _OF and re.search(r"n\s?[°º]", name) else ""
