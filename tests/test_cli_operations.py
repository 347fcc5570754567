"""The commands of who keeps the application: evaluate, export, migrate, and what goes wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import _parser, main
from assistant.wiring import open_services

from .command_line import Captured, indexed, own_folder, run
from .conftest import ROOT

__all__ = ["indexed", "own_folder"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "inconnu"],
        ["articles", "1-23-456"],
        ["ask", ""],
        ["ask", "a" * 5000],
        ["ask", "--batch", "absent.jsonl"],
        ["search", "délai", "--within", "1-23-456"],
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_bad_input_gets_a_sentence_and_no_traceback(arguments: list[str], capsys: Captured) -> None:
    status = main(arguments)

    error = capsys.readouterr().err
    assert status == 1
    assert error.count("\n") == 1
    assert "Traceback" not in error


def test_while_the_application_runs_reading_commands_work_and_the_others_say_why(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    application = open_services()

    refused = subprocess.run(
        [sys.executable, "-m", "assistant", "search", "délai"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    listed = main(["articles", "9-20-202"])
    application.close()

    assert (refused.returncode, listed) == (1, 0)
    assert "déjà ouvert par un autre programme" in refused.stderr


def test_evaluate_prints_its_figures(indexed: list[dict[str, object]], capsys: Captured) -> None:
    status, [row] = run(capsys, "evaluate", "retrieval", "documents/questions-specimen.jsonl")

    assert status == 0
    assert isinstance(row, dict)
    assert set(row) == {
        *("n", "hit@1", "hit@5", "hit@10", "mrr", "ndcg@10", "intervals", "wrong_instrument"),
        *("by_kind", "seconds_p50", "seconds_p95"),
    }


def test_options_stand_anywhere_after_what_is_evaluated() -> None:
    rests = ([*order, "--ablate"] for order in (["a", "--json"], ["--json", "a"]))

    assert [_parser().parse_args(["evaluate", "retrieval", *rest]).json for rest in rests] == [
        True,
        True,
    ]


def test_evaluate_answers_prints_its_figures(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    status, [row] = run(capsys, "evaluate", "answers", "documents/questions-specimen.jsonl")

    assert status == 0
    assert isinstance(row, dict)
    assert (row["n"], row["outside"], row["quotes_exact"]) == (20, 4, 1.0)


def test_evaluate_is_a_table_for_people(indexed: list[dict[str, object]], capsys: Captured) -> None:
    status = main(["evaluate", "retrieval", "documents/questions-specimen.jsonl"])

    header, all_questions, intervals = capsys.readouterr().out.splitlines()[2:5]
    assert status == 0
    assert header.split("  ")[0] == "Questions"
    assert {"1er article", "5 premiers", "10 premiers", "MRR", "nDCG@10", "autre texte"} <= {
        column.strip() for column in header.split("  ")
    }
    assert all_questions.startswith("toutes")
    assert intervals.count("[") == 5


def test_evaluate_names_the_line_that_it_cannot_read(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "A ?"}\n{"question": \n', "utf-8")

    status = main(["evaluate", "retrieval", str(path)])

    assert status == 1
    assert "ligne 2 : ce n’est pas du JSON" in capsys.readouterr().err


def test_no_rating_exports_nothing_but_the_columns(capsys: Captured) -> None:
    main(["export", "ratings", "--format", "csv"])

    assert capsys.readouterr().out.startswith("rating_id,")


def test_a_server_that_does_not_answer_is_named_and_nothing_is_copied(capsys: Captured) -> None:
    status = main(["migrate", "http://127.0.0.1:9"])

    printed = capsys.readouterr()
    assert (status, printed.out) == (1, "")
    assert "http://127.0.0.1:9" in printed.err
    assert "ne répond pas" in printed.err


def test_an_index_that_is_on_a_server_is_not_copied(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_QDRANT_URL", "http://ici:6333")

    status = main(["migrate", "http://ailleurs:6333"])

    assert status == 1
    assert "déjà sur un serveur" in capsys.readouterr().err


def test_help_is_there_for_every_command_without_opening_anything(tmp_path: Path) -> None:
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(tmp_path / "untouched")}
    commands = ("ingest", "documents", "migrate", "articles", "search", "ask", "evaluate", "export")
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", "assistant", command, "--help"],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env=environment,
        )

    assert not (tmp_path / "untouched").exists()
