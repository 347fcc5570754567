"""Make the vectors of words from the question keys and the paragraphs that they point at.

    python -m scripts.fit_latent

Both decrees are read from beside the checkout. A document is a paragraph with the stems of the keys
whose first place it is, and twice its own; weights are log tf · idf, length 1; the vectors are the
right singular vectors times the square root of their values, times the idf of the stem. Prints how
many paragraphs and stems there are. Once keys have changed, run it again.
"""

import json
import math
from collections import Counter, defaultdict

import numpy as np

from assistant.answering.article_paragraphs import read_article
from assistant.answering.key_places import paragraphs_at
from assistant.reading.reader import LawReader
from assistant.records import Reading
from assistant.searching.latent import FILE, LatentSpace
from assistant.searching.lexical import StemLanguage, language_of, stems_of
from assistant.searching.question_keys import load_keys
from scripts.real_decrees import DECREES

DIMENSIONS = 100
FEWEST_PARAGRAPHS = 3  # that a stem must stand in
_OWN = 2  # how often a paragraph's own words count, beside those of each key

_Stem = tuple[StemLanguage, int]


def main() -> None:
    """Write the file."""
    readings = (LawReader().read(path.name, path.read_bytes()) for path in DECREES)
    documents = [document for reading in readings for document in paragraphs_with_keys(reading)]
    space = fit(documents)
    space.save(FILE)
    print(json.dumps({"paragraphs": len(documents), "stems": len(space.rows)}))


def paragraphs_with_keys(reading: Reading) -> list[Counter[_Stem]]:
    """Count the stems of each paragraph that some key points at, with those of its keys."""
    found: dict[tuple[str, int], Counter[_Stem]] = defaultdict(Counter)
    keys = load_keys(reading.instrument.number)
    for article in reading.articles:
        texts = read_article(article.text).texts
        for key in keys.get(article.number, ()):
            language = language_of(key.language)
            for index in paragraphs_at(article.text, key.places)[:1]:
                stems = found[article.number, index]
                stems.update((language, stem) for stem in stems_of(key.question, language))
        for (number, index), stems in found.items():
            if number == article.number:
                own = stems_of(texts[index], "french")
                stems.update({("french", stem): _OWN for stem in own})
    return list(found.values())


def fit(documents: list[Counter[_Stem]]) -> LatentSpace:
    """Give the vectors of the stems that enough documents have."""
    frequencies = Counter(stem for document in documents for stem in document)
    known = sorted(stem for stem, count in frequencies.items() if count >= FEWEST_PARAGRAPHS)
    rows = {stem: row for row, stem in enumerate(known)}
    idf = np.array([math.log(len(documents) / frequencies[stem]) for stem in known])
    counts = np.zeros((len(documents), len(known)))
    for place, document in enumerate(documents):
        for stem in document.keys() & rows.keys():
            counts[place, rows[stem]] = 1 + math.log(document[stem])
    weights = counts * idf
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    values, vectors = np.linalg.eigh(weights.T @ weights)  # squares of the singular values
    best = np.argsort(values)[::-1][:DIMENSIONS]
    placed = vectors[:, best] * np.maximum(values[best], 0.0) ** 0.25
    rarity = np.array([math.log(1 + len(documents) / frequencies[stem]) for stem in known])
    return LatentSpace(rows, (placed * rarity[:, None]).astype(np.float32))


if __name__ == "__main__":
    main()
