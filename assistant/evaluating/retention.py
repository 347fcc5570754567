"""Old answers go, with the turns of the conversations they stand in, if a setting says so.

What people worked on stays: an answer that somebody rated, gave a thumb or sent to a human, or that
a campaign has.
"""

import logging
import threading
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from assistant.accounts.audit import note
from assistant.errors import report_bug
from assistant.storage.campaign_tables import CampaignItemRow
from assistant.storage.conversation_tables import ConversationRow, HumanQuestionRow, TurnRow
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, RatingRow, now
from assistant.typesetting import count

_log = logging.getLogger("assistant")

BY = "assistant"
"""The login under which the audit log names it: nobody's."""
_EVERY = 24 * 3600.0  # seconds
_PATIENCE = 10.0  # seconds that closing waits for a deletion


class Retention:
    """Deletes what is older than some days, at the start and every day after it."""

    def __init__(self, database: Database, *, days: int) -> None:
        """Keep answers for so many days; 0: for ever."""
        self._database = database
        self._days = days
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def apply(self, at: datetime) -> int:
        """Delete what is too old at a moment; gives the number of answers that went."""
        if not self._days:
            return 0
        before = at - timedelta(days=self._days)
        with self._database.session() as session:
            gone = _delete(session, before)
            if gone:
                subject = f"{count(gone, 'réponse')} d’avant le {before:%d/%m/%Y}"
                note(session, "answers_expired", by=BY, subject=subject)
        return gone

    def start(self) -> None:
        """Begin to look, now and every day, in a thread of its own."""
        if self._days and self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="retention")
            self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._stopped.set()
        if self._thread:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        self._look()
        while not self._stopped.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        try:
            gone = self.apply(now())
        except Exception as error:  # noqa: BLE001 - tomorrow it is tried again
            report_bug(error)
        else:
            _log.info("retention: %d answers deleted", gone)


def _delete(session: Session, before: datetime) -> int:
    """Delete answers, the turns they answer, old turns without an answer, and what is then empty.

    A conversation that was deleted left its answers: they go here too.
    """
    too_old = select(AnswerRow.id).where(AnswerRow.asked_at < before, *_of_no_use())
    unanswered = TurnRow.answer_id.is_(None) & (TurnRow.asked_at < before)
    session.execute(delete(TurnRow).where(or_(TurnRow.answer_id.in_(too_old), unanswered)))
    answers = list(
        session.scalars(delete(AnswerRow).where(AnswerRow.id.in_(too_old)).returning(AnswerRow.id))
    )
    with_turns = select(TurnRow.conversation_id)
    session.execute(
        delete(ConversationRow).where(
            ConversationRow.changed_at < before, ConversationRow.id.not_in(with_turns)
        )
    )
    return len(answers)


def _of_no_use() -> list[ColumnElement[bool]]:
    """Tell the answers that nobody worked on."""
    compared = select(CampaignItemRow.other_answer_id).where(
        CampaignItemRow.other_answer_id.is_not(None)
    )
    sent = select(TurnRow.answer_id).where(
        TurnRow.answer_id.is_not(None), TurnRow.id == HumanQuestionRow.turn_id
    )
    return [
        AnswerRow.thumb.is_(None),
        AnswerRow.id.not_in(sent),
        AnswerRow.id.not_in(select(RatingRow.answer_id)),
        AnswerRow.id.not_in(select(CampaignItemRow.answer_id)),
        AnswerRow.id.not_in(compared),
    ]
