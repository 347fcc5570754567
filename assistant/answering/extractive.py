"""Answers made of the law's own sentences: no model, nothing that is not printed."""

import re
from collections.abc import Sequence

from assistant.answering.citations import article_label, citation_title, cite, of_instrument
from assistant.answering.quotations import Span, best_quote, opening, quantity_asked, wanted_by
from assistant.records import Citation, Sentence
from assistant.searching.search import Hit, SearchResult

_REFERENCE = re.compile(r"\barticle\s+(\d+)\s+(?:du présent|ci.dess)", re.IGNORECASE)
_MOST_ARTICLES = 3
_LONGEST_PART = 1500  # characters of a place asked for by its name, quoted whole
_NEARLY_AS_GOOD = 0.8  # of the best score: an article that says as much
_FUSED_NEARLY = 0.95  # … where scores are fused ranks, which say little of how near it is


def extract(result: SearchResult) -> tuple[list[Sentence], list[Citation]]:
    """Quote the best article, and the others that are nearly as good; of a comparison, both texts.

    The sentences name the article and the instrument; each carries the label of its citation.
    """
    quoted: dict[str, tuple[Hit, Span]] = {}
    for hit in _chosen(result):
        if span := _quote(hit, result):
            target, place = _pointed_at(hit, span, result) or (hit, span)
            quoted.setdefault(f"{target.document.id}/{target.article.number}", (target, place))
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    for label, (hit, span) in enumerate([*quoted.values()][:_MOST_ARTICLES], start=1):
        citation = cite(hit, span, label)
        first = citations[0] if citations else None
        sentences.append(Sentence(_sentence(citation, first), (label,)))
        citations.append(citation)
    return sentences, citations


def _quote(hit: Hit, result: SearchResult) -> Span | None:
    """Quote the passage that was found, or, for a quantity it does not give, the whole article."""
    passage, article = hit.ranked.passage, hit.article
    named = result.asked is not None and result.asked.number == article.number
    if named and len(passage.text) < min(len(article.text), _LONGEST_PART):
        return passage.start, passage.end  # "article 24, paragraphe 2": the place itself
    if named and result.asked and result.asked.paragraph:
        return opening(article)  # that place is not found: the article as it begins
    wanted = wanted_by(result.question, result.term_weights)
    found = best_quote(article, wanted, within=(passage.start, passage.end))
    if found and (not wanted.quantity or wanted.quantity.search(article.text[slice(*found)])):
        return found
    return best_quote(article, wanted) or found or (opening(article) if named else None)


def _pointed_at(hit: Hit, span: Span, result: SearchResult) -> tuple[Hit, Span] | None:
    """Follow a quotation that gives no quantity itself but says where it is.

    "pendant le délai de validité des offres prévu à l’article 36" is answered by article 36.
    """
    wanted = quantity_asked(result.question)
    quote = hit.article.text[slice(*span)]
    if wanted is None or wanted.search(quote):
        return None
    for number in _REFERENCE.findall(quote):
        for other in result.hits:
            same_text = other.document.id == hit.document.id
            if same_text and other.article.number == number and (found := _quote(other, result)):
                return other, found
    return None


def _chosen(result: SearchResult) -> list[Hit]:
    if not result.hits:
        return []
    if len(result.regime.instruments) > 1:
        return _best_of_each(result.hits, result.regime.instruments)
    if result.asked and result.asked.number == result.hits[0].article.number:
        return list(result.hits[:1])
    best = result.hits[0].ranked.score
    share = _NEARLY_AS_GOOD if best > 1 else _FUSED_NEARLY
    return [h for h in result.hits if h.ranked.score >= share * best]


def _best_of_each(hits: Sequence[Hit], instruments: Sequence[str]) -> list[Hit]:
    firsts = (
        next((h for h in hits if h.document.instrument.number == number), None)
        for number in instruments
    )
    return [hit for hit in firsts if hit]


def _sentence(citation: Citation, first: Citation | None) -> str:
    """Introduce a quotation: which article of which text, and its subject."""
    title = citation_title(citation.article, citation.heading)
    subject = f" ({title})" if title else ""
    article = article_label(citation.article)
    if first and first.instrument == citation.instrument:
        text = "du même texte"
    else:
        text = of_instrument(citation.instrument_name)
    start = "Voir aussi" if first else "D’après"
    link = " l’" if article.startswith(("article", "annexe")) else " : "
    return f"{start}{link}{article} {text}{subject} : « {citation.quote} »"
