"""Campaigns for tests: answers of two configurations, and people who rate them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.accounts.records import Role
from assistant.evaluating.campaign_records import (
    Campaign,
    CampaignPlan,
    CitationVerdict,
    Marks,
    SentenceVerdict,
)
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.evaluating.evaluation import Evaluation
from assistant.storage.account_tables import PersonRow
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow

ALI, BADIA, CHAMA, DRISS = 1, 2, 3, 4
SECRET = "Llama secret 4 bits"
"""The name of a configuration, which no rater may meet."""

ALL_FIVE = {criterion.key: 5 for criterion in DEFAULT_CRITERIA}
MARKS = Marks(
    scores={**ALL_FIVE, "fluidite": 2},
    sentences={0: SentenceVerdict.TO_IMPROVE},
    citations={"1": CitationVerdict.RIGHT},
    corrected_answer="Soixante-quinze jours à compter de la séance.",
    comment="À préciser",
)


def keep_people(database: Database) -> None:
    """Keep the four people of these tests."""
    names = {ALI: "Ali", BADIA: "Badia", CHAMA: "Chama", DRISS: "Driss"}
    with database.session() as session:
        session.add_all(
            PersonRow(id=number, login=name, identity=name.lower(), name=name, role=Role.ANNOTATOR)
            for number, name in names.items()
        )


def answer_content(question: str, *, article: str = "7", model: str = SECRET) -> dict[str, Any]:
    citation = {
        "label": 1,
        "document_id": "d1",
        "instrument": "9-20-202",
        "instrument_name": "Décret n° 9-20-202",
        "force": None,
        "article": article,
        "paragraph": None,
        "heading": f"ART. {article}. – Délais",
        "page": 3,
        "printed_page": 3,
        "bo_page": None,
        "quote": "Soixante-quinze jours.",
        "start": 0,
        "boxes": [],
    }
    return {
        "question": question,
        "outcome": "answered",
        "answer": "Soixante-quinze jours [1].",
        "language": "fr",
        "regime": {
            "instrument": "9-20-202",
            "status": "in_force",
            "basis": "Texte en vigueur.",
            "launched": None,
        },
        "citations": [citation],
        "sentences": [{"sentence": "Soixante-quinze jours [1].", "labels": [1], "findings": []}],
        "contact": "marches@exemple.ma",
        "model": model,
        "cached": False,
        "written_at": None,
        "seconds": {"search": 0.1, "first_token": 0.2, "total": 1.5},
    }


def keep_answers(
    database: Database,
    count: int,
    *,
    configuration: str = SECRET,
    prefix: str = "a",
    version: str = "0.1.0",
    articles: Sequence[str] = ("7",),
) -> list[str]:
    """Keep answers to the questions 0, 1, …; gives their identifiers."""
    rows = []
    for place in range(count):
        question = f"Quel est le délai numéro {place} de validité des offres ?"
        article = articles[place % len(articles)]
        rows.append(
            AnswerRow(
                id=f"{prefix}{place}",
                asked_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=place),
                question=question,
                outcome="answered",
                model=configuration,
                content=answer_content(question, article=article, model=configuration),
                context={
                    "version": version,
                    "configuration": {
                        "name": configuration,
                        "settings": {"model": configuration, "version": version},
                    },
                },
                thumb=(1, -1, None)[place % 3],
            )
        )
    with database.session() as session:
        session.add_all(rows)
    return [row.id for row in rows]


def open_campaign(evaluation: Evaluation, answers: Sequence[str], **plan: Any) -> Campaign:
    """Make a campaign of answers, and open it."""
    given: dict[str, Any] = {"name": "Novembre", "raters": (ALI, BADIA), "reviewers": (DRISS,)}
    campaign = evaluation.campaigns.create(CampaignPlan(**given | plan), by=None)
    evaluation.items.add_answers(campaign.id, answers)
    return evaluation.campaigns.open(campaign.id)
