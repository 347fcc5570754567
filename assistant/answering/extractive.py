"""Answers made of the law's own sentences: no model, nothing that is not printed."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer_records import Citation, Sentence
from assistant.answering.aligning import signs_beside
from assistant.answering.article_paragraphs import Span, read_article
from assistant.answering.citations import (
    article_label,
    citation_title,
    cite,
    in_one_calendar,
    of_instrument,
)
from assistant.answering.companions import cut_lists
from assistant.answering.pointers import pointers_in
from assistant.answering.quotations import LONGEST_OPENING, best_quotes, opening
from assistant.answering.wanted import quantity_asked, wanted_by
from assistant.records import CrossReference
from assistant.searching.lookup import is_look_up
from assistant.searching.results import Hit, SearchResult

_REFERENCE = re.compile(r"\barticle\s+(\d+)\s+(?:du présent|ci.dess)", re.IGNORECASE)
_MOST_ARTICLES = 3
_ONLY_POINTS = 300  # characters of an article that may say no more than where to look
_NEARLY_AS_GOOD = 0.90  # of the best score: an article that says as much
_FUSED_NEARLY = 0.95  # … where scores are fused ranks, which say little of how near it is
_CUT = " (liste citée en partie)"
_THIRD_AS_GOOD = 0.955  # … for a third, beside two that are quoted already


@dataclass(frozen=True, slots=True)
class _Room:
    """How many characters of an article are quoted."""

    chosen: int  # about so many of its best paragraphs
    whole: int  # a shorter article is quoted whole


_ALONE = _Room(1100, 750)
_FIRST = _Room(800, 750)
_NEXT = _Room(300, 300)
_PART = _Room(500, 500)
_COMPARED = _Room(450, 600)
_ASKED = _Room(LONGEST_OPENING, LONGEST_OPENING)
"""The rooms of the only article quoted, of the first of several, of the others, of what answers a
part of the question, of each text of a comparison, and of an article that the question names."""


Refer = Callable[[Hit, CrossReference], Hit | None]
"""What an article refers to, None where it cannot be had (see `Search.referred`)."""


def extract(
    result: SearchResult, refer: Refer = lambda *_: None
) -> tuple[list[Sentence], list[Citation]]:
    """Quote the best article, and the others that are nearly as good; of a comparison, both texts.

    What is quoted may only say where the rule is: `refer` gives that, and it is quoted after it.
    The sentences name the article and the instrument; each carries the label of its citation. An
    article may be quoted in several places, each with its own sentence, in its order.
    """
    quoted: dict[str, tuple[Hit, list[Span]]] = {}
    for hit, room in _chosen(result):
        asked = _asked_of(hit, result)
        if spans := _quote(hit, asked, room, _compared_with(hit, result)):
            quoted.setdefault(_key(hit), (hit, spans))
            target = _pointed_at(hit, spans, asked) or _applied(hit, spans, asked, refer)
            if target:
                quoted.setdefault(_key(target[0]), target)
    if not quoted and result.hits and (span := opening(result.hits[0].article)):
        quoted["opening"] = (result.hits[0], [span])  # found by its questions, in another language
    places = [
        (hit, span, position in cut)
        for hit, spans in quoted.values()
        for cut in [cut_lists(read_article(hit.article.text), spans)]
        for position, span in enumerate(spans)
    ]
    citations = [cite(hit, span, label) for label, (hit, span, _) in enumerate(places, start=1)]
    before: list[Citation | None] = [None, *citations]
    sentences = [
        Sentence(_sentence(citation, last) + (_CUT if is_cut else ""), (citation.label,))
        for citation, last, (_, _, is_cut) in zip(citations, before, places, strict=False)
    ]
    return sentences, citations


def _quote(hit: Hit, result: SearchResult, room: _Room, beside: Sequence[Hit] = ()) -> list[Span]:
    """Quote what answers; of a place that the question names, the place itself.

    `beside` are the articles of other texts that it is compared with.
    """
    passage, article = hit.ranked.passage, hit.article
    named = result.asked is not None and result.asked.number == article.number
    if named and result.asked and (result.asked.paragraph or is_look_up(result.question)):
        asked_for = (passage.start, passage.end)  # "article 24, paragraphe 2": the place itself
        span = opening(article, within=asked_for)
        return [span] if span else []
    beginning = [span] if named and (span := opening(article)) else []
    wanted = wanted_by(result.question, result.term_weights)
    signs = signs_beside(hit, beside, result, wanted)
    spans = best_quotes(article, wanted, room=room.chosen, whole=room.whole, signs=signs)
    return spans or beginning


def _key(hit: Hit) -> str:
    return f"{hit.document.id}/{hit.article.number}"


def _pointed_at(
    hit: Hit, spans: Sequence[Span], result: SearchResult
) -> tuple[Hit, list[Span]] | None:
    """Follow a quotation that gives no quantity itself but says where it is.

    "pendant le délai de validité des offres prévu à l’article 36" is answered by article 36.
    """
    wanted = quantity_asked(result.question)
    quote = "\n".join(hit.article.text[slice(*span)] for span in spans)
    if wanted is None or wanted.search(quote):
        return None
    for number in _REFERENCE.findall(quote):
        for other in result.hits:
            same_text = other.document.id == hit.document.id
            if (
                same_text
                and other.article.number == number
                and (found := _quote(other, result, _NEXT))
            ):
                return other, found
    return None


def _applied(
    hit: Hit, spans: Sequence[Span], result: SearchResult, refer: Refer
) -> tuple[Hit, list[Span]] | None:
    """Follow a quotation that applies the rule of other articles to the one that answers best."""
    ranks = {_key(found): -rank for rank, found in enumerate(result.hits)}
    targets = [refer(hit, reference) for reference in pointers_in(hit, spans)]
    for target in sorted(
        filter(None, targets), key=lambda t: ranks.get(_key(t), -math.inf), reverse=True
    ):
        if found := _quote(target, result, _PART):
            return target, found
    return None


def _chosen(result: SearchResult) -> list[tuple[Hit, _Room]]:
    if not result.hits:
        return []
    if len(result.regime.instruments) > 1:
        both = _best_of_each(result.hits)
        return [(hit, _COMPARED) for hit in both]
    if result.asked and result.asked.number == result.hits[0].article.number:
        return [(result.hits[0], _ASKED)]
    first, *others = _nearly_as_good(result.hits)
    rooms = {_key(first): (first, _FIRST)}
    for hits, room in (
        (_referred(first, result.hits), _FIRST),
        ([part.hit for part in result.parts], _PART),
        (others, _NEXT),
    ):
        for hit in hits:
            rooms.setdefault(_key(hit), (hit, room))
    chosen = list(rooms.values())[:_MOST_ARTICLES]
    return chosen if len(chosen) > 1 else [(first, _ALONE)]


def _asked_of(hit: Hit, result: SearchResult) -> SearchResult:
    """Give what is asked of an article: of one that answers a part of the question, that part."""
    parts = [part for part in result.parts if _key(part.hit) == _key(hit)]
    if len(parts) != 1 or len(result.parts) == 1:
        return result
    return replace(result, question=parts[0].question, term_weights=parts[0].term_weights)


def _nearly_as_good(hits: Sequence[Hit]) -> list[Hit]:
    best = hits[0].ranked.score
    shares = [_NEARLY_AS_GOOD, _THIRD_AS_GOOD] if best > 1 else [_FUSED_NEARLY, _FUSED_NEARLY]
    others = zip(hits[1:_MOST_ARTICLES], shares, strict=False)
    return [hits[0], *(hit for hit, share in others if hit.ranked.score >= share * best)]


def _referred(best: Hit, hits: Sequence[Hit]) -> list[Hit]:
    """Give the articles found that the best one only points at: they answer in its place.

    "Les dispositions de l’article 25 s’appliquent" answers nothing without article 25.
    """
    text = best.article.text if len(best.article.text) <= _ONLY_POINTS else ""
    numbers = set(_REFERENCE.findall(text)) - {best.article.number}
    return [h for h in hits if h.article.number in numbers and h.document == best.document]


def _best_of_each(hits: Sequence[Hit]) -> list[Hit]:
    """Give the first hit of each text, in the order in which search gives the texts."""
    firsts: dict[str, Hit] = {}
    for hit in hits:
        firsts.setdefault(hit.document.instrument.number, hit)
    return list(firsts.values())


def _compared_with(hit: Hit, result: SearchResult) -> list[Hit]:
    """Give the articles of other texts that stand beside it, where texts are compared."""
    if len(result.regime.instruments) < 2:
        return []
    return [other for other in _best_of_each(result.hits) if other.document != hit.document]


def _sentence(citation: Citation, last: Citation | None) -> str:
    """Introduce a quotation: which article of which text, and its subject.

    `last` is the citation that stands before it: what is the same is not said again.
    """
    quote = f"« {citation.quote} »"
    same_text = last is not None and last.document_id == citation.document_id
    if last and same_text and last.article == citation.article:
        return quote
    title = citation_title(citation.article, citation.heading)
    subject = f" ({title})" if title else ""
    article = article_label(citation.article)
    text = "" if same_text else f" {of_instrument(in_one_calendar(citation.instrument_name))}"
    start = "Voir aussi" if same_text else "Et d’après" if last else "D’après"
    link = " l’" if article.startswith(("article", "annexe")) else " : "
    return f"{start}{link}{article}{text}{subject} : {quote}"
