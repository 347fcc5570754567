"""A dossier as JSON: the answer as the command line gives it, and what it rests on."""

import base64
import json
from typing import Any

from assistant.answering.contract import answer_json
from assistant.dossiers.records import Dossier, DrawnPage, Source

FORMAT = 1  # goes up when a reader of the JSON would have to change


def dossier_json(dossier: Dossier) -> str:
    """Write a dossier; images are PNG in base64."""
    content = {
        "format": FORMAT,
        "made_at": dossier.made_at.isoformat(timespec="seconds"),
        "made_by": dossier.made_by,
        "asked_at": dossier.asked_at.isoformat(timespec="seconds"),
        "question_typed": dossier.typed,
        "answer_id": dossier.answer_id,
        "answer": answer_json(dossier.answer),
        "version": dossier.version,
        "configuration": dossier.configuration,
        "sources": [_source_json(source) for source in dossier.sources],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _source_json(source: Source) -> dict[str, Any]:
    article = source.article
    return {
        "title": source.title,
        "instrument": source.instrument,
        "force": source.force,
        "file": source.file_name,
        "sha256": source.sha256,
        "quotations": [
            {"label": q.label, "text": q.text, "start": q.start, "citation": q.citation}
            for q in source.quotations
        ],
        "reread": source.is_reread,
        "article": article
        and {
            "number": article.number,
            "heading": article.heading,
            "path": list(article.path),
            "text": article.text,
        },
        "pages": [_page_json(page) for page in source.pages],
    }


def _page_json(page: DrawnPage) -> dict[str, Any]:
    return {
        "page": page.numbers.pdf,
        "printed_page": page.numbers.printed,
        "bo_page": page.numbers.bo,
        "png": base64.b64encode(page.png).decode(),
    }
