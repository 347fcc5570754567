"""What a campaign rates: kept answers, a sample of them, or the answers to a question file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from random import Random
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assistant.answer_records import Answer, Outcome
from assistant.errors import AssistantError, InvalidCampaign
from assistant.evaluating.campaign_records import CampaignState, TaskKind
from assistant.evaluating.campaign_rows import find
from assistant.evaluating.configurations import configuration_of, keep_configuration
from assistant.evaluating.questions import Question
from assistant.searching.question_identity import identity_of
from assistant.storage.campaign_tables import CampaignItemRow, CampaignRow
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow
from assistant.typesetting import count


@dataclass(frozen=True, slots=True)
class Sample:
    """Which kept answers to draw from, and how many."""

    size: int
    seed: int  # the same gives the same answers, while the same are kept
    since: date | None = None
    until: date | None = None  # inclusive
    outcomes: tuple[Outcome, ...] = (Outcome.ANSWERED, Outcome.NOT_FOUND)
    thumbs: tuple[int | None, ...] = (1, -1, None)  # up, down, none given


@dataclass(frozen=True, slots=True)
class Variant:
    """A configuration that can answer questions; its answers are kept with it."""

    name: str
    ask: Callable[[Question], Answer]


class NotAnswered(NamedTuple):
    """A question to which a configuration gave no answer."""

    question: str
    variant: str
    problem: str  # a French sentence


class CampaignItems:
    """The items of campaigns that are not open yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_answers(self, campaign_id: int, answer_ids: Iterable[str]) -> int:
        """Add kept answers; gives how many: those that are items already are left out.

        Raises:
            InvalidCampaign: the campaign was opened, or an answer is not kept.
        """
        with self._database.session() as session:
            campaign = _draft(session, campaign_id)
            added = _add(session, campaign, [_Pair(one) for one in answer_ids])
            _say(campaign, count(added, "réponse choisie", "réponses choisies") + " une à une")
            return added

    def add_comparisons(self, campaign_id: int, pairs: Iterable[tuple[str, str]]) -> int:
        """Add kept answers to compare, two by two; gives how many pairs.

        Raises:
            InvalidCampaign: the campaign was opened, or an answer is not kept.
        """
        with self._database.session() as session:
            campaign = _draft(session, campaign_id)
            added = _add(session, campaign, [_Pair(*pair) for pair in pairs])
            _say(campaign, count(added, "paire de réponses", "paires de réponses") + " à comparer")
            return added

    def add_sample(self, campaign_id: int, sample: Sample) -> int:
        """Add a random sample of the kept answers; gives how many there were.

        What was drawn from, and its seed, are kept among the sources of the campaign.

        Raises:
            InvalidCampaign: the campaign was opened.
        """
        with self._database.session() as session:
            campaign = _draft(session, campaign_id)
            ids = session.scalars(
                select(AnswerRow.id).where(*_conditions(sample)).order_by(AnswerRow.id)
            ).all()
            drawn = Random(sample.seed).sample(ids, min(sample.size, len(ids)))  # noqa: S311
            added = _add(session, campaign, [_Pair(one) for one in drawn])
            drawn_from = f"parmi {len(ids)} ({_describe(sample)})"
            _say(campaign, f"{count(added, 'réponse tirée', 'réponses tirées')} {drawn_from}")
            return added

    def count_sample(self, sample: Sample) -> int:
        """Say among how many answers a sample would be drawn."""
        query = select(func.count()).select_from(AnswerRow).where(*_conditions(sample))
        with self._database.session() as session:
            return session.scalar(query) or 0

    def add_answered(
        self,
        campaign_id: int,
        questions: Sequence[Question],
        variants: Sequence[Variant],
        *,
        kind: TaskKind = TaskKind.RATING,
        on_question: Callable[[int], object] | None = None,
    ) -> list[NotAnswered]:
        """Have each question answered by each variant, and add the answers as they come.

        To compare, the answers of each two variants to a question make an item. What could not be
        answered is given back, and left out. `on_question` is told how many questions are done.

        Raises:
            InvalidCampaign: the campaign was opened, or there are not two variants to compare.
        """
        if kind is TaskKind.COMPARISON and len(variants) < 2:
            raise InvalidCampaign(
                f"n° {campaign_id}",
                "une comparaison demande deux configurations",
                "Ajoutez-en une.",
            )
        with self._database.session() as session:
            _draft(session, campaign_id)
        problems: list[NotAnswered] = []
        added = 0
        for done, question in enumerate(questions, start=1):
            answered: list[str] = []
            for variant in variants:
                try:
                    answer = variant.ask(question)
                except AssistantError as error:
                    problems.append(NotAnswered(question.text, variant.name, str(error)))
                    continue
                assert answer.id
                answered.append(answer.id)
            added += self._add_pairs(campaign_id, _pairs(answered, kind), question.kind)
            if on_question:
                on_question(done)
        with self._database.session() as session:
            names = ", ".join(variant.name for variant in variants)
            pairs = "paire de réponses", "paires de réponses"
            said = count(added, *pairs) if kind is TaskKind.COMPARISON else count(added, "réponse")
            _say(find(session, campaign_id), f"{said} aux questions d’un fichier ({names})")
        return problems

    def _add_pairs(self, campaign_id: int, pairs: Sequence["_Pair"], question_kind: str) -> int:
        with self._database.session() as session:
            return _add(session, _draft(session, campaign_id), pairs, question_kind)


class _Pair(NamedTuple):
    answer: str
    other: str | None = None


def _pairs(answers: Sequence[str], kind: TaskKind) -> list[_Pair]:
    if kind is TaskKind.RATING:
        return [_Pair(one) for one in answers]
    return [_Pair(*two) for two in combinations(answers, 2)]


def _draft(session: Session, campaign_id: int) -> CampaignRow:
    row = find(session, campaign_id)
    if row.state != CampaignState.DRAFT:
        raise InvalidCampaign(
            row.name, "elle a été ouverte, et n’accepte plus de réponses", "Créez-en une autre."
        )
    return row


def _add(
    session: Session, campaign: CampaignRow, pairs: Sequence[_Pair], question_kind: str = ""
) -> int:
    query = select(CampaignItemRow.answer_id, CampaignItemRow.other_answer_id).where(
        CampaignItemRow.campaign_id == campaign.id
    )
    known = {_Pair(*two) for two in session.execute(query)}
    new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    for position, pair in enumerate(new, start=len(known)):
        session.add(_item(session, campaign, pair, position, question_kind))
    session.flush()
    return len(new)


def _item(
    session: Session, campaign: CampaignRow, pair: _Pair, position: int, question_kind: str
) -> CampaignItemRow:
    answer = _answer(session, campaign, pair.answer)
    other = _answer(session, campaign, pair.other) if pair.other else None
    named = answer.content["regime"]["instrument"]
    return CampaignItemRow(
        campaign_id=campaign.id,
        position=position,
        answer_id=answer.id,
        configuration_id=keep_configuration(session, configuration_of(answer)),
        other_answer_id=other.id if other else None,
        other_configuration_id=(
            keep_configuration(session, configuration_of(other)) if other else None
        ),
        question_identity=identity_of(answer.question),
        question_kind=question_kind,
        instrument=", ".join(named) if isinstance(named, list) else named or "",
    )


def _answer(session: Session, campaign: CampaignRow, answer_id: str) -> AnswerRow:
    row = session.get(AnswerRow, answer_id)
    if row is None:
        raise InvalidCampaign(
            campaign.name, f"la réponse « {answer_id} » n’est pas conservée", "Retirez-la."
        )
    return row


def _say(campaign: CampaignRow, what: str) -> None:
    campaign.sources = [*campaign.sources, what]


def _conditions(sample: Sample) -> list[ColumnElement[bool]]:
    given = [thumb for thumb in sample.thumbs if thumb is not None]
    thumb = AnswerRow.thumb.in_(given)
    conditions: list[ColumnElement[bool]] = [
        AnswerRow.outcome.in_([outcome.value for outcome in sample.outcomes]),
        thumb | AnswerRow.thumb.is_(None) if None in sample.thumbs else thumb,
    ]
    if sample.since:
        conditions.append(AnswerRow.asked_at >= _midnight(sample.since))
    if sample.until:
        conditions.append(AnswerRow.asked_at < _midnight(sample.until + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _describe(sample: Sample) -> str:
    since = f"du {sample.since:%d/%m/%Y}" if sample.since else ""
    until = f"au {sample.until:%d/%m/%Y}" if sample.until else ""
    thumbs = {1: "pouce levé", -1: "pouce baissé", None: "sans avis"}
    outcomes = {
        Outcome.ANSWERED: "répondues",
        Outcome.NOT_FOUND: "sans réponse trouvée",
        Outcome.NO_DOCUMENTS: "sans document",
    }
    parts = [
        f"{since} {until}".strip(),
        *(outcomes[outcome] for outcome in sample.outcomes),
        *(thumbs[thumb] for thumb in sample.thumbs if len(sample.thumbs) < 3),
        f"tirage n° {sample.seed}",
    ]
    return ", ".join(filter(None, parts))
