"""One file, from bytes to articles: the steps of this folder, in order."""

from collections.abc import Callable, Sequence

from assistant.errors import UnreadableDocument
from assistant.reading.extraction import count_pages, extract_pages
from assistant.reading.identity import identify
from assistant.reading.layout import lay_out
from assistant.reading.preflight import check_bytes
from assistant.reading.structure import body_pages, read_articles, structure_warnings
from assistant.records import Article, Page, Reading

OnPage = Callable[[int, int], None]
"""Called with how many pages are read, of how many."""

_LETTERS_OF_TEXT = 40  # a page with fewer letters has no usable text: a stamp, a page number


def read_pdf(
    name: str,
    data: bytes,
    *,
    max_pages: int,
    max_megabytes: int,
    on_page: OnPage = lambda _done, _total: None,
) -> Reading:
    """Read a PDF; `name` is the file's name, for messages.

    Raises:
        UnreadableDocument: its text cannot be had; the message says why and what to do.
    """
    check_bytes(name, data, max_megabytes=max_megabytes)
    page_count = count_pages(name, data)
    if page_count > max_pages:
        raise UnreadableDocument(
            name,
            f"le fichier compte {page_count} pages, plus que les {max_pages} admises",
            "Découpez-le en plusieurs fichiers, ou faites relever la limite (ASSISTANT_MAX_PAGES).",
        )
    pages = lay_out(extract_pages(name, data, page_count, on_page))
    without_text = [page.numbers.pdf for page in pages if _letters(page) < _LETTERS_OF_TEXT]
    articles = read_articles(pages)
    if not articles or len(without_text) == len(pages):
        raise UnreadableDocument(
            name,
            "ses pages ne portent pas de texte à lire : ce sont sans doute des images",
            "La reconnaissance de caractères n’est pas encore disponible : demandez ou exportez "
            "une version du document dont le texte peut être sélectionné.",
        )
    warnings = (*_text_warnings(without_text, pages), *_structure_warnings(pages, articles))
    return Reading(identify(pages, name), page_count, articles, warnings)


def _letters(page: Page) -> int:
    return sum(character.isalpha() for line in page.lines for character in line.text)


def _text_warnings(without_text: Sequence[int], pages: Sequence[Page]) -> list[str]:
    """Name the pages of the body that carry no text; a blank cover or back is not worth a word."""
    body = {page.numbers.pdf for page in body_pages(pages)}
    concerned = [number for number in without_text if number in body]
    if not concerned:
        return []
    listed = ", ".join(map(str, concerned[:12])) + ("…" if len(concerned) > 12 else "")
    return [
        f"Pages sans texte lisible : {listed}. Si elles portent du texte, il n’est pas indexé : "
        "la reconnaissance de caractères n’est pas encore disponible."
    ]


def _structure_warnings(pages: Sequence[Page], articles: Sequence[Article]) -> list[str]:
    if any(article.is_numbered for article in articles):
        return structure_warnings(pages, articles)
    unit = "section" if any(a.number.startswith("section-") for a in articles) else "page"
    return [f"Aucun article reconnu : ce document est découpé et cité par {unit}."]
