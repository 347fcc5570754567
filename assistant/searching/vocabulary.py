"""How rare each stem is in the documents searched: its IDF, as Qdrant computes it."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.records import Article
from assistant.searching.lexical import encode_passages, encode_questions
from assistant.searching.passages import cut_text, encoded_text
from assistant.searching.spelling import Speller, build_speller


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document frequencies of stems over passages."""

    passage_count: int
    frequencies: Mapping[int, int]  # stem identifier → number of passages that have it
    speller: Speller = field(default_factory=Speller)

    def weight(self, stem: int) -> float:
        """Give the IDF: ln(1 + (N - n + 0.5) / (n + 0.5)), highest for a stem that is nowhere."""
        n = self.frequencies.get(stem, 0)
        return math.log(1 + (self.passage_count - n + 0.5) / (n + 0.5))

    @property
    def highest_weight(self) -> float:
        """The IDF of a stem that stands nowhere: the unit in which relevance is measured."""
        return self.weight(-1)

    def knows(self, phrase: str) -> bool:
        """Whether a word of a phrase stands in the documents, in any of its forms."""
        [stems], _ = encode_questions([phrase])
        return any(stem in self.frequencies for stem in stems)

    def with_corrections(self, question: str) -> str:
        """Give a question, followed by its misspelt words as the documents write them."""
        return " ".join([question, *self.speller.correct(question)])

    def question_weights(self, question: str) -> dict[int, float]:
        """Give the IDF of each stem of a question."""
        [stems], _ = encode_questions([question])
        return {stem: self.weight(stem) for stem in stems}


def build_vocabulary(articles: Iterable[Article], questions: Iterable[str] = ()) -> Vocabulary:
    """Count the stems of the passages of these articles, as they are encoded.

    `questions` are those that lead to them: their words are known ones too.
    """
    texts = [
        encoded_text(article.path, article.heading, article.text[start:end])
        for article in articles
        for start, end in cut_text(article.text)
    ]
    stems, _ = encode_passages(texts)
    frequencies = Counter(stem for indices in stems for stem in indices)
    return Vocabulary(len(texts), frequencies, build_speller([*texts, *questions]))
