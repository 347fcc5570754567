"""The command line, as a person and as a program call it."""

import json
from pathlib import Path

from .command_line import Captured, indexed, own_folder, run

__all__ = ["indexed", "own_folder"]


def test_ingest_reports_one_line_a_file(indexed: list[dict[str, object]]) -> None:
    assert [(row["status"], row["articles"], row["error"]) for row in indexed] == [
        ("indexed", 16, None),
        ("indexed", 18, None),
    ]
    assert set(indexed[0]) >= {
        *("file", "document_id", "status", "instruments", "pages", "ocr_pages"),
        *("articles", "passages", "seconds", "warnings", "error"),
    }


def test_ingest_again_is_unchanged(
    indexed: list[dict[str, object]], specimens: list[Path], capsys: Captured
) -> None:
    _, rows = run(capsys, "ingest", str(specimens[0].parent))

    assert [row["status"] for row in rows] == ["unchanged", "unchanged"]  # type: ignore[index]


def test_a_failed_file_is_named_and_the_others_are_indexed(
    specimens: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    wrong = tmp_path / "lettre.pdf"
    wrong.write_text("Bonjour")

    status, rows = run(capsys, "ingest", str(wrong), str(specimens[0]), str(tmp_path / "nul.pdf"))

    assert status == 1
    assert [row["status"] for row in rows] == ["failed", "indexed", "failed"]  # type: ignore[index]
    assert "lettre.pdf" in rows[0]["error"]  # type: ignore[index]


def test_articles_come_in_order_with_their_pages(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    _, [rows] = run(capsys, "articles", "9-20-202")

    assert isinstance(rows, list)
    numbers = [row["number"] for row in rows]
    assert numbers == ["preambule", *map(str, range(1, 19)), "annexe-1"]
    assert set(rows[1]) >= {
        *("number", "heading", "path", "page", "page_end", "printed_page", "bo_page", "characters"),
    }


def test_an_article_comes_with_its_text_and_boxes(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    _, [row] = run(capsys, "article", "9-20-202", "premier")

    assert isinstance(row, dict)
    assert row["number"] == "1"
    assert row["text"]
    assert row["boxes"]
    assert row["references"] == []


def test_an_article_comes_with_the_references_of_its_text(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    _, [row] = run(capsys, "article", "9-20-202", "7")

    assert isinstance(row, dict)
    assert [
        (r["text"], r["instrument"], r["article"], r["paragraph"]) for r in row["references"]
    ] == [
        ("1", "9-20-202", "annexe-1", None),
        ("4", "9-20-202", "4", None),
        ("4", "9-20-202", "4", "alinéa dernier"),
    ]
    for reference in row["references"]:
        assert row["text"][reference["start"] : reference["end"]] == reference["text"]


def test_search_gives_ranked_articles(indexed: list[dict[str, object]], capsys: Captured) -> None:
    _, [row] = run(capsys, "search", "plafond des bons de commande", "-k", "3")

    assert isinstance(row, dict)
    assert [hit["rank"] for hit in row["results"]] == [1, 2, 3]
    assert (row["results"][0]["instrument"], row["results"][0]["article"]) == ("9-20-202", "7")


def test_ask_within_one_instrument_answers_from_it(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    _, [row] = run(capsys, "ask", "plafond des bons de commande", "--within", "9-10-101")

    assert isinstance(row, dict)
    assert {citation["instrument"] for citation in row["citations"]} == {"9-10-101"}
    assert row["regime"]["status"] == "repealed"


def test_a_batch_answers_each_line_and_a_bad_question_ends_only_its_own(
    indexed: list[dict[str, object]], tmp_path: Path, capsys: Captured
) -> None:
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "plafond des bons de commande", "launched": "2018-01-01"},
        {"id": "b", "question": " "},
        {"id": "c", "question": "Peut-on sous-traiter ?", "other": 1},
    ]
    batch.write_text("\n".join(map(json.dumps, lines)), "utf-8")

    status, rows = run(capsys, "ask", "--batch", str(batch))

    assert status == 0
    assert [row["id"] for row in rows] == ["a", "b", "c"]  # type: ignore[index]
    assert rows[0]["regime"]["instrument"] == "9-10-101"  # type: ignore[index]
    assert "vide" in rows[1]["error"]  # type: ignore[index]


def test_a_removed_document_is_gone(indexed: list[dict[str, object]], capsys: Captured) -> None:
    status, _ = run(capsys, "remove", str(indexed[0]["document_id"]))
    _, [documents] = run(capsys, "documents")

    assert status == 0
    assert isinstance(documents, list)
    assert [document["document_id"] for document in documents] == [indexed[1]["document_id"]]


def test_the_same_question_is_answered_from_the_cache_unless_one_says_not(
    indexed: list[dict[str, object]], capsys: Captured
) -> None:
    question = "plafond des bons de commande"
    answers = [
        run(capsys, "ask", question, *options)[1][0] for options in ([], [], ["--no-cache"], [])
    ]

    assert [row["cached"] for row in answers] == [False, True, False, True]  # type: ignore[index]


def test_a_batch_leaves_the_cache_alone(
    indexed: list[dict[str, object]], tmp_path: Path, capsys: Captured
) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": "a", "question": "plafond des bons de commande"}\n' * 2, "utf-8")

    _, rows = run(capsys, "ask", "--batch", str(batch))
    _, [row] = run(capsys, "ask", "plafond des bons de commande")

    assert [r["cached"] for r in (*rows, row)] == [False] * 3  # type: ignore[index]
