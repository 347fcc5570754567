"""How good the answers are: whether their quotations hold the sentences that answer."""

import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer_records import Answer, Citation, Outcome
from assistant.answering.answering import Answering
from assistant.answering.language import is_french
from assistant.evaluating.figures import percentile, share
from assistant.evaluating.questions import Question
from assistant.searching.library import Library

_NEARLY_ALL = 0.9  # of the words of the evidence: what the softer measure asks for


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be said of one answer."""

    question: Question
    refused: bool
    characters: int
    right_first: bool  # the first article cited is one that was expected
    right_cited: bool  # … one is cited; of a comparison, one of each text
    evidence: bool  # every expected sentence stands in the quotations of its text
    evidence_words: bool  # … or nearly all of its words do
    quotes_exact: bool  # every quotation is a piece of its article, where it says that it is
    french: bool  # every sentence is
    seconds: float  # from the question to the whole answer


def evaluate_answers(
    answering: Answering, library: Library, questions: Sequence[Question]
) -> dict[str, Any]:
    """Measure answers on questions that say which articles, and which sentences, answer them.

    Shares are from 0 to 1, None where nothing can be counted. A question that no article answers
    is `outside` and should be refused; of the others, a refusal counts as evidence that is not
    quoted. `evidence_if_cited` leaves out the answers that cite another article. Characters are
    those of the whole text of an answer, in seconds is the time until it is there. Nothing is
    kept in the history.
    """
    judged = [_judge(answering, library, question) for question in questions]
    answered = [one for one in judged if not one.refused]
    lengths, seconds = [one.characters for one in answered], [one.seconds for one in judged]
    outside = [one for one in judged if not one.question.expected]
    kinds = sorted({one.question.kind for one in judged if one.question.expected})
    return {
        **_measure([one for one in judged if one.question.expected]),
        "outside": len(outside),
        "outside_refused": share([one.refused for one in outside]),
        "quotes_exact": share([one.quotes_exact for one in answered]),
        "sentences_french": share([one.french for one in answered]),
        "characters_p50": percentile(lengths, 50),
        "characters_p95": percentile(lengths, 95),
        "seconds_p50": percentile(seconds, 50),
        "seconds_p95": percentile(seconds, 95),
        "by_kind": {kind: _measure([j for j in judged if _is_of(kind, j)]) for kind in kinds},
        "not_quoted": [j.question.id for j in judged if j.question.evidence and not j.evidence],
    }


def _is_of(kind: str, judged: Judged) -> bool:
    return bool(judged.question.expected) and judged.question.kind == kind


def _measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """Count the answers to questions that some article answers."""
    expected = [one for one in judged if one.question.evidence]
    return {
        "n": len(judged),
        "refused": share([one.refused for one in judged]),
        "right_article_first": share([one.right_first for one in judged]),
        "right_article_cited": share([one.right_cited for one in judged]),
        "evidence": share([one.evidence for one in expected]),
        "evidence_words": share([one.evidence_words for one in expected]),
        "evidence_if_cited": share([one.evidence for one in expected if one.right_cited]),
    }


def _judge(answering: Answering, library: Library, question: Question) -> Judged:
    start = time.perf_counter()
    answer = answering.ask(
        question.text, within=question.within, launched=question.launched, keep=False
    )
    seconds = time.perf_counter() - start
    first = answer.citations[:1]
    return Judged(
        question=question,
        refused=answer.outcome is not Outcome.ANSWERED,
        characters=len(answer.text),
        right_first=any(place in question.expected for place in _places(first)),
        right_cited=_is_cited(question, answer),
        evidence=all(
            f" {fold(text)} " in f" {_quoted(answer, instrument)} "
            for instrument, text in question.evidence
        ),
        evidence_words=all(
            _recall(text, _quoted(answer, instrument)) >= _NEARLY_ALL
            for instrument, text in question.evidence
        ),
        quotes_exact=all(_is_exact(citation, library) for citation in answer.citations),
        french=all(is_french(sentence.sentence) for sentence in answer.sentences),
        seconds=seconds,
    )


def _places(citations: Iterable[Citation]) -> set[tuple[str, str]]:
    """Give where citations point; with and without their text: a file may not name it."""
    return {(text, c.article) for c in citations for text in (c.instrument, "")}


def _is_cited(question: Question, answer: Answer) -> bool:
    cited = _places(answer.citations)
    texts = {text for text, _ in question.expected}
    found = {text for text, article in question.expected if (text, article) in cited}
    return bool(texts) and found == texts


def _quoted(answer: Answer, instrument: str | None) -> str:
    """Give the folded quotations of a text, or of any, those of an article in its order."""
    quotes = defaultdict(list)
    for citation in answer.citations:
        if instrument in (None, citation.instrument):
            place = citation.document_id, citation.article
            quotes[place].append((citation.start, citation.quote))
    return fold("\n".join(quote for found in quotes.values() for _, quote in sorted(found)))


def _recall(text: str, quoted: str) -> float:
    words = set(fold(text).split())
    return len(words & set(quoted.split())) / len(words) if words else 1.0


def fold(text: str) -> str:
    """Leave of a text its words alone, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))


def _is_exact(citation: Citation, library: Library) -> bool:
    text = library.article(citation.document_id, citation.article).text
    end = citation.start + len(citation.quote)
    return bool(citation.quote) and text[citation.start : end] == citation.quote
