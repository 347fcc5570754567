"""The words of a question as the law says them, in whatever language it is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.searching.expressions import read_words
from assistant.searching.lexical import encode_passages, encode_questions, is_stop_word
from assistant.searching.lexicon import Lexicon, Match
from assistant.searching.vocabulary import Vocabulary

Stems = frozenset[int]

_LAW_WORD = 0.5  # of a word of the law for what a question says, beside words the texts have


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question: its own stem, and those of each of the law's phrases for it."""

    own: Stems
    law: tuple[Stems, ...] = ()  # empty: the lexicon does not know the word

    def weight(self, vocabulary: Vocabulary) -> float:
        """Give the IDF of the law's words for it, else its own.

        A foreign word that nobody has translated stands nowhere, so it weighs most: it is what a
        question that is outside the texts is about.
        """
        means = [_idf(phrase, vocabulary) / len(phrase) for phrase in self.law]
        return max(means, default=_idf(self.own, vocabulary))

    def share_in(self, stems: Stems, vocabulary: Vocabulary) -> float:
        """Give the share, from 0 to 1, of it or of its nearest phrase that stands among stems."""
        shares = [
            _idf(said & stems, vocabulary) / _idf(said, vocabulary)
            for said in (self.own, *self.law)
        ]
        return max(shares)


def read_asked_words(question: str, content: str, lexicon: Lexicon) -> list[AskedWord]:
    """Give the words of a question that are in its `content` and not stop words of its language."""
    wanted = {word.text for word in read_words(content)}
    matches = lexicon.matches(question)
    return [
        AskedWord(own, _law_at(place, matches))
        for place, word in enumerate(read_words(question))
        if word.text in wanted
        and not is_stop_word(word.text, question)
        and (own := _stems(word.text))
    ]


def said_share(words: Sequence[AskedWord], text: str, vocabulary: Vocabulary) -> float:
    """Give the share, from 0 to 1 and by IDF, of the words that a text says in its own way."""
    [found], _ = encode_passages([text])
    stems = frozenset(found)
    weights = [word.weight(vocabulary) for word in words]
    shares = [word.share_in(stems, vocabulary) for word in words]
    total = sum(weights)
    return sum(w * s for w, s in zip(weights, shares, strict=True)) / total if total else 0.0


def term_weights(
    question: str, content: str, vocabulary: Vocabulary, lexicon: Lexicon
) -> dict[int, float]:
    """Give the IDF of the words of a question, and of what the law calls the things it speaks of.

    The law's words weigh less beside words that the texts have; they take the place of the others.
    """
    added = vocabulary.question_weights(" ".join(lexicon.expand(question)))
    unknown = (
        word
        for word in read_asked_words(question, content, lexicon)
        if not word.own & vocabulary.frequencies.keys()
    )
    instead = {stem for word in unknown for phrase in word.law for stem in phrase}
    return (
        {stem: _LAW_WORD * weight for stem, weight in added.items()}
        | {stem: vocabulary.weight(stem) for stem in instead}
        | vocabulary.question_weights(content)
    )


def _law_at(place: int, matches: Iterable[Match]) -> tuple[Stems, ...]:
    phrases = (p for match in matches if match.start <= place < match.end for p in match.law)
    return tuple(stems for phrase in phrases if (stems := _stems(phrase)))


def _stems(text: str) -> Stems:
    [stems], _ = encode_questions([text])
    return frozenset(stems)


def _idf(stems: Stems, vocabulary: Vocabulary) -> float:
    return sum(vocabulary.weight(stem) for stem in stems)
