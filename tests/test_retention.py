"""What old answers leave behind, and how use is counted from those that are kept."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assistant.accounts.audit import AuditLog
from assistant.evaluating.evaluation import open_evaluation
from assistant.evaluating.ratings import Ratings
from assistant.evaluating.retention import Retention
from assistant.evaluating.usage import usage
from assistant.storage.conversation_tables import ConversationRow, HumanQuestionRow, TurnRow
from assistant.storage.database import Database
from assistant.storage.tables import CRITERIA, AnswerRow, CachedAnswerRow, now
from assistant.wiring import open_services

from .campaign_data import keep_answers, keep_people, open_campaign
from .conftest import make_settings


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{tmp_path / 'kept.db'}")) as opened:
        yield opened


def age(database: Database, *, days: int) -> None:
    """Let everything that is kept have been asked so many days ago."""
    then = now() - timedelta(days=days)
    with database.session() as session:
        session.execute(update(AnswerRow).values(asked_at=then))
        session.execute(update(TurnRow).values(asked_at=then))
        session.execute(update(ConversationRow).values(changed_at=then))


def kept(database: Database, column: object) -> list[str]:
    with database.session() as session:
        return sorted(session.scalars(select(column)))  # type: ignore[call-overload]


def test_an_old_answer_goes_with_its_turn_and_what_people_worked_on_stays(
    database: Database,
) -> None:
    keep_people(database)
    names = keep_answers(database, 6)
    keep_answers(database, 1, prefix="sent")
    with database.session() as session:
        session.execute(update(AnswerRow).values(thumb=None))
        session.execute(update(AnswerRow).where(AnswerRow.id == "a1").values(thumb=-1))
        session.add(CachedAnswerRow(key="k", stressed=None, answer_id="a0"))
        session.add(ConversationRow(id="c", person_id=1, title="Délais"))
        session.add(ConversationRow(id="d", person_id=1, title="Notée"))
        session.add_all(
            TurnRow(conversation_id=place, question="?", answer_id=answer)
            for place, answer in [("c", "a0"), ("c", None), ("d", "a2"), ("d", "sent0")]
        )
        session.flush()
        [sent] = session.scalars(select(TurnRow.id).where(TurnRow.answer_id == "sent0"))
        session.add(
            HumanQuestionRow(
                turn_id=sent,
                person_id=1,
                question="?",
                identity="i",
                instruments=[],
                asked_in={},
                standing="sent",
            )
        )
    Ratings(database).rate("a2", "Amina", dict.fromkeys(CRITERIA, 4))
    open_campaign(open_evaluation(database), names[3:5])
    age(database, days=40)
    keep_answers(database, 1, prefix="late")  # of November 2026
    with database.session() as session:
        session.execute(update(AnswerRow).where(AnswerRow.id == "late0").values(asked_at=now()))

    assert Retention(database, days=0).apply(now()) == 0
    assert Retention(database, days=30).apply(now()) == 2

    assert kept(database, AnswerRow.id) == ["a1", "a2", "a3", "a4", "late0", "sent0"]
    assert kept(database, ConversationRow.id) == ["d"]
    assert kept(database, TurnRow.answer_id) == ["a2", "sent0"]
    assert kept(database, CachedAnswerRow.answer_id) == []
    [line] = AuditLog(database).entries()
    assert (line.login, line.action) == ("assistant", "answers_expired")
    assert line.subject.startswith("2\u00a0réponses d’avant le ")


def test_it_is_done_in_the_background_of_a_process_that_serves(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", retention_days=30)
    services = open_services(settings)
    keep_answers(services.database, 1)
    with services.database.session() as session:
        session.execute(update(AnswerRow).values(thumb=None))
    age(services.database, days=31)

    services.retention.start()
    services.close()

    with closing(Database(settings.resolved_database_url)) as database:
        assert kept(database, AnswerRow.id) == []


def test_days_are_counted_model_by_model_the_last_first(database: Database) -> None:
    keep_answers(database, 3, configuration="extractif")
    keep_answers(database, 2, configuration="Llama", prefix="b")
    age(database, days=1)
    with database.session() as session:
        session.execute(
            update(AnswerRow)
            .where(AnswerRow.id == "b0")
            .values(outcome="not_found", asked_at=now())
        )

    days = usage(database, days=7)

    assert [(d.model, d.questions, d.refusals) for d in days] == [
        ("Llama", 1, 1),
        ("Llama", 1, 0),
        ("extractif", 3, 0),
    ]
    assert (days[0].repeated, days[0].seconds_p50, days[0].seconds_p95) == (0, 1.5, 1.5)
    assert usage(database, days=1) == days[:1]
