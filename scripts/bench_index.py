"""Benchmark the index: how search, memory and ingestion grow with the passages.

    python -m scripts.bench_index [SIZES…]

Each size is measured with Qdrant Edge (the embedded default) and, up to 20,000 passages, with
`QdrantClient(path=…)` in the same run, each in a process of its own. Passages are drawn from a
vocabulary by Zipf's law, at the length of the decrees' (about 120 words once encoded), 400 to a
document; half of the documents are searched, for 40 passages, as `search -k 10` does. Sizes are
1000 and 20000 unless given; 200000 takes some minutes.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from llama_index.core.schema import BaseNode
from qdrant_client import QdrantClient

from assistant.reading.article_documents import article_documents
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.edge_folder import EdgeFolder
from assistant.searching.index import PassageIndex, open_embedded
from assistant.searching.passage_nodes import PassageParser

SIZES = (1_000, 20_000)
LARGEST_OF_CLIENT = 20_000  # its own limit; larger, it warns and takes minutes
QUESTIONS = {"edge": 100, "QdrantClient(path=…)": 20}
PASSAGES_OF_A_DOCUMENT = 400
WORDS_OF_A_PASSAGE = 170  # with those that are not encoded
WORDS_OF_A_QUESTION = 11
VOCABULARY = 30_000
ENGINES: dict[str, Callable[[Path], EdgeFolder | QdrantClient]] = {
    "edge": open_embedded,
    "QdrantClient(path=…)": lambda folder: QdrantClient(path=str(folder)),
}


def main() -> None:
    """Print one JSON line for each size and engine."""
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    for size in sizes:
        for engine in ENGINES:
            if engine == "edge" or size <= LARGEST_OF_CLIENT:
                code = f"from scripts.bench_index import measure; measure({engine!r}, {size})"
                subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own


def measure(engine: str, size: int) -> None:
    """Ingest so many passages, search, and print the figures; peak memory is this process's."""
    before = _peak_megabytes()
    with tempfile.TemporaryDirectory() as folder:
        index = PassageIndex(ENGINES[engine](Path(folder)), collection="passages-bench")
        seconds = 0.0
        documents = []
        for nodes in _documents(size):
            start = time.monotonic()
            index.add(nodes)
            seconds += time.monotonic() - start
            documents.append(nodes[0].metadata["document_id"])
        searched = documents[::2]
        times = sorted(
            _time(index, question, searched) for question in _questions(QUESTIONS[engine])
        )
        index.close()
    figures = {
        "engine": engine,
        "passages": size,
        "documents_searched": len(searched),
        "search_p50_ms": round(times[len(times) // 2] * 1000, 1),
        "search_p95_ms": round(times[len(times) * 95 // 100] * 1000, 1),
        "ingestion_seconds": round(seconds, 1),
        "megabytes_before": before,
        "megabytes_peak": _peak_megabytes(),
        "load_average": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def _time(index: PassageIndex, question: str, documents: list[str]) -> float:
    start = time.monotonic()
    found = index.search(question, limit=40, document_ids=documents)
    assert found
    return time.monotonic() - start


def _documents(size: int) -> Iterator[list[BaseNode]]:
    """Give the prepared passages of one document after the other."""
    words = _words(random.Random(1))  # noqa: S311
    for start in range(0, size, PASSAGES_OF_A_DOCUMENT):
        numbers = range(start, min(size, start + PASSAGES_OF_A_DOCUMENT))
        articles = tuple(_article(number, words) for number in numbers)
        reading = Reading(Instrument(f"9-{start}", "Décret"), 1, articles, ())
        documents = article_documents(reading, document_id=f"{start:016x}")
        yield PassageParser(max_characters=100_000).get_nodes_from_documents(documents)


def _article(number: int, words: Callable[[int], str]) -> Article:
    text = words(WORDS_OF_A_PASSAGE)
    return Article(str(number), f"ART. {number}", (), text, (PageNumbers(1, 1, None),), (), ())


def _questions(count: int) -> list[str]:
    words = _words(random.Random(2))  # noqa: S311
    return [words(WORDS_OF_A_QUESTION) for _ in range(count)]


def _words(chance: random.Random) -> Callable[[int], str]:
    """Draw words, the n-th most common one n times less often than the first."""
    spelling = random.Random(0)  # noqa: S311
    vocabulary = [
        "".join(spelling.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(VOCABULARY)
    ]
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    return lambda count: " ".join(chance.choices(vocabulary, cum_weights=weights, k=count))


def _peak_megabytes() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


if __name__ == "__main__":
    main()
