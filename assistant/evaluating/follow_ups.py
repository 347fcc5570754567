"""How well follow-ups are told from new questions and completed, and what is then found."""

import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.answering.follow_ups import AskedBefore, complete
from assistant.evaluating.questions import Question
from assistant.evaluating.retrieval import measure_questions
from assistant.searching.expressions import fold
from assistant.searching.search import Search


def evaluate_follow_ups(search: Search, questions: Sequence[Question]) -> dict[str, Any]:
    """Complete each question from its `turns`, and search what comes of it.

    `false_completions` counts questions that stand by themselves and were completed, `missed` those
    that lean on a turn and were not, `same_text` those completed word for word as expected
    (whatever the case and the signs). `hit@1` is the share, from 0 to 1, whose first article is
    expected: as they were typed, as they were completed, and as the file completes them; None where
    there are none.

    Raises:
        InvalidQuestion: a question cannot be searched; it is named.
    """
    completions = [complete_question(search, question) for question in questions]
    pairs = list(zip(questions, completions, strict=True))
    leaning = [(question, said) for question, said in pairs if question.completed]
    standing = [(question, said) for question, said in pairs if not question.completed]
    return {
        "n": len(questions),
        "follow_ups": len(leaning),
        "stand_alone": len(standing),
        "false_completions": sum(said is not None for _, said in standing),
        "missed": sum(said is None for _, said in leaning),
        "same_text": sum(_is_same(question.completed, said) for question, said in leaning),
        "hit@1": {
            "as_typed": _hits(search, [question for question, _ in leaning]),
            "completed": _hits(search, [_asking(q, said) for q, said in leaning]),
            "as_expected": _hits(search, [_asking(q, q.completed) for q, _ in leaning]),
            "stand_alone": _hits(search, [_asking(q, said) for q, said in standing]),
        },
    }


def complete_question(search: Search, question: Question) -> str | None:
    """Complete a question as a conversation of its turns does, each completed in its turn."""
    before: list[AskedBefore] = []
    for asked in question.turns:
        completion = complete(asked, before, governing=search.governing)
        before.append(AskedBefore(asked, completion.text if completion else None))
    completion = complete(question.text, before, governing=search.governing)
    return completion.text if completion else None


def _asking(question: Question, text: str | None) -> Question:
    return replace(question, text=text) if text else question


def _is_same(expected: str | None, said: str | None) -> bool:
    return fold(expected or "") == fold(said or "")


def _hits(search: Search, questions: Sequence[Question]) -> float | None:
    scores = [one.scores["hit@1"] for one in measure_questions(search, questions)]
    return round(statistics.fmean(scores), 4) if scores else None
