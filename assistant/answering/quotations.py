"""Which words of an article to quote."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.sentences import is_item, split_paragraphs, split_sentences
from assistant.records import Article
from assistant.searching.lexical import encode_passages

Span = tuple[int, int]
"""Start and end in an article's text."""

Weights = Mapping[int, float]
"""Stem → how much a word counts."""

_LONGEST_QUOTE = 700  # characters; a longer paragraph is quoted by its best sentences
_LONGEST_LIST = 1600  # characters of a list quoted with the sentence that opens it
_QUANTITY_BONUS = 3.0  # for a paragraph with the quantity asked for: without, it answers little
_ASKED_LIST_BONUS = 1.6  # for one that opens a list, where a list is asked for
_LIST_BONUS = 1.2  # … where none is
_TITLE_MALUS = 0.3  # for a title inside the article: it announces and says nothing
_SUBJECT = 0.3  # weight of the heading's words inside the article

_TITLE = re.compile(r"(?:[A-Z]\s?[.)–-]|[IVX]+\s?[.)–-]|\d+\s?[.)–-])\s.{0,60}:")
_ANAPHORA = re.compile(
    r"(?:Dans (?:ce|ces|cette|tous les) cas|Toutefois|Cependant|A cet effet|À cet effet|En outre"
    r"|De même|Il en est de même|Ces?\b|Cet(?:te)?\b|Celles?-ci|Celui-ci|Elles?\b|Ledit|Lesdits"
    r"|Ladite|Ils?\b(?! (?:est|peut|ne peut|en)\b))",
)
_ASKS_LIST = re.compile(
    r"\bquel(?:le)?s\b|\blistes?\b|\bque (?:doit|doivent|contien)", re.IGNORECASE
)

_NUMBER_WORD = (
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante"
    r"|cinquante|soixante|quatre.vingts?|cent|mille|millions?"
)
_AMOUNT = r"\d\)?\s+(?:de\s+)?(?:dirhams|DH)\b"
_DURATION = rf"(?:\d|\b(?:{_NUMBER_WORD}))\)?\s+(?:jours?|mois|ans?|années|heures?)\b"
_RATE = r"\d\s*%|\bpour cent\b|\bpour mille\b"
_COUNT = rf"\(\d|\b\d+\b|\b(?:{_NUMBER_WORD})\b"
_QUANTITIES = (
    (r"\bmontants?\b|\bplafonds?\b|\bprix\b|\bsommes?\b|\bbudget\b|\bseuils?\b", _AMOUNT),
    (r"\bamounts?\b|\bthresholds?\b|\bceilings?\b|مبلغ|سقف|عتبة", _AMOUNT),
    (r"\btaux\b|\bpourcentages?\b|\bproportion\b|\bpart maxim|\brates?\b|\bpercent|نسبة", _RATE),
    (r"\bd[ée]lais?\b|\bdur[ée]es?\b|\bjours?\b|\bjrs?\b|\btemps\b|\bdate\b|\bquand\b", _DURATION),
    (r"\bhow (?:long|soon)\b|\bdays?\b|\bdeadlines?\b|\bperiods?\b|مدة|أجل\b|آجال|يوما", _DURATION),
    (r"\bcombien\b|\bcb\b|\bmaxim|\bminim|\bnombre\b|\bhow many\b|\bnumber\b|\bكم\b|عدد", _COUNT),
)
"""What a question asks for → what a text gives; the first that fits decides."""


def quantity_asked(question: str) -> re.Pattern[str] | None:
    """Tell how the quantity that a question asks for is written; None if it asks for none."""
    for asks, gives in _QUANTITIES:
        if re.search(asks, question, re.IGNORECASE):
            return re.compile(gives, re.IGNORECASE)
    return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quotation should hold."""

    weights: Weights
    quantity: re.Pattern[str] | None = None  # how the quantity asked for is written
    enumeration: bool = False  # whether a list is asked for


def wanted_by(question: str, weights: Weights) -> Wanted:
    """Tell what a quotation that answers a question should hold."""
    return Wanted(weights, quantity_asked(question), _ASKS_LIST.search(question) is not None)


def best_quote(article: Article, wanted: Wanted, *, within: Span | None = None) -> Span | None:
    """Choose what to quote of an article, or None if none of the words that weigh stands in it.

    It is a paragraph, with the list that it opens or the sentence that opens its list; of a long
    paragraph, the sentences around the best one. `within` keeps the choice to a passage.
    """
    text = article.text
    low, high = within or (0, len(text))
    paragraphs = split_paragraphs(text)  # a list may run over the end of the passage
    if not paragraphs:
        return None
    weights = _inside(article, wanted.weights)
    texts = [text[start:end] for start, end in paragraphs]
    scores = [
        score * _bonus(piece, wanted) if low <= start < high else 0.0
        for score, piece, (start, _) in zip(_scores(texts, weights), texts, paragraphs, strict=True)
    ]
    best = max(range(len(paragraphs)), key=lambda index: scores[index])
    if scores[best] <= 0:
        return None
    start, end = paragraphs[best]
    if end - start > _LONGEST_QUOTE:
        return _best_sentences(text, (start, end), weights)
    last = _list_end(text, paragraphs, best)
    first = _list_opening(text, paragraphs, best)
    first = _antecedent(text, paragraphs, first, end=paragraphs[last][1])
    return paragraphs[first][0], paragraphs[last][1]


def opening(
    article: Article, *, within: Span | None = None, longest: int = _LONGEST_LIST
) -> Span | None:
    """Quote an article, or a part of it, from its beginning: whole paragraphs up to `longest`."""
    start, stop = within or (0, len(article.text))
    paragraphs = [s for s in split_paragraphs(article.text) if start <= s[0] and s[1] <= stop]
    ends = [end for _, end in paragraphs if end - start <= longest]
    ends = ends or [end for _, end in paragraphs[:1]]
    return (start, ends[-1]) if ends else None


def _inside(article: Article, weights: Weights) -> Weights:
    """Weigh less the words of the heading: all of the article is about them."""
    [subject], _ = encode_passages([article.heading])
    known = frozenset(subject)
    return {stem: w * (_SUBJECT if stem in known else 1.0) for stem, w in weights.items()}


def _bonus(paragraph: str, wanted: Wanted) -> float:
    bonus = 1.0
    if wanted.quantity and wanted.quantity.search(paragraph):
        bonus *= _QUANTITY_BONUS
    if _TITLE.fullmatch(paragraph):
        return bonus * _TITLE_MALUS
    if paragraph.endswith(":"):
        bonus *= _ASKED_LIST_BONUS if wanted.enumeration else _LIST_BONUS
    return bonus


def _scores(texts: Sequence[str], weights: Weights) -> list[float]:
    """Add the weights of the words that each text has; a repetition says nothing more."""
    stems, _ = encode_passages(texts)
    return [sum(weights.get(stem, 0.0) for stem in set(indices)) for indices in stems]


def _list_opening(text: str, paragraphs: Sequence[Span], best: int) -> int:
    """Go back from a list item to the sentence that opens its list, if it is near enough."""
    if not is_item(text[slice(*paragraphs[best])]):
        return best
    for index in range(best - 1, -1, -1):
        start, end = paragraphs[index]
        if paragraphs[best][1] - start > _LONGEST_QUOTE:
            return best
        if text[start:end].endswith(":"):
            return index
    return best


def _antecedent(text: str, paragraphs: Sequence[Span], first: int, *, end: int) -> int:
    """Go back from "Toutefois, ce délai…" to the paragraph it speaks of, if it is near enough."""
    while first and _ANAPHORA.match(text[slice(*paragraphs[first])]):
        if end - paragraphs[first - 1][0] > _LONGEST_QUOTE:
            break
        first -= 1
    return first


def _list_end(text: str, paragraphs: Sequence[Span], best: int) -> int:
    """Go on from a sentence that opens a list to the end of the list, if it is short enough."""
    start, end = paragraphs[best]
    if not text[start:end].endswith(":"):
        return best
    last = best
    for index in range(best + 1, len(paragraphs)):
        item_start, item_end = paragraphs[index]
        if item_end - start > _LONGEST_LIST or not is_item(text[item_start:item_end]):
            break
        last = index
        if text[item_end - 1] == ".":
            break
    follows = best + 1 < len(paragraphs) and last == best
    if follows and paragraphs[best + 1][1] - start <= _LONGEST_LIST:
        return best + 1  # a quotation never ends where it announces something
    return last


def _best_sentences(text: str, paragraph: Span, weights: Weights) -> Span:
    """Quote the best sentence of a long paragraph, with the one before it if both are short."""
    offset = paragraph[0]
    spans = [(s + offset, e + offset) for s, e in split_sentences(text[slice(*paragraph)])]
    scores = _scores([text[start:end] for start, end in spans], weights)
    best = max(range(len(spans)), key=lambda index: scores[index])
    start, end = spans[best]
    if best and end - spans[best - 1][0] <= _LONGEST_QUOTE:
        start = spans[best - 1][0]
    return start, end
