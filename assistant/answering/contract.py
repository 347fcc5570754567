"""Answers and regimes as the JSON that the command line, the API and the database share."""

from dataclasses import asdict
from typing import Any

from assistant.records import Answer, Citation, Regime, Sentence


def answer_json(answer: Answer) -> dict[str, Any]:
    """Give an answer in the form that the command line prints."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "answer": answer.text,
        "language": "fr",
        "regime": regime_json(answer.regime),
        "citations": [_citation_json(citation) for citation in answer.citations],
        "sentences": [_sentence_json(sentence) for sentence in answer.sentences],
        "contact": answer.contact,
        "model": answer.model,
        "cached": answer.cached,
        "seconds": {k: v and round(v, 4) for k, v in asdict(answer.seconds).items()},
    }


def regime_json(regime: Regime) -> dict[str, Any]:
    """Give a regime; `instrument` is a list when the question compares, null when none governs."""
    instruments: Any = list(regime.instruments)
    if len(instruments) < 2:
        instruments = instruments[0] if instruments else None
    return {
        "instrument": instruments,
        "status": regime.status.value if regime.status else None,
        "basis": regime.basis,
        "launched": regime.launched.isoformat() if regime.launched else None,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "label": citation.label,
        "document_id": citation.document_id,
        "instrument": citation.instrument,
        "instrument_name": citation.instrument_name,
        "force": citation.force,
        "article": citation.article,
        "paragraph": citation.paragraph,
        "heading": citation.heading,
        "page": citation.page,
        "printed_page": citation.printed_page,
        "bo_page": citation.bo_page,
        "quote": citation.quote,
        "start": citation.start,
        "boxes": [list(box) for box in citation.boxes],
    }


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {
        "sentence": sentence.sentence,
        "labels": list(sentence.labels),
        "findings": [
            {"kind": f.kind.value, "message": f.message, "serious": f.serious}
            for f in sentence.findings
        ],
    }
