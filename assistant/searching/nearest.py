"""How near the nearest single question of each article is to the one that is asked.

BM25 counts all questions of an article together: an article with much to say on the words of a
question outweighs one that answers it. One question that means the same says more than ten that
share a word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.records import RankedPassage
from assistant.searching.latent import latent_space
from assistant.searching.lexical import language_of, stem_language, stems_of

Article = tuple[str, str]
"""The identifier of a document, and the number of an article of it."""


def nearest_questions(question: str, keys: Iterable[RankedPassage]) -> Mapping[Article, float]:
    """Give the likeness, from 0 to 1, of the nearest question among those found of each article.

    Questions are compared by their directions (`latent`), in whatever language they are.
    """
    language = stem_language(question)
    direction = latent_space().vector(stems_of(question, language), language)
    nearest: dict[Article, float] = defaultdict(float)
    for key in keys:
        article = key.passage.document_id, key.passage.article
        likeness = float((_directions(key.passage.text) @ direction).max(initial=0.0))
        nearest[article] = max(nearest[article], likeness)
    return nearest


@lru_cache(maxsize=1024)  # some 10 KB each: those of two decrees in three languages
def _directions(text: str) -> npt.NDArray[np.float32]:
    """Give the direction of each question of a key; its first line is their language."""
    code, *questions = text.split("\n")
    language = language_of(code)
    return np.stack([latent_space().vector(stems_of(one, language), language) for one in questions])
