"""Answers are kept with everything that produced them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from assistant import __version__
from assistant.answer_records import Answer
from assistant.answering.contract import answer_json
from assistant.errors import UnknownAnswer
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given."""

    asked_at: datetime
    content: dict[str, Any]  # as the command line gives it
    context: dict[str, Any]  # what produced it


class History:
    """The kept answers."""

    def __init__(
        self,
        database: Database,
        *,
        name: str = "",
        settings: Mapping[str, Any] | None = None,
        on_kept: Callable[[Answer], object] | None = None,
    ) -> None:
        """Keep answers with the settings under which they are made, and the name of these, if any.

        An answer that is given again keeps those under which it was written. `on_kept` is told
        each answer that is kept.
        """
        self._database = database
        self._name, self._settings = name, settings or {}
        self._on_kept = on_kept

    def keep(self, answer: Answer, *, within: str | None = None) -> Answer:
        """Keep an answer, and the text it was asked within; it comes back with its identifier."""
        kept = replace(answer, id=uuid.uuid4().hex)
        context: dict[str, Any] = {
            "version": __version__,
            "within": within,
            "documents": list(answer.searched),
            "prompt": answer.prompt,
            "draft": answer.draft,
            "original": answer.original,
            "passages": [
                {"id": r.passage.id, "article": r.passage.article, "score": r.score}
                for r in answer.nearest
            ],
        }
        with self._database.session() as session:
            original = session.get(AnswerRow, answer.original) if answer.original else None
            context["configuration"] = (
                original.context.get("configuration") if original else self._written_under(answer)
            )
            session.add(
                AnswerRow(
                    id=kept.id,
                    question=answer.question,
                    outcome=answer.outcome.value,
                    model=answer.model,
                    content=answer_json(answer),
                    context=context,
                )
            )
        if self._on_kept:
            self._on_kept(kept)
        return kept

    def _written_under(self, answer: Answer) -> dict[str, Any]:
        made = {"model": answer.model, "version": __version__}
        return {"name": self._name, "settings": {**made, **self._settings}}

    def set_thumb(self, answer_id: str, thumb: int | None) -> None:
        """Keep what the reader thinks of an answer: 1 up, -1 down, None withdrawn."""
        with self._database.session() as session:
            session.get_one(AnswerRow, answer_id).thumb = thumb

    def find(self, answer_id: str) -> KeptAnswer:
        """Give a kept answer with everything that produced it.

        Raises:
            UnknownAnswer: there is none of that identifier.
        """
        with self._database.reading() as session:
            row = session.get(AnswerRow, answer_id)
            if row is None:
                raise UnknownAnswer(answer_id)
            return KeptAnswer(row.asked_at, row.content, row.context)

    def latest(self, limit: int) -> list[tuple[datetime, str, dict[str, Any]]]:
        """Give the last answers: when, identifier, content as kept."""
        query = select(AnswerRow).order_by(AnswerRow.asked_at.desc()).limit(limit)
        with self._database.reading() as session:
            return [(row.asked_at, row.id, row.content) for row in session.scalars(query)]
