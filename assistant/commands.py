"""What each command does; the functions carry the commands' names (see `cli`)."""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.account_commands import invite  # noqa: F401 - a command
from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json
from assistant.campaign_commands import campaigns, regression  # noqa: F401 - a command
from assistant.errors import AssistantError, InvalidFile, InvalidSettings
from assistant.evaluating.questions import Question, read_questions
from assistant.evaluating.ratings import Ratings
from assistant.evaluating.reviewed import ReviewedAnswers
from assistant.opening import open_catalogue, open_database, open_services
from assistant.printing import (
    answer_text,
    article_json,
    article_line,
    article_text_json,
    copy_json,
    copy_text,
    document_json,
    document_text,
    ingestion_json,
    ingestion_text,
    search_json,
    search_text,
)
from assistant.printing_figures import comparison_text, retrieval_text
from assistant.searching.catalogue import Catalogue, Ingestion, document_id_of, server_advice
from assistant.searching.index_version import index_version
from assistant.searching.lookup import article_asked
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.wiring import Services


def ingest(options: argparse.Namespace) -> int:
    """Index files; one line for each, and 1 if any failed.

    A file that has not changed is told from the database alone, in no time.
    """
    settings, failed = load_settings(), False
    files = list(_pdf_files(options.paths))
    if not files:
        raise InvalidFile(
            ", ".join(map(str, options.paths)), "aucun fichier PDF", "Vérifiez le dossier."
        )
    with ExitStack() as stack:
        catalogue = Catalogue(stack.enter_context(open_database(settings)))
        services: Services | None = None
        for path in files:
            ingestion = _look_up(path, catalogue, index_version(settings.embedding_model))
            if ingestion is None:
                services = services or stack.enter_context(open_services())
                ingestion = services.library.ingest(path.name, path.read_bytes())
            failed |= ingestion.status == "failed"
            _print(options, ingestion_json(ingestion), ingestion_text)
        if services:
            services.key_queue.submit_all()
            services.key_queue.wait()
    return int(failed)


def documents(options: argparse.Namespace) -> int:
    """List the documents."""
    with open_catalogue() as catalogue:
        found = catalogue.documents()
    kept = [document_json(document) for document in found]
    _print(options, kept, lambda rows: "\n".join(map(document_text, rows)) or "Aucun document.")
    if (advice := server_advice(found)) and not load_settings().qdrant_url:
        print(advice, file=sys.stderr)
    return 0


def remove(options: argparse.Namespace) -> int:
    """Delete a document."""
    with open_services() as services:
        services.library.remove(options.document_id)
    removed = {"document_id": options.document_id, "status": "removed"}
    _print(options, removed, lambda row: f"Document {row['document_id']} supprimé.")
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Copy the passages of every document to a server; one line for each.

    They are indexed from the database: the application may run meanwhile, and what it adds is
    indexed on the server at its first start there.
    """
    from assistant.searching.indexing import copy_documents
    from assistant.searching.key_store import KeyStore
    from assistant.wiring import open_indexes

    settings = load_settings()
    if settings.qdrant_url:
        raise InvalidSettings(
            f"L’index est déjà sur un serveur, «\u00a0{settings.qdrant_url}\u00a0» "
            "(ASSISTANT_QDRANT_URL). Retirez ce réglage pour copier l’index embarqué."
        )
    with ExitStack() as stack:
        database = stack.enter_context(open_database(settings))
        target = open_indexes(settings.model_copy(update={"qdrant_url": options.url}))
        stack.callback(target.close)
        for copy in copy_documents(Catalogue(database), target, KeyStore(database)):
            _print(options, copy_json(copy), copy_text)
    if not options.json:
        print(f"Réglez maintenant ASSISTANT_QDRANT_URL={options.url}, puis relancez l’application.")
    return 0


def articles(options: argparse.Namespace) -> int:
    """List the articles of an instrument."""
    with open_catalogue() as catalogue:
        _, found = catalogue.articles(_instrument(options.instrument))
    rows = [article_json(article) for article in found]
    _print(options, rows, lambda all_: "\n".join(map(article_line, all_)))
    return 0


def article(options: argparse.Namespace) -> int:
    """Show one article with its text, references and boxes."""
    with open_catalogue() as catalogue:
        document, _ = catalogue.articles(_instrument(options.instrument))
        found = catalogue.article(document.id, _article_number(options.number))
    row = article_text_json(document, found)
    _print(options, row, lambda r: f"{article_line(r)}\n\n{r['text']}")
    return 0


def search(options: argparse.Namespace) -> int:
    """Search one question, or each of a file."""
    with open_services() as services:
        for question in _questions(options):
            _answer_one(
                options,
                question,
                lambda q: search_json(
                    services.search.search(
                        q.text, limit=options.k, within=q.within, launched=q.launched
                    )
                ),
                search_text,
            )
    return 0


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or each of a file."""
    with open_services() as services:
        for question in _questions(options):
            _answer_one(
                options,
                question,
                lambda q: answer_json(
                    services.answering.ask(
                        q.text, within=q.within, launched=q.launched, cache=_cache_use(options)
                    )
                ),
                answer_text,
            )
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measure search, answers or follow-ups on question files, or ask what people confirmed."""
    from assistant.evaluating.ablation import compare, configurations  # SciPy takes a second
    from assistant.evaluating.answers import evaluate_answers
    from assistant.evaluating.follow_ups import evaluate_follow_ups
    from assistant.evaluating.retrieval import evaluate_retrieval

    if options.what == "regression":
        return regression(options)
    if not options.files:
        raise InvalidFile(options.what, "aucun fichier de questions", "Nommez-en un au moins.")
    questions = [question for path in options.files for question in read_questions(path)]
    with open_services() as services:
        if options.what == "answers":
            figures = evaluate_answers(services.answering, services.library, questions)
            _print(options, figures, _indented)
        elif options.what == "conversations":
            _print(options, evaluate_follow_ups(services.search, questions), _indented)
        elif options.ablate:
            compared = configurations(with_encoder=bool(services.settings.embedding_model))
            _print(options, compare(services.search, questions, compared), comparison_text)
        else:
            _print(options, evaluate_retrieval(services.search, questions), retrieval_text)
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the ratings, or the reviewed answers, to the standard output."""
    with open_database(load_settings()) as database:
        if options.what == "reviewed":
            sys.stdout.write(ReviewedAnswers(database).export_jsonl())
            return 0
        ratings = Ratings(database)
        sys.stdout.write(
            ratings.export_csv() if options.format == "csv" else ratings.export_jsonl()
        )
    return 0


def _indented(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, indent=1)


def _print(options: argparse.Namespace, row: Any, text: Callable[[Any], str]) -> None:
    print(json.dumps(row, ensure_ascii=False) if options.json else text(row), flush=True)


def _pdf_files(paths: list[Path]) -> Iterator[Path]:
    """Give the files, and the PDF files of the folders, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() == ".pdf")
        else:
            yield path


def _look_up(path: Path, catalogue: Catalogue, version: str) -> Ingestion | None:
    """Tell what needs no index: a file that cannot be read, or that has not changed."""
    start = time.monotonic()
    try:
        data = path.read_bytes()
    except OSError:
        error = InvalidFile(path.name, "le fichier n’existe pas ou ne peut être lu", "Vérifiez-le.")
        return Ingestion(str(path), "failed", None, 0.0, str(error))
    document_id = document_id_of(data)
    if not catalogue.is_current(document_id, version):
        return None
    known = catalogue.published(document_id)
    return Ingestion(path.name, "unchanged", known, time.monotonic() - start)


def _cache_use(options: argparse.Namespace) -> CacheUse:
    """Tell what to do with the cache; a batch measures what is written, and leaves it alone."""
    if options.batch:
        return CacheUse.NONE
    return CacheUse.REFRESH if options.no_cache else CacheUse.NORMAL


def _questions(options: argparse.Namespace) -> list[Question]:
    within = _instrument(options.within) if options.within else None
    if not options.batch:
        return [Question("", options.question, options.launched, within)]
    return [
        replace(q, within=q.within or within, launched=q.launched or options.launched)
        for q in read_questions(options.batch)
    ]


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
    found = re.search(r"\d+(?:\s?[-–.]\s?\d+){1,3}", text)
    return re.sub(r"\s?[-–.]\s?", "-", found.group()) if found else text.strip()


def _article_number(text: str) -> str:
    """Accept "030", "premier", "١٠", "trente" and "art. 30" for the article 30 and the like."""
    number = re.sub(r"^(section|annexe|page) (?:n\s?° ?)?", r"\1-", " ".join(text.lower().split()))
    if number.startswith(("section-", "annexe-", "page-", "preambule")):
        return number
    asked = article_asked(text) or article_asked(f"article {text}")
    return asked.number if asked else number
