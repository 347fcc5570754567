"""What passages refer to: the articles one step away, given beside them as context."""

from collections.abc import Iterator

from assistant.errors import UnknownInstrument
from assistant.reading.references import find_references
from assistant.records import CrossReference, RankedPassage
from assistant.searching.catalogue import Catalogue
from assistant.searching.passages import cut_passages, part_of, whole_passage
from assistant.searching.results import Hit, SearchResult

_LOOKED_AT = 3  # hits whose references are followed
_LONGEST = 2000  # characters of an article given whole; of a longer one, its first passage


def neighbours(result: SearchResult, catalogue: Catalogue, *, limit: int) -> list[Hit]:
    """Give at most `limit` articles that the best passages refer to and search did not find.

    Each names in `cited_by` the article that refers to it, and holds the place referred to. Only
    the documents searched are looked at: a text that does not govern is not context either.
    """
    known = {(hit.document.instrument.number, hit.article.number) for hit in result.hits}
    found: list[Hit] = []
    for hit in result.hits[:_LOOKED_AT]:
        for reference in _references(hit):
            target = (reference.instrument or "", reference.article or "")
            if target in known or len(found) == limit:
                continue
            if neighbour := referred(hit, reference, result, catalogue):
                known.add(target)
                found.append(neighbour)
    return found


def _references(hit: Hit) -> Iterator[CrossReference]:
    """Give the references to articles that stand in the passage itself."""
    passage, article = hit.ranked.passage, hit.article
    here = find_references(article.text, instrument=passage.instrument, article=article.number)
    end = passage.start + len(passage.text)
    return (r for r in here if r.article and passage.start <= r.start < end)


def referred(
    hit: Hit, reference: CrossReference, result: SearchResult, catalogue: Catalogue
) -> Hit | None:
    """Give what an article refers to, in the documents searched; None where it is not there."""
    documents = {document.instrument.number: document for document in result.searched}
    document = documents.get(reference.instrument or "")
    if document is None:
        return None
    try:
        article = catalogue.article(document.id, reference.article or "")
    except UnknownInstrument:
        return None
    whole = whole_passage(article, document.id, document.instrument.number)
    passage = part_of(whole, article, reference.paragraph)
    if len(passage.text) > _LONGEST:
        passage = cut_passages(article, document.id, document.instrument.number)[0]
    return Hit(RankedPassage(passage, 0.0), article, document, cited_by=hit.article.number)
