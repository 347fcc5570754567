"""What a quotation gives that a later arrêté can have changed: the answer says so."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer_records import Citation
from assistant.answering.citations import article_label, in_one_calendar, instrument_phrase
from assistant.answering.wanted import AMOUNT, RATE
from assistant.searching.amendments import known_amendments
from assistant.searching.results import SearchResult

_CAN_CHANGE = re.compile(
    r"\b(?P<what>seuil|taux|montant|plafond|limite)s?\b[^.\n]*\bpeu(?:t|vent)\b[^.\n]*"
    r"\bêtre (?:modifié|relevé|révisé|actualisé)e?s?\b[^.\n]*\barrêté\b",
    re.IGNORECASE,
)
"""What an article says of its own figures: "Ces seuils peuvent être modifiés par arrêté"."""

_FIGURE = re.compile(rf"{AMOUNT}|{RATE}", re.IGNORECASE)
_ARRETE = re.compile(r"arrêté\b", re.IGNORECASE)


def note_on_thresholds(citations: Sequence[Citation], result: SearchResult) -> str:
    """Say which figures quoted can have been changed since, and by which arrêtés; "" for none.

    Those are named that the assistant knows, or that are indexed and name the decree in their
    title; not those that are later than the year the procedure was launched in.
    """
    texts = {(h.document.id, h.article.number): h.article.text for h in result.hits}
    notes = (_note(c, texts.get((c.document_id, c.article), ""), result) for c in citations)
    return " ".join(dict.fromkeys(filter(None, notes)))


def _note(citation: Citation, text: str, result: SearchResult) -> str:
    found = _CAN_CHANGE.search(text)
    if found is None or citation.start > found.start() or not _FIGURE.search(citation.quote):
        return ""
    what = found["what"].lower()
    figures = "taux" if what == "taux" else f"{what}s"
    start = f"Les {figures} de l’{article_label(citation.article)} peuvent"
    if by := list(_amended_by(citation.instrument, what, result)):
        return f"{start} avoir été modifiés par {' et par '.join(by)}\u00a0: vérifiez-les."
    if any(a.amended == citation.instrument and a.what == what for a in known_amendments()):
        return ""  # all of them are later than the procedure
    return f"{start} être modifiés par arrêté\u00a0: vérifiez qu’ils ne l’ont pas été."


def _amended_by(instrument: str, what: str, result: SearchResult) -> Iterator[str]:
    """Name the arrêtés, "l’arrêté n° 754-24 (2024)"; those indexed by their full name."""
    arretes = {
        document.instrument.number: document.instrument
        for document in result.searched
        if _ARRETE.match(document.instrument.title) and instrument in document.instrument.title
    }
    launched = result.regime.launched
    for known in known_amendments():
        is_of = known.amended == instrument and known.what == what
        in_time = launched is None or known.year <= launched.year
        if is_of and in_time and known.number not in arretes:
            yield f"l’{known.name} ({known.year})"
    for arrete in arretes.values():
        yield f"l’{instrument_phrase(in_one_calendar(arrete.short_name))}"
