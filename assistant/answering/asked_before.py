"""Where an article answers a question, told by the question keys of it that are nearest.

A paragraph says "les concurrents restent engagés"; the questions that it answers say "combien de
temps mon offre m’engage-t-elle", and so does whoever asks it again.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.article_paragraphs import read_article
from assistant.answering.key_places import paragraphs_at
from assistant.answering.wanted import Weights
from assistant.answering.weighing import Signs
from assistant.records import Article
from assistant.searching.latent import Vector, latent_space
from assistant.searching.lexical import StemLanguage, language_of, stem_language, stems_of
from assistant.searching.once import once
from assistant.searching.question_keys import load_keys
from assistant.searching.results import Hit, SearchResult
from assistant.searching.vocabulary import Vocabulary

_LAW = 0.5
"""Weight of what the law calls the things that the question says, beside its own words."""

_WITHIN = 0.7
"""How much it counts that a stem is rare in the questions of the article, beside in all."""

_LATENT = 0.4
"""What a key in quite other words counts that means the same, beside one in the same words."""

_UNRELATED = 0.3
"""Likeness of two directions that says nothing."""

_OF_TEXT = 0.4
"""What it counts that a paragraph itself means what is asked, beside one key in the same words."""

_UNRELATED_TEXT = 0.5
"""Likeness of a question and a paragraph that says nothing: both are of one article."""

_LATER = 0.3
"""What a key counts for the paragraphs that it names after the first."""

# Chosen on 2,250 keys of one decree, each asked of the article of the other decree that regulates
# the same thing (decision 0011 has the figures).


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question key that says where its article answers it."""

    language: StemLanguage
    weights: Weights  # of its stems
    vector: Vector  # its direction (`latent`)
    paragraphs: tuple[int, ...]  # most decisive first


@dataclass(frozen=True, slots=True)
class _Rarity:
    """How much stems of one language tell the questions of an article apart."""

    everywhere: Vocabulary  # over all question keys of the instrument
    within: Weights  # factor of each stem that stands in those of the article

    def weigh(self, stems: Weights) -> Weights:
        """Multiply the weight of each stem by its rarity."""
        return {
            stem: weight * self.everywhere.weight(stem) * self.within.get(stem, 1.0)
            for stem, weight in stems.items()
        }


def signs_of(hit: Hit, result: SearchResult) -> Signs:
    """Give what points at places of an article that was found."""
    passage, instrument = hit.ranked.passage, hit.document.instrument.number
    near = nearness(result.question, result.term_weights, hit.article, instrument)
    return Signs((passage.start, passage.end), near)


def nearness(
    question: str, weights: Weights, article: Article, instrument: str
) -> Mapping[int, float]:
    """Say how near the questions that each paragraph answers are to this one, from 0 up.

    Paragraphs go by their position; one key that says the very same gives 1, and several more:
    the square root of the sum of their squares, so that few near ones count, not many far ones.
    Nothing where nobody said which paragraphs answer. `weights` holds the stems that count of the
    question, and those of the law's words for them.
    """
    keys, rarities = _keys_of(instrument, article.number, article.text)
    stems = _asked_stems(question, weights)
    language = stem_language(question)
    direction = latent_space().vector(stems[language], language)
    asked = {
        spoken: rarities[spoken].weigh(said) for spoken, said in stems.items() if spoken in rarities
    }
    squares: dict[int, float] = defaultdict(float)
    for key in keys:
        near = _cosine(asked.get(key.language, {}), key.weights)
        near += _LATENT * _related(direction, key.vector, beyond=_UNRELATED)
        for place, index in enumerate(key.paragraphs):
            squares[index] += (near * (_LATER if place else 1.0)) ** 2
    if not keys:
        return {}
    return {
        index: math.sqrt(squares[index])
        + _OF_TEXT * _related(direction, of_text, beyond=_UNRELATED_TEXT)
        for index, of_text in enumerate(paragraph_directions(article.text))
    }


@lru_cache(maxsize=256)
def paragraph_directions(text: str) -> tuple[Vector, ...]:
    """Give the direction of each paragraph."""
    texts = read_article(text).texts
    return tuple(latent_space().vector(stems_of(one, "french"), "french") for one in texts)


def _asked_stems(question: str, weights: Weights) -> dict[StemLanguage, Weights]:
    """Give the stems of a question in French and, where it is another, in its own language."""
    language, own = stem_language(question), stems_of(question, "french")
    if language == "french":
        return {"french": {stem: 1.0 if stem in own else _LAW for stem in weights}}
    law = {stem: 1.0 for stem in weights if stem not in own}
    return {"french": law, language: dict.fromkeys(stems_of(question, language), 1.0)}


@lru_cache(maxsize=256)
def _keys_of(
    instrument: str, number: str, text: str
) -> tuple[tuple[_Asked, ...], Mapping[StemLanguage, _Rarity]]:
    """Read the keys of an article that name paragraphs of its text, and how rare their stems are.

    Languages in which it has no such key are left out.
    """
    read = [
        (language, stems_of(key.question, language), paragraphs)
        for key in load_keys(instrument).get(number, ())
        if (paragraphs := tuple(paragraphs_at(text, key.places)))
        for language in (language_of(key.language),)
    ]
    rarities = {
        language: _Rarity(
            _all_keys(instrument, language),
            _factors([stems for spoken, stems, _ in read if spoken == language]),
        )
        for language in dict.fromkeys(language for language, _, _ in read)
    }
    keys = (
        _Asked(
            language,
            rarities[language].weigh(dict.fromkeys(stems, 1.0)),
            latent_space().vector(stems, language),
            paragraphs,
        )
        for language, stems, paragraphs in read
    )
    return tuple(keys), rarities


def _factors(questions: Sequence[Iterable[int]]) -> Weights:
    """Give a factor from 1 - `_WITHIN` to 1 for each stem, the lower the more questions say it."""
    count = len(questions)
    frequencies = Counter(stem for stems in questions for stem in stems)
    return {
        stem: 1 - _WITHIN + _WITHIN * math.log(1 + count / frequency) / math.log(1 + count)
        for stem, frequency in frequencies.items()
    }


@once
def _all_keys(instrument: str, language: StemLanguage) -> Vocabulary:
    """Count the stems of all keys of an instrument in one language."""
    everything = (key for keys in load_keys(instrument).values() for key in keys)
    spoken = [key for key in everything if language_of(key.language) == language]
    frequencies = Counter(s for key in spoken for s in stems_of(key.question, language))
    return Vocabulary(len(spoken), frequencies)


def _cosine(one: Weights, other: Weights) -> float:
    shared = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    return shared / (_norm(one) * _norm(other)) if shared else 0.0


def _related(one: Vector, other: Vector, *, beyond: float) -> float:
    """Say from 0 to 1 how near two directions are, beyond a likeness that says nothing."""
    return max(0.0, float(one @ other) - beyond) / (1 - beyond)


def _norm(weights: Weights) -> float:
    return math.sqrt(sum(weight**2 for weight in weights.values()))
