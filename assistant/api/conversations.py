"""One's own conversations: listed, read, renamed, deleted, given as a file."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Response

from assistant.accounts.records import Person
from assistant.answering.conversation_export import (
    conversation_content,
    conversation_html,
    conversation_json,
    conversation_line,
)
from assistant.answering.conversations import MOST_LISTED
from assistant.api.opened import Asker, Opened
from assistant.api.shapes import ConversationShape, ConversationTurnsShape, Title
from assistant.wiring import Services

router = APIRouter(tags=["Conversations"])


@router.get("/conversations", response_model=list[ConversationShape])
def conversations(
    services: Opened,
    person: Asker,
    containing: Annotated[
        str, Query(max_length=200, description="Seulement celles où se trouvent tous ces mots")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = MOST_LISTED,
) -> list[dict[str, Any]]:
    """List the caller's conversations, the last changed first."""
    found = services.conversations.of(person, containing=containing, limit=limit)
    return [conversation_line(conversation) for conversation in found]


@router.get("/conversations/{conversation_id}", response_model=ConversationTurnsShape)
def conversation(conversation_id: str, services: Opened, person: Asker) -> dict[str, Any]:
    """Give one of the caller's conversations with its turns, the oldest first."""
    return conversation_content(*_whole(services, person, conversation_id))


@router.patch("/conversations/{conversation_id}", response_model=ConversationShape)
def rename(
    conversation_id: str, titled: Annotated[Title, Body()], services: Opened, person: Asker
) -> dict[str, Any]:
    """Give one of the caller's conversations another title; a blank one changes nothing."""
    services.conversations.rename(person, conversation_id, titled.title)
    return conversation_line(services.conversations.find(person, conversation_id))


@router.delete("/conversations/{conversation_id}", status_code=204)
def delete(conversation_id: str, services: Opened, person: Asker) -> None:
    """Delete one of the caller's conversations; its answers stay, without a name.

    What was sent of it to a person and is not answered yet is withdrawn.
    """
    services.conversations.delete(person, conversation_id)


@router.get(
    "/conversations/{conversation_id}/export",
    response_class=Response,
    responses={200: {"content": {"application/json": {}, "text/html": {}}}},
)
def export(
    conversation_id: str,
    services: Opened,
    person: Asker,
    format: Literal["json", "html"] = "json",  # noqa: A002
) -> Response:
    """Give one of the caller's conversations as the file that its page offers."""
    whole = _whole(services, person, conversation_id)
    write = {"json": conversation_json, "html": conversation_html}[format]
    return Response(
        write(*whole).encode(),
        media_type={"json": "application/json", "html": "text/html; charset=utf-8"}[format],
        headers={
            "content-disposition": f'attachment; filename="conversation.{format}"',
            "content-security-policy": "sandbox",
            "x-content-type-options": "nosniff",
        },
    )


def _whole(services: Services, person: Person, conversation_id: str) -> Any:
    """Give a conversation, its turns, and what was sent of them to a person."""
    found = services.conversations.find(person, conversation_id)
    turns = services.conversations.turns(person, conversation_id)
    return found, turns, services.human_questions.of_conversation(conversation_id)
