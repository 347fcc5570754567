"""Benchmark look-ups: every article of both decrees, asked for by its number in five forms.

    python -m scripts.bench_lookups

A look-up is wrong when the first article is another one, or of the other decree.
"""

import json
import time

import numpy as np

from assistant.searching.search import Search
from scripts.real_decrees import DECREES, open_with_decrees

FORMS = (
    "Que dit l’article {article} du décret {decree} ?",
    "art. {article} décret {decree}",
    "Art {article} du décret n° {decree}",
    "article n° {article} {decree}",
    "l'art.{article} du décret {decree}",
)


def main() -> None:
    """Print the figures as JSON."""
    if not all(path.exists() for path in DECREES):
        print(json.dumps({"skipped": "the real decrees are not beside this checkout"}))
        return
    with open_with_decrees() as services:
        asked = [
            (document.instrument.number, article.number)
            for document in services.library.documents()
            for article in services.library.articles_of(document.id)
            if article.is_numbered
        ]
        looked_up = [look_up(services.search, form, *one) for one in asked for form in FORMS]
    milliseconds = np.array([seconds for seconds, _ in looked_up]) * 1000
    print(
        json.dumps(
            {
                "look_ups": len(looked_up),
                "wrong": sum(not right for _, right in looked_up),
                "p50_ms": round(float(np.percentile(milliseconds, 50)), 1),
                "p95_ms": round(float(np.percentile(milliseconds, 95)), 1),
                "slowest_ms": [round(float(one), 1) for one in np.sort(milliseconds)[-3:]],
            }
        )
    )


def look_up(search: Search, form: str, decree: str, article: str) -> tuple[float, bool]:
    """Ask for an article; give the seconds it took, and whether it came first."""
    start = time.perf_counter()
    result = search.search(form.format(article=article, decree=decree))
    seconds = time.perf_counter() - start
    found = [(hit.document.instrument.number, hit.article.number) for hit in result.hits[:1]]
    return seconds, found == [(decree, article)]


if __name__ == "__main__":
    main()
