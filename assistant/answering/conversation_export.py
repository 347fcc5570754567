"""A conversation as a file: JSON for programs, HTML for people; every word in it literally."""

import html
import json
from collections.abc import Sequence
from string import Template
from typing import Any

from assistant.answering.citations import instrument_phrase, place_label
from assistant.answering.conversations import Conversation, Turn

_PAGE = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { font: 1rem/1.5 serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; border-top: 1px solid #bbb; padding-top: 1rem; }
p { white-space: pre-line; }
blockquote { border-left: 3px solid #bbb; margin-left: 0; padding-left: 1rem; }
.note { color: #555; font-size: .9rem; }
</style>
</head>
<body>
<h1>$title</h1>
$turns
</body>
</html>
""")


def conversation_json(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Write a conversation as JSON, each answer as the command line gives it."""
    content = {
        "id": conversation.id,
        "title": conversation.title,
        "changed_at": conversation.changed_at.isoformat(timespec="seconds"),
        "turns": [_turn_json(turn) for turn in turns],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def conversation_html(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Write a conversation as one page that needs nothing else."""
    body = "\n".join(map(_turn_html, turns))
    return _PAGE.substitute(title=html.escape(conversation.title), turns=body)


def _turn_json(turn: Turn) -> dict[str, Any]:
    asked = turn.asked
    return {
        "asked_at": turn.asked_at.isoformat(timespec="seconds"),
        "question": asked.question,
        "completed": asked.completed,
        "within": asked.within,
        "launched": asked.launched.isoformat() if asked.launched else None,
        "answer": turn.answer,
        "error": turn.error,
    }


def _turn_html(turn: Turn) -> str:
    parts = [f"<h2>{html.escape(turn.asked.question)}</h2>"]
    if turn.asked.completed:
        parts.append(_note(f"Question comprise : {turn.asked.completed}"))
    if turn.answer is None:
        parts.append(_note(turn.error or "La réponse a été interrompue."))
        return "\n".join(parts)
    if turn.answer["regime"]["instrument"]:
        parts.append(_note(turn.answer["regime"]["basis"]))
    parts.append(f"<p>{html.escape(turn.answer['answer'])}</p>")
    parts += map(_citation_html, turn.answer["citations"])
    return "\n".join(parts)


def _citation_html(citation: dict[str, Any]) -> str:
    place = place_label(citation["article"], citation["paragraph"])
    name = instrument_phrase(citation["instrument_name"])
    bo = f", BO p. {citation['bo_page']}" if citation["bo_page"] else ""
    source = f"[{citation['label']}] {place}, {name}{bo} (page {citation['page']} du PDF)"
    return f"<blockquote><p>{html.escape(citation['quote'])}</p></blockquote>\n{_note(source)}"


def _note(text: str) -> str:
    return f'<p class="note">{html.escape(text)}</p>'
