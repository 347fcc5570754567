"""Pages of paragraphs as a reader finds them, and the articles read from them."""

from assistant.reading.structure import read_articles
from assistant.records import Article, Line, Page, PageNumbers


def a_page(*paragraphs: tuple[str, ...], number: int = 1) -> Page:
    """A page of paragraphs: lines 12 points apart, paragraphs 24."""
    lines, y = [], 100.0
    for paragraph in paragraphs:
        for text in paragraph:
            lines.append(Line(text, (50.0, y, 280.0, y + 10.0), 0, bold=False))
            y += 12
        y += 12
    return Page(PageNumbers(number, number + 4, number + 900), 595.0, 842.0, tuple(lines))


def by_number(*pages: Page) -> dict[str, Article]:
    return {article.number: article for article in read_articles(pages)}


def an_article(number: int) -> list[tuple[str, ...]]:
    return [(f"ART. {number}. – Objet",), ("Texte de", "l’article.")]
