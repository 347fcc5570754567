"""How the assistant is used, day by day, counted from the kept answers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from assistant.answer_records import Outcome
from assistant.evaluating.figures import percentile
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, now


@dataclass(frozen=True, slots=True)
class DayOfUse:
    """What one model answered on one day, in the server's time zone."""

    day: date
    model: str
    questions: int
    refusals: int  # of those: what the texts did not answer
    repeated: int  # of those: written earlier, for who asked the same
    seconds_p50: float | None  # from the question to the whole answer
    seconds_p95: float | None


def usage(database: Database, *, days: int) -> list[DayOfUse]:
    """Count the last `days` days with today, the last first; a day without questions is left out.

    Only the answers that are kept are counted (see `retention`).
    """
    today = now().astimezone().date()
    since = datetime.combine(today - timedelta(days=days - 1), time.min).astimezone()
    query = select(
        AnswerRow.asked_at,
        AnswerRow.model,
        AnswerRow.outcome,
        AnswerRow.content["cached"].as_boolean(),
        AnswerRow.content[("seconds", "total")].as_float(),
    ).where(AnswerRow.asked_at >= since)
    found: dict[tuple[date, str], list[tuple[bool, bool, float]]] = defaultdict(list)
    with database.reading() as session:
        for asked_at, model, outcome, cached, seconds in session.execute(query):
            refused = outcome != Outcome.ANSWERED
            found[asked_at.astimezone().date(), model].append(
                (refused, bool(cached), seconds or 0.0)
            )
    lasts_first = sorted(found, key=lambda key: (-key[0].toordinal(), key[1]))
    return [_day(*key, found[key]) for key in lasts_first]


def _day(day: date, model: str, answers: list[tuple[bool, bool, float]]) -> DayOfUse:
    seconds = [taken for _, _, taken in answers]
    return DayOfUse(
        day=day,
        model=model,
        questions=len(answers),
        refusals=sum(refused for refused, _, _ in answers),
        repeated=sum(cached for _, cached, _ in answers),
        seconds_p50=percentile(seconds, 50),
        seconds_p95=percentile(seconds, 95),
    )
