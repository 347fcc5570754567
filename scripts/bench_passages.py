"""Benchmark how passages are cut: the longest passage → hit@k and MRR on question files.

    python -m scripts.bench_passages

Each length is compared with the others in the same run, and with whole articles. It needs the
real decrees and their questions beside the checkout.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success
from qdrant_client import QdrantClient

from assistant.evaluating.questions import Question, read_questions
from assistant.reading.article_documents import article_documents
from assistant.reading.reading import read_pdf
from assistant.records import Reading
from assistant.searching.index import PassageIndex
from assistant.searching.passage_nodes import PassageParser

SHARED = Path(__file__).parents[2] / "shared/data"
DECREES = {
    "dev-2023.jsonl": "decret-2-22-431/decret-2-22-431-fr.pdf",
    "dev-2013.jsonl": "decret-2-12-349/decret-2-12-349-fr-traduction.pdf",
}
LENGTHS = (400, 900, 1500, 3000, 1_000_000)  # characters; the last one: whole articles
MEASURES = {"hit@1": Success @ 1, "hit@5": Success @ 5, "hit@10": Success @ 10, "mrr": RR @ 10}


def main() -> None:
    """Print one JSON line for each length and question file."""
    if not SHARED.is_dir():
        print(json.dumps({"skipped": "the real decrees are not beside this checkout"}))
        return
    for questions_name, pdf in DECREES.items():
        path = SHARED / pdf
        reading = read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)
        questions = read_questions(SHARED / "questions" / questions_name)
        for length in LENGTHS:
            print(json.dumps(measure(reading, questions, length) | {"questions": questions_name}))


def measure(reading: Reading, questions: Sequence[Question], length: int) -> dict[str, object]:
    """Index with passages of at most `length` characters, and search every question."""
    documents = article_documents(reading, document_id="document")
    nodes = PassageParser(max_characters=length).get_nodes_from_documents(documents)
    index = PassageIndex(QdrantClient(":memory:"), collection="passages-bench")
    index.add(nodes)
    answerable = [question for question in questions if question.articles]
    qrels = [Qrel(str(q.id), article, 1) for q in answerable for article in q.articles]
    run = [ScoredDoc(str(q.id), "none", -1.0) for q in answerable]
    for question in answerable:
        best: dict[str, float] = {}
        for ranked in index.search(question.text, limit=40, document_ids=["document"]):
            best.setdefault(ranked.passage.article, ranked.score)
        run += [ScoredDoc(str(question.id), article, score) for article, score in best.items()]
    figures = ir_measures.calc_aggregate(MEASURES.values(), qrels, run)
    rounded = {name: round(figures[measure], 3) for name, measure in MEASURES.items()}
    return {"longest": length, "passages": len(nodes), "n": len(answerable), **rounded}


if __name__ == "__main__":
    main()
