"""Answers and regimes as the JSON that the command line, the API and the database share."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.answer_records import (
    Answer,
    Citation,
    Finding,
    FindingKind,
    Outcome,
    Review,
    Seconds,
    Sentence,
    Tokens,
)
from assistant.records import Regime, Status
from assistant.typesetting import day

NEAREST = 3
"""Articles named in a refusal."""


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
        "written_at": answer.written_at,
        "review": asdict(answer.review) if answer.review else None,
        "nearest": [] if answer.outcome is Outcome.ANSWERED else _nearest_json(answer),
        "tokens": asdict(answer.tokens) if answer.tokens else None,
        "seconds": {k: v and round(v, 4) for k, v in asdict(answer.seconds).items()},
    }


def _nearest_json(answer: Answer) -> list[dict[str, Any]]:
    """Give the articles nearest to a question that the texts do not answer, best first."""
    return [
        {
            "document_id": ranked.passage.document_id,
            "instrument": ranked.passage.instrument,
            "article": ranked.passage.article,
            "heading": ranked.passage.heading,
        }
        for ranked in answer.nearest[:NEAREST]
    ]


def read_answer(content: Mapping[str, Any]) -> Answer:
    """Give back the answer of `answer_json`: all that is shown of it."""
    return Answer(
        question=content["question"],
        outcome=Outcome(content["outcome"]),
        text=content["answer"],
        regime=read_regime(content["regime"]),
        citations=tuple(_read_citation(citation) for citation in content["citations"]),
        sentences=tuple(_read_sentence(sentence) for sentence in content["sentences"]),
        contact=content["contact"],
        model=content["model"],
        seconds=Seconds(**content["seconds"]),
        cached=content["cached"],
        written_at=content.get("written_at"),
        review=Review(**content["review"]) if content.get("review") else None,
        tokens=Tokens(**content["tokens"]) if content.get("tokens") else None,
    )


def reviewed_by(answer: Mapping[str, Any]) -> str:
    """Say who answered, when, and for which procedure, as in "Réponse relue par …"."""
    review, launched = answer["review"], answer["regime"]["launched"]
    procedure = f", pour une procédure lancée le {day(launched)}" if launched else ""
    return f"{review['by']} le {day(review['at'])}{procedure}"


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


def read_regime(content: Mapping[str, Any]) -> Regime:
    """Give back the regime of `regime_json`."""
    named = content["instrument"]
    numbers = tuple(named) if isinstance(named, list) else (named,) if named else ()
    status = Status(content["status"]) if content["status"] else None
    launched = date.fromisoformat(content["launched"]) if content["launched"] else None
    return Regime(numbers, status, content["basis"], launched)


def _read_citation(content: Mapping[str, Any]) -> Citation:
    boxes = tuple((int(page), x0, y0, x1, y1) for page, x0, y0, x1, y1 in content["boxes"])
    return Citation(**{**content, "boxes": boxes})


def _read_sentence(content: Mapping[str, Any]) -> Sentence:
    findings = tuple(
        Finding(FindingKind(f["kind"]), f["message"], f["serious"]) for f in content["findings"]
    )
    return Sentence(content["sentence"], tuple(content["labels"]), findings)


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
