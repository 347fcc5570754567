"""How the assistant is used, day by day, counted from the kept answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import add
from typing import NamedTuple

from sqlalchemy import select

from assistant.answer_records import Outcome, Tokens
from assistant.answering.models import EXTRACTIVE
from assistant.answering.prices import Prices
from assistant.answering.reviewed_answers import REVIEWED
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
    tokens: Tokens | None  # of the answers in which they were counted; None: in none
    uncounted: int  # answers that a model wrote and whose tokens nobody counted
    cost: float | None  # of these tokens, by today's prices; None: no price is set, or none counted


class _Kept(NamedTuple):
    is_refused: bool
    is_repeated: bool
    seconds: float
    tokens: Tokens | None


def usage(database: Database, *, days: int, prices: Prices | None = None) -> list[DayOfUse]:
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
        AnswerRow.content[("tokens", "prompt")].as_integer(),
        AnswerRow.content[("tokens", "answer")].as_integer(),
    ).where(AnswerRow.asked_at >= since)
    found: dict[tuple[date, str], list[_Kept]] = defaultdict(list)
    with database.reading() as session:
        for asked_at, model, outcome, cached, seconds, read, written in session.execute(query):
            tokens = None if read is None or written is None else Tokens(read, written)
            found[asked_at.astimezone().date(), model].append(
                _Kept(outcome != Outcome.ANSWERED, bool(cached), seconds or 0.0, tokens)
            )
    lasts_first = sorted(found, key=lambda key: (-key[0].toordinal(), key[1]))
    return [_day(*key, found[key], prices or Prices()) for key in lasts_first]


def _day(day: date, model: str, answers: Sequence[_Kept], prices: Prices) -> DayOfUse:
    seconds = [answer.seconds for answer in answers]
    counted = [answer.tokens for answer in answers if answer.tokens]
    tokens = reduce(add, counted) if counted else None
    fresh = sum(not answer.is_repeated for answer in answers)
    return DayOfUse(
        day=day,
        model=model,
        questions=len(answers),
        refusals=sum(answer.is_refused for answer in answers),
        repeated=sum(answer.is_repeated for answer in answers),
        seconds_p50=percentile(seconds, 50),
        seconds_p95=percentile(seconds, 95),
        tokens=tokens,
        uncounted=0 if model in (EXTRACTIVE, REVIEWED) else fresh - len(counted),
        cost=prices.cost(model, tokens),
    )
