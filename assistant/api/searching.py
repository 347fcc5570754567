"""Search, and read the texts article by article."""

from typing import Annotated, Any

from fastapi import APIRouter, Body

from assistant.api.opened import Asker, Opened
from assistant.api.shapes import ArticleShape, ArticleTextShape, Searched, SearchShape
from assistant.printing import article_json, article_text_json, search_json

router = APIRouter(tags=["Textes"])


@router.post("/search", response_model=SearchShape)
def search(asked: Annotated[Searched, Body()], services: Opened, _: Asker) -> dict[str, Any]:
    """Search the articles that answer a question."""
    found = services.search.search(
        asked.question, limit=asked.k, within=asked.within, launched=asked.launched
    )
    return search_json(found)


@router.get("/instruments/{instrument}/articles", response_model=list[ArticleShape])
def articles(instrument: str, services: Opened, _: Asker) -> list[dict[str, Any]]:
    """List the articles of a text, in order."""
    _document, found = services.library.articles(instrument)
    return [article_json(article) for article in found]


@router.get("/instruments/{instrument}/articles/{article}", response_model=ArticleTextShape)
def article(instrument: str, article: str, services: Opened, _: Asker) -> dict[str, Any]:
    """Give one article with its words, its references and its boxes."""
    document, _found = services.library.articles(instrument)
    return article_text_json(document, services.library.article(document.id, article))
