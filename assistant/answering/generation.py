"""One answer being written by a causal language model, in the thread of its waiting line."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.answer_records import Stage, Waiting
from assistant.answering.brake import Brake, Stopped
from assistant.answering.memory import free_memory, is_out_of_memory
from assistant.answering.streamed_text import StreamedText
from assistant.answering.waiting_line import LineIsFull, Ticket, WaitingLine
from assistant.errors import ModelBusy, OutOfMemory

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

FinishReason = Literal["stop", "length", "deadline", "abandoned"]

_HEARTBEAT = 0.25  # seconds without a word, at most


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers are written with, one after the other."""

    name: str
    model: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase"
    line: WaitingLine
    brake: Brake


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an answer ends at the latest."""

    new_tokens: int
    deadline_seconds: float  # of writing, from the moment the model is free
    wait_seconds: float  # for one's turn
    places: int  # how many can wait


class Generation:
    """One answer, from its prompt's tokens to its text.

    The line's thread holds the model, not the reader: a reader who is slow, or who leaves without
    closing, keeps the next person waiting no longer than `deadline_seconds`.
    """

    def __init__(
        self,
        engine: Engine,
        prompt: list[int],
        limits: Limits,
        decoding: Callable[[], dict[str, Any]],
    ) -> None:
        """Prepare; `decoding` gives, in turn, how `generate` is to choose the next token."""
        self._engine = engine
        self._prompt = prompt
        self._limits = limits
        self._decoding = decoding
        self._text = StreamedText(engine.tokenizer)
        self._abandoned = threading.Event()
        self._ends_at = 0.0
        self._error: Exception | None = None
        self._finish_reason: FinishReason = "abandoned"

    def events(self, *, first: bool = False) -> Generator[str | Waiting, None, None]:
        """Take a place in the line, give the text as it comes, raise here what went wrong there.

        Until there is text, and whenever none comes for a while, it says what is waited for.
        Closing the generator gives the place up, or stops the model between two of its layers.
        `first`: this goes on with an answer whose turn has come already.
        """
        ticket = self._take_place(first=first)
        gives_up_at = time.monotonic() + self._limits.wait_seconds
        try:
            if self._engine.line.ahead(ticket):
                yield self._waiting(ticket, gives_up_at)
            while (delta := self._text.next(within=_HEARTBEAT)) is not None:
                yield delta or self._waiting(ticket, gives_up_at)
        finally:
            self._abandoned.set()
            self._engine.line.leave(ticket)
        if self._error is not None:
            raise self._error

    def report(self) -> dict[str, Any]:
        """Token counts and the reason of the end, named as OpenAI names them; passes."""
        completed = len(self._text.tokens)
        usage = {
            "prompt_tokens": len(self._prompt),
            "completion_tokens": completed,
            "total_tokens": len(self._prompt) + completed,
        }
        return {
            "usage": usage,
            "finish_reason": self._finish_reason,
            "passes": self._text.passes,
        }

    def _take_place(self, *, first: bool) -> Ticket:
        try:
            return self._engine.line.join(self._run, longest=self._limits.places, first=first)
        except LineIsFull:
            raise ModelBusy(
                self._engine.name,
                f"sa file d’attente, de {self._limits.places} questions, est pleine",
                "Reposez la vôtre dans quelques minutes.",
            ) from None

    def _waiting(self, ticket: Ticket, gives_up_at: float) -> Waiting:
        """Say what is waited for; raises `ModelBusy` when that is one's turn, for too long."""
        ahead = self._engine.line.ahead(ticket)
        if not ahead:
            return Waiting(Stage.READING)
        if time.monotonic() < gives_up_at:
            return Waiting(Stage.QUEUED, ahead)
        raise ModelBusy(
            self._engine.name,
            "il répond encore à d’autres personnes",
            "Reposez votre question dans quelques minutes.",
        )

    def _run(self) -> None:
        try:
            if not self._abandoned.is_set():
                self._write()
                self._finish_reason = self._reason()
        except Exception as error:  # noqa: BLE001 - raised again where the text is read
            self._error = self._explained(error)
        finally:
            self._text.close()

    def _write(self) -> None:
        import torch
        from transformers import StoppingCriteriaList

        prompt = torch.tensor([self._prompt], device=self._engine.model.device)
        self._ends_at = time.monotonic() + self._limits.deadline_seconds
        generate: Any = self._engine.model.generate
        with suppress(Stopped), self._engine.brake.pulled_when(self._must_stop):
            generate(
                input_ids=prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=self._limits.new_tokens,
                streamer=self._text,
                stopping_criteria=StoppingCriteriaList([lambda *_, **__: self._must_stop()]),
                **self._decoding(),
            )

    def _must_stop(self) -> bool:
        """Say whether to stop, which is asked before each layer and after each pass."""
        return (
            self._abandoned.is_set()
            or time.monotonic() >= self._ends_at
            or self._engine.line.is_closed
            or not threading.main_thread().is_alive()
        )

    def _reason(self) -> FinishReason:
        eos: Any = self._engine.model.generation_config.eos_token_id
        tokens = self._text.tokens
        if tokens and tokens[-1] in (eos if isinstance(eos, list) else [eos]):
            return "stop"
        if len(tokens) >= self._limits.new_tokens:
            return "length"
        return "abandoned" if self._abandoned.is_set() else "deadline"

    def _explained(self, error: Exception) -> Exception:
        if not is_out_of_memory(error):
            return error
        free_memory(error)
        return OutOfMemory(
            self._engine.name,
            "la mémoire ne suffit pas pour une question et des passages aussi longs",
            "Posez une question plus courte, libérez la carte graphique, ou choisissez un modèle "
            "plus petit.",
        )
