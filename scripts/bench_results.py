"""Benchmark human evaluation: ratings saved by eight processes at once, results of 10,000 ratings.

    python -m scripts.bench_results

The ratings are drawn, on a database in a folder of its own. `plain_write` is one row written and
committed by the same eight processes in the same way, with nothing of ours around it: what the disk
and SQLite cost alone. The `first_seconds` of a process hold the import of SciPy, `kept_seconds` are
those of a screen that asks again. `page_seconds` are those of the page itself by Streamlit's test
runner: the figures computed anew, drawn and written in tables; the browser is not in it.
"""

import json
import multiprocessing
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import insert, select

from assistant.evaluating.campaign_records import CampaignPlan, Marks
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.evaluating.evaluation import open_evaluation
from assistant.storage.account_tables import PersonRow
from assistant.storage.campaign_tables import (
    AssignmentRow,
    CampaignItemRow,
    ItemRatingRow,
    ItemScoreRow,
)
from assistant.storage.database import Database
from assistant.storage.tables import AnswerRow, now

PAGE = Path(__file__).parent.parent / "pages" / "resultats.py"
PROCESSES, EACH = 8, 100
RATINGS = 10_000
CONFIGURATIONS = ("Extraits", "Modèle en 4 bits", "Modèle en 8 bits")
LABELS = (1, 2, 3, 4)
KEYS = [criterion.key for criterion in DEFAULT_CRITERIA]


def main() -> None:
    """Print the figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"saving": measure_saving(Path(folder))}, ensure_ascii=False))
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"results": measure_results(Path(folder))}, ensure_ascii=False))


def measure_saving(folder: Path) -> dict[str, object]:
    """Have eight raters, each in a process, submit 100 ratings at the same time."""
    url = f"sqlite:///{folder / 'assistant.db'}"
    database = Database(url)
    people = list(range(1, PROCESSES + 1))
    answers = keep_answers(database, PROCESSES * EACH, people)
    evaluation = open_evaluation(database)
    plan = CampaignPlan("Mesure", raters=tuple(people), overlap_share=0)
    campaign = evaluation.campaigns.create(plan, by=None)
    evaluation.items.add_answers(campaign.id, answers)
    evaluation.campaigns.open(campaign.id)
    seconds = run_at_once(submit_all, [(url, campaign.id, person) for person in people])
    progress = evaluation.campaigns.progress(campaign.id)
    database.close()
    plain = folder / "plain.db"
    with sqlite3.connect(plain) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT)")
    connection.close()
    return {
        "processes": PROCESSES,
        "submitted": PROCESSES * EACH,
        "kept": sum(one.submitted for one in progress),
        **describe(seconds),
        "plain_write": describe(run_at_once(write_plainly, [(str(plain),)] * PROCESSES)),
    }


def measure_results(folder: Path) -> dict[str, object]:
    """Compute the results, and the files, of a campaign of 10,000 ratings."""
    database = Database(f"sqlite:///{folder / 'assistant.db'}")
    campaign_id = draw_campaign(database)
    evaluation = open_evaluation(database)
    others = open_evaluation(database)
    results = evaluation.results.of_campaign
    timed = {
        "first_seconds": seconds_of(lambda: results(campaign_id, person_id=None)),
        "computed_seconds": seconds_of(
            lambda: others.results.of_campaign(campaign_id, person_id=None)
        ),
        "computed_cpu_seconds": cpu_seconds_of(
            lambda: open_evaluation(database).results.of_campaign(campaign_id, person_id=None)
        ),
        "kept_seconds": seconds_of(lambda: results(campaign_id, person_id=None)),
        "csv_seconds": seconds_of(lambda: evaluation.export.csv(campaign_id, person_id=None)),
        "page_seconds": measure_page(folder),
    }
    found = results(campaign_id, person_id=None)
    database.close()
    return {"ratings": found.all.ratings, "items": found.all.items, **timed}


def measure_page(folder: Path) -> float:
    """Open the page of results for the first time in a server that runs already."""
    from streamlit.testing.v1 import AppTest  # not in each of the eight processes, too

    from assistant.ui.session import services

    named = {"DATA_DIR": str(folder), "MODEL": "extractive", "ACCOUNTS": "off"}
    os.environ |= {f"ASSISTANT_{name}": value for name, value in named.items()}
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    services().accounts.people.local()
    seconds = seconds_of(page.run)
    assert not page.exception
    assert page.metric[0].value == str(RATINGS - 1), page.metric
    services.close()
    return seconds


def submit_all(url: str, campaign_id: int, person: int) -> list[float]:
    """Submit every rating of a rater; gives the seconds that each took."""
    database = Database(url)
    work = open_evaluation(database).work
    items = [task.item_id for task in work.tasks(campaign_id, person)]
    marks = Marks(scores=dict.fromkeys(KEYS, 4), comment="Claire et complète.")
    seconds = [seconds_of(lambda item=item: work.submit(item, person, marks)) for item in items]  # type: ignore[misc]
    database.close()
    return seconds


def write_plainly(path: str) -> list[float]:
    """Write as many rows, each committed by itself."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO kept (text) VALUES ('Claire et complète.')")
        connection.execute("COMMIT")

    seconds = [seconds_of(write) for _ in range(EACH)]
    connection.close()
    return seconds


def run_at_once(
    work: Callable[..., list[float]], arguments: Sequence[tuple[object, ...]]
) -> list[float]:
    """Run in as many processes; gives the seconds of all of them."""
    with multiprocessing.get_context("spawn").Pool(len(arguments)) as pool:
        return [one for found in pool.starmap(work, arguments, chunksize=1) for one in found]


def seconds_of(work: Callable[[], object]) -> float:
    """Give how long some work takes."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 4)


def cpu_seconds_of(work: Callable[[], object]) -> float:
    """Give how long some work keeps a core: what it takes on a machine with nothing else to do."""
    start = time.process_time()
    work()
    return round(time.process_time() - start, 4)


def describe(seconds: Sequence[float]) -> dict[str, float]:
    """Give percentiles in milliseconds."""
    milliseconds = np.array(seconds) * 1000
    return {
        f"p{percent}_ms": round(float(np.percentile(milliseconds, percent)), 1)
        for percent in (50, 95, 100)
    }


def keep_answers(database: Database, count: int, people: Sequence[int]) -> list[str]:
    """Keep people, and answers that three configurations gave in turn to the same questions."""
    rows = [answer(place) for place in range(count)]
    with database.session() as session:
        session.add_all(
            PersonRow(
                id=one, login=f"r{one}", identity=f"r{one}", name=f"R{one}", role="annotateur"
            )
            for one in people
        )
        session.add_all(rows)
    return [row.id for row in rows]


def answer(place: int) -> AnswerRow:
    """Make an answer."""
    question = f"Quel est le délai numéro {place // len(CONFIGURATIONS)} ?"
    name = CONFIGURATIONS[place % len(CONFIGURATIONS)]
    settings = {"model": name, "version": "0.1.0"}
    content = {
        "question": question,
        "answer": " ".join(f"Soixante-quinze jours à compter de la séance [{n}]." for n in LABELS),
        "regime": {"instrument": ("2-22-431", "2-12-349")[place % 2]},
        "citations": [citation(label) for label in LABELS],
        "sentences": [],
    }
    return AnswerRow(
        id=f"a{place}",
        question=question,
        outcome="answered",
        model=name,
        content=content,
        context={"configuration": {"name": name, "settings": settings}},
    )


def citation(label: int) -> dict[str, object]:
    """Make a citation as long as those of real answers, whose JSON takes 4 kB."""
    boxes = [[36, 70.8, 100.0 + 12.5 * line, 524.4, 112.2 + 12.5 * line] for line in range(12)]
    quote = "Les offres restent valables pendant un délai de soixante-quinze jours. " * 8
    return {
        "instrument": "2-22-431",
        "article": "36",
        "label": label,
        "quote": quote,
        "boxes": boxes,
    }


def draw_campaign(database: Database) -> int:
    """Keep a campaign of 10,000 ratings of seven criteria, half of the answers rated by two."""
    people = list(range(1, 7))
    answers = keep_answers(database, RATINGS * 2 // 3, people)
    evaluation = open_evaluation(database)
    plan = CampaignPlan("Mesure", raters=tuple(people), overlap_share=0.5)
    campaign = evaluation.campaigns.create(plan, by=None)
    evaluation.items.add_answers(campaign.id, answers)
    evaluation.campaigns.open(campaign.id)
    chance = np.random.default_rng(7)
    with database.session() as session:
        items = session.execute(select(CampaignItemRow.id, CampaignItemRow.configuration_id))
        means = {row.id: 3 + 0.3 * row.configuration_id for row in items}
        assignments = session.execute(select(AssignmentRow.id, AssignmentRow.item_id)).all()
        rated = [
            {
                "assignment_id": row.id,
                "state": "submitted",
                "seconds": 60.0,
                "sentences": {},
                "citations": {},
                "right_articles": [],
                "comment": "Claire.",
                "saved_at": now(),
                "submitted_at": now(),
            }
            for row in assignments
        ]
        session.execute(insert(ItemRatingRow), rated)
        drawn = chance.normal(
            [means[row.item_id] for row in assignments], 1, (len(KEYS), len(rated))
        )
        scores = np.clip(np.rint(drawn), 1, 5).astype(int)
        session.execute(
            insert(ItemScoreRow),
            [
                {"assignment_id": row.id, "criterion": key, "score": int(score)}
                for key, given in zip(KEYS, scores, strict=True)
                for row, score in zip(assignments, given, strict=True)
            ],
        )
    evaluation.campaigns.close(campaign.id)
    return campaign.id


if __name__ == "__main__":
    main()
