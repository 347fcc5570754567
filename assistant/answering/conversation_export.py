"""A conversation as a file: JSON for programs, HTML for people; every word in it literally."""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from string import Template
from typing import Any

from assistant.answering.citations import instrument_phrase, place_label
from assistant.answering.contract import reviewed_by
from assistant.answering.conversations import Conversation, Turn
from assistant.answering.human_records import HumanQuestion

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


Sent = Mapping[int, HumanQuestion]
"""What was sent to a human, by the identifier of its turn."""


def conversation_json(conversation: Conversation, turns: Sequence[Turn], sent: Sent) -> str:
    """Write a conversation as JSON, each answer as the command line gives it."""
    content = conversation_content(conversation, turns, sent)
    return json.dumps(content, ensure_ascii=False, indent=1)


def conversation_content(
    conversation: Conversation, turns: Sequence[Turn], sent: Sent
) -> dict[str, Any]:
    """Give what `conversation_json` writes."""
    return {
        **conversation_line(conversation),
        "turns": [_turn_json(turn, sent.get(turn.id)) for turn in turns],
    }


def conversation_line(conversation: Conversation) -> dict[str, Any]:
    """Give a conversation without what was said in it."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "changed_at": conversation.changed_at.isoformat(timespec="seconds"),
    }


def conversation_html(conversation: Conversation, turns: Sequence[Turn], sent: Sent) -> str:
    """Write a conversation as one page that needs nothing else."""
    body = "\n".join(_turn_html(turn, sent.get(turn.id)) for turn in turns)
    return _PAGE.substitute(title=html.escape(conversation.title), turns=body)


def _turn_json(turn: Turn, sent: HumanQuestion | None) -> dict[str, Any]:
    asked = turn.asked
    return {
        "asked_at": turn.asked_at.isoformat(timespec="seconds"),
        "question": asked.question,
        "completed": asked.completed,
        "within": asked.within,
        "launched": asked.launched.isoformat() if asked.launched else None,
        "answer": turn.answer,
        "error": turn.error,
        "human": sent and {"standing": sent.standing, "text": sent.text, "answer": sent.content},
    }


def _turn_html(turn: Turn, sent: HumanQuestion | None) -> str:
    parts = [f"<h2>{html.escape(turn.asked.question)}</h2>"]
    if turn.asked.completed:
        parts.append(_note(f"Question comprise : {turn.asked.completed}"))
    if turn.answer is None:
        parts.append(_note(turn.error or "La réponse a été interrompue."))
    else:
        parts += _answer_html(turn.answer)
    if sent and sent.content:
        parts += _answer_html(sent.content)
    elif sent and sent.text:
        parts.append(_note(f"{sent.reviewer} : {sent.text}"))
    return "\n".join(parts)


def _answer_html(answer: Mapping[str, Any]) -> Iterator[str]:
    if answer["regime"]["instrument"]:
        yield _note(answer["regime"]["basis"])
    if answer.get("review"):
        yield _note(f"Réponse relue par {reviewed_by(answer)}")
    yield f"<p>{html.escape(answer['answer'])}</p>"
    yield from map(_citation_html, answer["citations"])


def _citation_html(citation: dict[str, Any]) -> str:
    place = place_label(citation["article"], citation["paragraph"])
    name = instrument_phrase(citation["instrument_name"])
    bo = f", BO p. {citation['bo_page']}" if citation["bo_page"] else ""
    source = f"[{citation['label']}] {place}, {name}{bo} (page {citation['page']} du PDF)"
    return f"<blockquote><p>{html.escape(citation['quote'])}</p></blockquote>\n{_note(source)}"


def _note(text: str) -> str:
    return f'<p class="note">{html.escape(text)}</p>'
