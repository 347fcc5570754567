"""A model writes from whole passages: from fewer when memory runs out, and once more in French."""

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer_records import Stage, Tokens, Waiting
from assistant.answering.events import tap
from assistant.answering.language import is_french
from assistant.answering.models import Ended, count_tokens, stream_events
from assistant.answering.prompts import (
    REMINDER_TOKENS,
    build_messages,
    fit_hits,
    insist_on_french,
    is_refusal,
)
from assistant.errors import ModelUnavailable, OutOfMemory
from assistant.searching.results import Hit

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_log = logging.getLogger("assistant")

_ANSWER_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, not checked yet."""

    text: str
    hits: tuple[Hit, ...]  # that it was shown: the passage `[1]` is the first
    prompt: str  # what it was asked, word for word
    rejected: str = ""  # what it wrote first, in another language
    is_cut: bool = False  # it had more to write
    is_short_of_memory: bool = False  # it was shown fewer passages than it could have read
    tokens: Tokens | None = None  # of both attempts; None where the engine did not count one

    @property
    def draft(self) -> str:
        """All that it wrote."""
        return f"{self.rejected.strip()}\n\n{self.text}" if self.rejected else self.text


Writing = Generator[str | Waiting, None, Written]


def write_from(llm: "LLM", question: str, hits: Sequence[Hit]) -> Writing:
    """Give what a model writes while it does, then all of it as the generator's value.

    Passages are kept whole, in their order, as many as its context holds. When memory runs out
    it begins again from half of them.

    Raises:
        ModelUnavailable: not even one passage fits, or the model fails.
    """
    fitting = _fitting(llm, question, hits)
    number = len(fitting)
    while True:
        is_again = number < len(fitting)
        try:
            return (yield from _write(llm, question, fitting[:number], again=is_again))
        except OutOfMemory:
            if number == 1:
                raise
            _log.warning("out of memory with %d passages: trying %d", number, number // 2)
            number //= 2
            yield Waiting(Stage.AGAIN)


def _fitting(llm: "LLM", question: str, hits: Sequence[Hit]) -> list[Hit]:
    window = llm.metadata.context_window
    fitting = fit_hits(
        question,
        hits,
        count_tokens=lambda messages: count_tokens(llm, messages),
        budget=window - _ANSWER_TOKENS - REMINDER_TOKENS,
    )
    if not fitting:
        raise ModelUnavailable(
            llm.metadata.model_name,
            f"votre question, avec le premier passage trouvé, ne tient pas dans les {window} "
            "jetons qu’il lit",
            "Posez une question plus courte, ou choisissez un modèle au contexte plus long.",
        )
    return fitting


def _write(llm: "LLM", question: str, hits: Sequence[Hit], *, again: bool) -> Writing:
    """Write from these passages, once more when it is not in French, and no more."""
    messages, rejected = build_messages(question, hits), ""
    text, ended = yield from _stream(llm, messages, again=again)
    tokens = ended.tokens
    if not is_refusal(text) and not is_french(text):
        rejected, messages = text, insist_on_french(messages)
        yield Waiting(Stage.AGAIN)
        text, ended = yield from _stream(llm, messages, again=True)
        tokens = tokens + ended.tokens if tokens and ended.tokens else None
    prompt = "\n\n".join(message.content or "" for message in messages)
    return Written(
        text,
        tuple(hits),
        prompt,
        rejected,
        is_cut=ended.reason in ("length", "deadline"),
        is_short_of_memory=again,
        tokens=tokens,
    )


def _stream(
    llm: "LLM", messages: "Sequence[ChatMessage]", *, again: bool
) -> Generator[str | Waiting, None, tuple[str, Ended]]:
    """Pass on what the model writes; the value is the whole text, and how it ended."""
    pieces: list[str] = []

    def keep(event: str | Waiting) -> None:
        if isinstance(event, str):
            pieces.append(event)

    ended = yield from tap(stream_events(llm, messages, again=again), keep)
    return "".join(pieces), ended
