"""What goes to a human with a question: what it was asked in, as the refusal showed it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts.records import Person
from assistant.answer_records import Outcome
from assistant.answering.contract import read_regime
from assistant.answering.human_records import Standing
from assistant.errors import UnknownConversation
from assistant.searching.question_identity import identity_of
from assistant.storage.conversation_tables import ConversationRow, HumanQuestionRow, TurnRow
from assistant.storage.tables import now

_EARLIER = 10  # questions of the conversation that go with it


def refused_turn(session: Session, person: Person, turn_id: int) -> TurnRow:
    """Give a turn of a person that the texts did not answer.

    Raises:
        UnknownConversation: it is none, or somebody else's.
    """
    turn = session.get(TurnRow, turn_id)
    conversation = session.get(ConversationRow, turn.conversation_id) if turn else None
    if turn is None or conversation is None or conversation.person_id != person.id:
        raise UnknownConversation
    if turn.answer is None or turn.answer.outcome != Outcome.NOT_FOUND:
        raise UnknownConversation
    return turn


def withdraw(session: Session, conversation_id: str) -> None:
    """Close what is still open of a conversation, and forget what was asked before each question.

    A question stays, with who sent it: an answer to it is given to others.
    """
    query = select(HumanQuestionRow).where(
        HumanQuestionRow.turn_id.in_(
            select(TurnRow.id).where(TurnRow.conversation_id == conversation_id)
        )
    )
    for row in session.scalars(query):
        row.asked_in = {**row.asked_in, "earlier": []}
        if row.standing == Standing.OPEN.value:
            row.standing = Standing.WITHDRAWN.value
            row.closed_by, row.closed_at = row.person_id, now()


def sent_row(session: Session, person: Person, turn: TurnRow) -> HumanQuestionRow:
    """Give the question with what it was asked in."""
    assert turn.answer is not None
    content = turn.answer.content
    before = (
        select(TurnRow)
        .where(TurnRow.conversation_id == turn.conversation_id, TurnRow.id < turn.id)
        .order_by(TurnRow.id.desc())
        .limit(_EARLIER)
    )
    earlier = [row.completed or row.question for row in session.scalars(before)]
    return HumanQuestionRow(
        turn_id=turn.id,
        person_id=person.id,
        question=content["question"],
        identity=identity_of(content["question"]),
        instruments=list(read_regime(content["regime"]).instruments),
        asked_in={
            "regime": content["regime"],
            "nearest": content.get("nearest", []),
            "earlier": earlier[::-1],
        },
        standing=Standing.OPEN.value,
    )
