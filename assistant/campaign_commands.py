"""The command `campaigns`: what they are, what they gathered, and questions answered for them."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from assistant.errors import InvalidFile
from assistant.evaluating.campaign_records import Campaign
from assistant.evaluating.evaluation import Evaluation, open_evaluation
from assistant.evaluating.question_files import read_question_file
from assistant.evaluating.report import report_html
from assistant.opening import open_database, open_services
from assistant.printing_figures import regression_text
from assistant.settings import load_settings
from assistant.typesetting import count

_STATES = {"draft": "en préparation", "open": "ouverte", "closed": "close"}


def campaigns(options: argparse.Namespace) -> int:
    """List campaigns, write what one gathered, or have questions answered for it."""
    if options.what == "answer":
        return _answer(options)
    with open_database(load_settings()) as database:
        evaluation = open_evaluation(database)
        if options.what == "list":
            _list(options, evaluation)
        elif options.what == "export":
            sys.stdout.write(_exported(options, evaluation))
        else:
            _write(options.output, _report(options, evaluation))
    return 0


def regression(options: argparse.Namespace) -> int:
    """Ask the confirmed questions again; 1 if the article of one is lost."""
    from assistant.evaluating.regression import run_regression

    with open_services() as services:
        found = run_regression(services.answering, services.database)
    print(json.dumps(found, ensure_ascii=False) if options.json else regression_text(found))
    return int(bool(found["changes"]["lost"]))


def _list(options: argparse.Namespace, evaluation: Evaluation) -> None:
    rows = [_row(evaluation, campaign) for campaign in evaluation.campaigns.all()]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print("\n".join(map(_line, rows)) or "Aucune campagne.")


def _row(evaluation: Evaluation, campaign: Campaign) -> dict[str, Any]:
    progress = evaluation.campaigns.progress(campaign.id)
    deadline = campaign.plan.deadline
    return {
        "id": campaign.id,
        "name": campaign.plan.name,
        "state": campaign.state.value,
        "deadline": deadline.isoformat() if deadline else None,
        "items": campaign.item_count,
        "raters": len(campaign.plan.raters),
        "assigned": sum(one.assigned for one in progress),
        "submitted": sum(one.submitted for one in progress),
        "discarded": sum(one.discarded for one in progress),
    }


def _line(row: dict[str, Any]) -> str:
    state = _STATES[row["state"]]
    done = f"{count(row['submitted'], 'note')} sur {row['assigned']}"
    items = count(row["items"], "réponse")
    return f"{row['id']:>3}  {row['name']} ({state}, {items}, {done})"


def _exported(options: argparse.Namespace, evaluation: Evaluation) -> str:
    export = evaluation.export
    write = export.csv if options.format == "csv" else export.jsonl
    return write(options.number, person_id=None)


def _report(options: argparse.Namespace, evaluation: Evaluation) -> str:
    results = evaluation.results
    found = results.of_campaign(options.number, person_id=None)
    return report_html(found, results.trend(person_id=None))


def _write(output: Path | None, text: str) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, "utf-8")


def _answer(options: argparse.Namespace) -> int:
    """Answer a file under the present settings; 1 if a line, or an answer, is missing."""
    try:
        data = options.file.read_bytes()
    except OSError as error:
        cause = "le fichier n’existe pas ou ne peut être lu"
        raise InvalidFile(options.file.name, cause, "Vérifiez-le.") from error
    read = read_question_file(options.file.name, data)
    for wrong in read.wrong_lines:
        print(wrong.problem, file=sys.stderr)
    with open_services() as services:
        variant = services.variants().present(options.name)
        refused = services.evaluation.items.add_answered(options.number, read.questions, [variant])
    for one in refused:
        print(f"« {one.question[:80]} » : {one.problem}", file=sys.stderr)
    done = {"campaign": options.number, "answered": len(read.questions) - len(refused)}
    print(
        json.dumps(done | {"wrong_lines": len(read.wrong_lines), "refused": len(refused)})
        if options.json
        else f"Réponses ajoutées à la campagne {options.number} : {done['answered']}."
    )
    return int(bool(read.wrong_lines or refused))
