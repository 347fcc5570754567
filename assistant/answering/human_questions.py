"""Questions that the texts did not answer go to a human, and the answer comes back.

It is shown in the conversation it was asked in, given first to who asks the same
(`reviewed_answers`), and its question leads search to the article cited (`searching.key_store`).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from assistant.accounts.audit import note
from assistant.accounts.records import Permission, Person
from assistant.answer_records import Answer, Outcome, Seconds
from assistant.answering.article_paragraphs import Span, read_article
from assistant.answering.contract import answer_json, read_regime
from assistant.answering.human_records import HumanQuestion, Standing
from assistant.answering.quotations import best_quote
from assistant.answering.reviewed_answers import (
    REVIEWED,
    Reviewed,
    ReviewedAnswers,
    places_json,
)
from assistant.answering.sending import refused_turn, sent_row
from assistant.answering.wanted import Wanted
from assistant.errors import ChangedMeanwhile, Forbidden, InvalidAnswer, WithdrawnQuestion
from assistant.records import Article
from assistant.searching.lexical import encode_questions
from assistant.storage.conversation_tables import ConversationRow, HumanQuestionRow, TurnRow
from assistant.storage.database import Database
from assistant.storage.tables import now

_LONGEST = 4_000  # characters of an answer


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a person cites: `text[start:end]` of an article."""

    instrument: str
    article: str
    span: tuple[int, int]


class HumanQuestions:
    """The questions sent; safe for several people at once."""

    def __init__(
        self,
        database: Database,
        reviewed: ReviewedAnswers,
        *,
        on_answered: Callable[[str, set[str]], object],
    ) -> None:
        """Keep questions; `on_answered` is told the articles whose questions change."""
        self._database = database
        self._reviewed = reviewed
        self._on_answered = on_answered

    def send(self, person: Person, turn_id: int) -> None:
        """Send the question of a turn that was not answered; a second time changes nothing.

        Raises:
            UnknownConversation: it is no turn of this person, or one that has its answer.
        """
        try:
            with self._database.session() as session:
                turn = refused_turn(session, person, turn_id)
                known = select(HumanQuestionRow.id).where(HumanQuestionRow.turn_id == turn_id)
                if session.scalars(known).first() is None:
                    session.add(sent_row(session, person, turn))
        except IntegrityError:
            return  # the other press was faster

    def of_conversation(self, conversation_id: str) -> dict[int, HumanQuestion]:
        """Give what was sent of a conversation, by the identifier of its turn."""
        query = (
            _query().join(HumanQuestionRow.turn).where(TurnRow.conversation_id == conversation_id)
        )
        with self._database.reading() as session:
            rows = list(session.scalars(query))
        return {row.turn_id: self._read(row) for row in rows if row.turn_id is not None}

    def standing(self, standing: Standing, *, limit: int = 50) -> list[HumanQuestion]:
        """Give the questions that stand so: the open ones oldest first, the others newest first."""
        order = HumanQuestionRow.sent_at
        query = (
            _query()
            .where(HumanQuestionRow.standing == standing.value)
            .order_by(order if standing is Standing.OPEN else order.desc())
            .limit(limit)
        )
        with self._database.reading() as session:
            rows = list(session.scalars(query))
        return [self._read(row) for row in rows]

    def spans(self, article: Article, said: str) -> list[Span]:
        """Give what can be quoted of an article: what says most of `said`, then each paragraph."""
        [stems], _ = encode_questions([said])
        best = best_quote(article, Wanted(dict.fromkeys(stems, 1.0)))
        paragraphs = read_article(article.text).spans
        return list(dict.fromkeys([*([best] if best else []), *paragraphs]))

    def answer(self, person: Person, question_id: int, text: str, quoted: Sequence[Quoted]) -> None:
        """Keep the answer of a person, with the articles that it rests on.

        Raises:
            Forbidden: their role does not allow it.
            InvalidAnswer: it says nothing, too much, or cites no article.
            ChangedMeanwhile: somebody else closed the question.
            WithdrawnQuestion: who sent it took it back.
            UnknownInstrument: an article is no longer there.
        """
        _check(person)
        text = _written(text)
        if not quoted:
            raise InvalidAnswer("Aucun article n’est cité. Choisissez celui qui répond.")
        places = [self._reviewed.place(q.instrument, q.article, q.span) for q in quoted]
        at = now()
        reviewed = self._reviewed.write(text, places, by=person.name, at=at)
        with self._database.session() as session:
            row = _open_row(session, question_id)
            _close(row, person, Standing.ANSWERED, text)
            row.places, row.closed_at = places_json(places), at
            row.content = _content(row, reviewed) if reviewed else None
            _bring_up(session, row)
            note(session, "question_answered", by=person, subject=str(row.id))
        self._tell(row)

    def close(self, person: Person, question_id: int, text: str) -> None:
        """Say that the texts do not rule what is asked, and why.

        Raises:
            Forbidden: their role does not allow it.
            InvalidAnswer: it does not say why, or says too much.
            ChangedMeanwhile: somebody else closed the question.
            WithdrawnQuestion: who sent it took it back.
        """
        _check(person)
        text = _written(text)
        with self._database.session() as session:
            row = _open_row(session, question_id)
            _close(row, person, Standing.OUTSIDE, text)
            _bring_up(session, row)
            note(session, "question_outside", by=person, subject=str(row.id))

    def reopen(self, person: Person, question_id: int) -> None:
        """Take back what was said of a question: it waits for another answer.

        Raises:
            Forbidden: their role does not allow it.
            WithdrawnQuestion: who sent it took it back.
        """
        _check(person)
        with self._database.session() as session:
            row = session.get_one(HumanQuestionRow, question_id)
            _check_is_asked(row)
            row.standing, row.content = Standing.OPEN.value, None
            row.closed_by = row.closed_at = None
            note(session, "question_reopened", by=person, subject=str(row.id))
        self._tell(row)

    def _tell(self, row: HumanQuestionRow) -> None:
        changed: dict[str, set[str]] = defaultdict(set)
        for place in row.places:
            changed[place["instrument"]].add(place["article"])
        for instrument, articles in changed.items():
            self._on_answered(instrument, articles)

    def _read(self, row: HumanQuestionRow) -> HumanQuestion:
        is_answered = row.standing == Standing.ANSWERED.value
        return HumanQuestion(
            id=row.id,
            asker=row.asker.name,
            sent_at=row.sent_at,
            question=row.question,
            earlier=tuple(row.asked_in["earlier"]),
            regime=row.asked_in["regime"],
            nearest=tuple(row.asked_in["nearest"]),
            standing=Standing(row.standing),
            text=row.text,
            reviewer=row.reviewer.name if row.reviewer else "",
            closed_at=row.closed_at,
            content=row.content,
            is_outdated=is_answered and self._reviewed.read(row) is None,
        )


def _query() -> Select[HumanQuestionRow]:
    return select(HumanQuestionRow).options(
        joinedload(HumanQuestionRow.asker), joinedload(HumanQuestionRow.reviewer)
    )


def _check(person: Person) -> None:
    if not person.role.allows(Permission.ANSWER):
        raise Forbidden(f"Votre rôle, {person.role.value}, ne permet pas de répondre.")


def _written(text: str) -> str:
    kept = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    kept = "".join(c for c in kept if c == "\n" or c >= " ")
    if not kept:
        raise InvalidAnswer("La réponse est vide. Écrivez-la en une ou deux phrases.")
    if len(kept) > _LONGEST:
        raise InvalidAnswer(
            f"La réponse compte {len(kept)} caractères, plus que les {_LONGEST} admis. "
            "Raccourcissez-la."
        )
    return kept


def _open_row(session: Session, question_id: int) -> HumanQuestionRow:
    row = session.get_one(HumanQuestionRow, question_id)
    _check_is_asked(row)
    if row.standing != Standing.OPEN.value:
        raise ChangedMeanwhile("Cette question", row.text)
    return row


def _check_is_asked(row: HumanQuestionRow) -> None:
    if row.standing == Standing.WITHDRAWN.value:
        raise WithdrawnQuestion


def _close(row: HumanQuestionRow, person: Person, standing: Standing, text: str) -> None:
    row.standing, row.text = standing.value, text
    row.closed_by, row.closed_at = person.id, now()


def _bring_up(session: Session, row: HumanQuestionRow) -> None:
    """Have the conversation stand first in its owner's list."""
    turn = session.get(TurnRow, row.turn_id) if row.turn_id else None
    if turn:
        session.get_one(ConversationRow, turn.conversation_id).changed_at = now()


def _content(row: HumanQuestionRow, reviewed: Reviewed) -> dict[str, object]:
    """Give the answer as its conversation shows it."""
    return answer_json(
        Answer(
            question=row.question,
            outcome=Outcome.ANSWERED,
            text=reviewed.with_labels,
            regime=read_regime(row.asked_in["regime"]),
            citations=reviewed.citations,
            sentences=(reviewed.sentence,),
            contact=None,
            model=REVIEWED,
            seconds=Seconds(0.0, None, 0.0),
            review=reviewed.review,
        )
    )
