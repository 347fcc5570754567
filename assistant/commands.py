"""What each command does; the functions carry the commands' names (see `cli`)."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.answering.contract import answer_json, regime_json
from assistant.errors import AssistantError, InvalidFile
from assistant.evaluating.questions import Question, read_questions
from assistant.evaluating.retrieval import evaluate_retrieval
from assistant.reading.headings import parse_article
from assistant.records import Article
from assistant.searching.library import Ingestion
from assistant.searching.search import SearchResult
from assistant.wiring import Services, open_services


def ingest(options: argparse.Namespace) -> int:
    """Index files; one line for each, and 1 if any failed."""
    failed = False
    with _services() as services:
        for path in _pdf_files(options.paths):
            ingestion = _ingest(services, path)
            failed |= ingestion.status == "failed"
            _print(options, _ingestion_json(ingestion), _ingestion_text)
    return int(failed)


def documents(options: argparse.Namespace) -> int:
    """List the documents."""
    with _services() as services:
        kept = [asdict(document) for document in services.library.documents()]
    _print(options, kept, lambda rows: "\n".join(map(_document_text, rows)) or "Aucun document.")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Delete a document."""
    with _services() as services:
        services.library.remove(options.document_id)
    removed = {"document_id": options.document_id, "status": "removed"}
    _print(options, removed, lambda row: f"Document {row['document_id']} supprimé.")
    return 0


def articles(options: argparse.Namespace) -> int:
    """List the articles of an instrument."""
    with _services() as services:
        _, found = services.library.articles(_instrument(options.instrument))
    rows = [_article_json(article) for article in found]
    _print(options, rows, lambda all_: "\n".join(map(_article_line, all_)))
    return 0


def article(options: argparse.Namespace) -> int:
    """Show one article with its text, references and boxes."""
    with _services() as services:
        document, _ = services.library.articles(_instrument(options.instrument))
        found = services.library.article(document.id, _article_number(options.number))
    row = {
        **_article_json(found),
        "text": found.text,
        "references": [],
        "boxes": [list(box) for box in (*found.heading_boxes, *found.boxes(0, len(found.text)))],
    }
    _print(options, row, lambda r: f"{_article_line(r)}\n\n{r['text']}")
    return 0


def search(options: argparse.Namespace) -> int:
    """Search one question, or each of a file."""
    with _services() as services:
        for question in _questions(options):
            _answer_one(
                options,
                question,
                lambda q: _search_json(
                    services.search.search(
                        q.text, limit=options.k, within=q.within, launched=q.launched
                    )
                ),
                _search_text,
            )
    return 0


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or each of a file."""
    with _services() as services:
        for question in _questions(options):
            _answer_one(
                options,
                question,
                lambda q: answer_json(
                    services.answering.ask(q.text, within=q.within, launched=q.launched)
                ),
                _answer_text,
            )
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measure search on question files."""
    questions = [question for path in options.files for question in read_questions(path)]
    with _services() as services:
        figures = evaluate_retrieval(services.search, questions)
    _print(options, figures, lambda row: json.dumps(row, ensure_ascii=False, indent=1))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the ratings to the standard output."""
    with _services() as services:
        if options.format == "csv":
            sys.stdout.write(services.ratings.export_csv())
        else:
            sys.stdout.write(services.ratings.export_jsonl())
    return 0


@contextmanager
def _services() -> Iterator[Services]:
    services = open_services()
    try:
        yield services
    finally:
        services.close()


def _print(options: argparse.Namespace, row: Any, text: Callable[[Any], str]) -> None:
    print(json.dumps(row, ensure_ascii=False) if options.json else text(row), flush=True)


def _pdf_files(paths: list[Path]) -> Iterator[Path]:
    """Give the files, and the PDF files of the folders, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() == ".pdf")
        else:
            yield path


def _ingest(services: Services, path: Path) -> Ingestion:
    try:
        data = path.read_bytes()
    except OSError:
        error = InvalidFile(path.name, "le fichier n’existe pas ou ne peut être lu", "Vérifiez-le.")
        return Ingestion(str(path), "failed", None, 0.0, str(error))
    return services.library.ingest(path.name, data)


def _questions(options: argparse.Namespace) -> list[Question]:
    if options.batch:
        return read_questions(options.batch)
    return [Question("", options.question, options.launched, options.within)]


def _answer_one(
    options: argparse.Namespace,
    question: Question,
    answer: Callable[[Question], dict[str, Any]],
    text: Callable[[Any], str],
) -> None:
    """Print the answer to a question; in a batch, an error ends that line only."""
    if not options.batch:
        _print(options, answer(question), text)
        return
    try:
        row = answer(question)
    except AssistantError as error:
        row = {"question": question.text, "error": str(error)}
    print(json.dumps({"id": question.id, **row}, ensure_ascii=False), flush=True)


def _instrument(text: str) -> str:
    """Accept "2.22.431" and "n° 2-22-431" for 2-22-431."""
    number = text.strip().lower().removeprefix("n°").strip()
    return number.replace(".", "-").replace("–", "-")


def _article_number(text: str) -> str:
    number = " ".join(text.lower().split())
    return "1" if number in ("premier", "1er") else number


def _ingestion_json(ingestion: Ingestion) -> dict[str, Any]:
    document = ingestion.document
    instruments = [asdict(document.instrument)] if document else []
    return {
        "file": ingestion.file_name,
        "document_id": document.id if document else None,
        "status": ingestion.status,
        "instruments": instruments,
        "pages": document.page_count if document else 0,
        "ocr_pages": 0,
        "articles": document.article_count if document else 0,
        "annexes": document.annexe_count if document else 0,
        "passages": document.passage_count if document else 0,
        "seconds": round(ingestion.seconds, 3),
        "warnings": list(document.warnings) if document else [],
        "error": ingestion.error,
    }


def _ingestion_text(row: dict[str, Any]) -> str:
    if row["error"]:
        return f"✗ {row['error']}"
    done = "indexé" if row["status"] == "indexed" else "déjà indexé, rien n’a changé"
    title = row["instruments"][0]["title"]
    counts = f"{row['pages']} pages, {row['articles']} articles, {row['passages']} passages"
    lines = [f"✓ {row['file']} : {done} ({counts}, {row['seconds']:.1f} s)", f"  {title}"]
    return "\n".join([*lines, *(f"  ⚠ {warning}" for warning in row["warnings"])])


def _document_text(row: dict[str, Any]) -> str:
    counts = f"{row['page_count']} pages, {row['article_count']} articles"
    return f"{row['id']}  {row['instrument']['title']} ({row['file_name']}, {counts})"


def _article_json(found: Article) -> dict[str, Any]:
    parsed = parse_article(found.heading)
    first = found.pages[0]
    return {
        "number": found.number,
        "heading": found.heading,
        "title": parsed.title if parsed else found.heading,
        "path": list(found.path),
        "page": first.pdf,
        "page_end": found.pages[-1].pdf,
        "printed_page": first.printed,
        "bo_page": first.bo,
        "characters": len(found.text),
    }


def _article_line(row: dict[str, Any]) -> str:
    official = f", BO p. {row['bo_page']}" if row["bo_page"] else ""
    return f"{row['heading'] or row['number']} (page {row['page']}{official})"


def _search_json(result: SearchResult) -> dict[str, Any]:
    return {
        "question": result.question,
        "regime": regime_json(result.regime),
        "results": [
            {
                "rank": rank,
                "score": round(hit.ranked.score, 4),
                "instrument": hit.document.instrument.number,
                "article": hit.article.number,
                "heading": hit.article.heading,
                "page": hit.page,
                "passage": hit.ranked.passage.text,
            }
            for rank, hit in enumerate(result.hits, start=1)
        ],
        "seconds": round(result.seconds, 4),
    }


def _search_text(row: dict[str, Any]) -> str:
    lines = [row["regime"]["basis"]]
    for hit in row["results"]:
        place = f"{hit['instrument']}, page {hit['page']}"
        lines.append(f"{hit['rank']:>2}. {hit['heading'] or hit['article']} ({place})")
    return "\n".join(lines if row["results"] else [*lines, "Aucun article trouvé."])


def _answer_text(row: dict[str, Any]) -> str:
    lines = [row["regime"]["basis"], "", row["answer"], ""]
    for citation in row["citations"]:
        official = f", BO p. {citation['bo_page']}" if citation["bo_page"] else ""
        lines.append(
            f"[{citation['label']}] {citation['heading'] or citation['article']} – "
            f"{citation['instrument_name']} (page {citation['page']}{official})"
        )
    return "\n".join([*lines, f"({row['model']})"])
