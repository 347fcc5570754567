"""What a question asks in its conversation: as it was typed, or completed from the turns before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.answering.citations import article_label, of_instrument
from assistant.answering.conversations import Asked, Turn
from assistant.answering.follow_ups import AskedBefore, complete
from assistant.answering.follow_ups.completing import Governing

_LONGEST = 600  # characters: beyond, a completion is a heap of turns


def understand(asked: Asked, turns: Sequence[Turn], *, governing: Governing) -> Asked:
    """Complete what is asked from the turns before, oldest first, if it leans on them.

    A follow-up that names a text, or a date of launch, is no longer asked within the text and at
    the date that were chosen for the turn before: it changes them.
    """
    before = [turn for turn in turns if not turn.error]
    completion = complete(asked.question, list(map(_asked_before, before)), governing=governing)
    if completion is None or len(completion.text) > _LONGEST:
        return asked
    last = before[-1].asked
    is_chosen_anew = (asked.within, asked.launched) != (last.within, last.launched)
    if completion.names_regime and not is_chosen_anew:
        return replace(asked, completed=completion.text, within=None, launched=None)
    return replace(asked, completed=completion.text)


def _asked_before(turn: Turn) -> AskedBefore:
    return AskedBefore(turn.asked.question, turn.asked.completed, _cited(turn.answer))


def _cited(answer: dict[str, Any] | None) -> str:
    """Name the article that an answer cites first; "" for none, or for what is no article."""
    citation = next(iter(answer["citations"]), None) if answer else None
    if citation is None or not citation["article"][0].isdigit():
        return ""
    return f"{article_label(citation['article'])} {of_instrument(citation['instrument_name'])}"
