"""One answer being written by a causal language model, in a thread of its own."""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.answering.weights import is_out_of_memory
from assistant.errors import ModelUnavailable

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

FinishReason = Literal["stop", "length", "deadline", "abandoned"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers are written with, one at a time: whoever holds `turn` may use the model."""

    name: str
    model: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase"
    turn: threading.Lock


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an answer ends at the latest."""

    new_tokens: int
    deadline_seconds: float  # of writing, from the moment the model is free
    wait_seconds: float  # for one's turn


class Generation:
    """One answer, from its prompt's tokens to its text.

    The thread holds the model, not the reader: a reader who is slow, or who leaves without
    closing, keeps the next person waiting no longer than `deadline_seconds`.
    """

    def __init__(
        self, engine: Engine, prompt: list[int], limits: Limits, decoding: dict[str, Any]
    ) -> None:
        """Prepare; `decoding` holds the arguments of `generate` that choose the next token."""
        from transformers import TextIteratorStreamer

        self._engine = engine
        self._prompt = prompt
        self._limits = limits
        self._decoding = decoding
        # "Clean-up" would take away the space that French puts before « ? » and « ! ».
        self._streamer: Any = TextIteratorStreamer(
            engine.tokenizer,
            skip_prompt=True,
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        self._abandoned = threading.Event()
        self._ends_at = 0.0
        self._error: Exception | None = None
        self._finish_reason: FinishReason = "abandoned"
        self._completion_tokens = 0

    def deltas(self) -> Generator[str, None, None]:
        """Start writing, give the text as it comes, raise here what went wrong there.

        Closing the generator stops the model at its next token.
        """
        thread = threading.Thread(target=self._run, name="causal-lm")
        thread.start()
        try:
            yield from (delta for delta in self._streamer if delta)
            thread.join()  # `generate` ends the stream a little before it returns its tokens
        finally:
            self._abandoned.set()
        if self._error is not None:
            raise self._error

    def report(self) -> dict[str, Any]:
        """Token counts and the reason of the end, named as OpenAI names them."""
        usage = {
            "prompt_tokens": len(self._prompt),
            "completion_tokens": self._completion_tokens,
            "total_tokens": len(self._prompt) + self._completion_tokens,
        }
        return {"usage": usage, "finish_reason": self._finish_reason}

    def _run(self) -> None:
        try:
            self._write_in_turn()
        except Exception as error:  # noqa: BLE001 - raised again where the text is read
            self._error = self._explained(error)
        finally:
            # `generate` ends the stream only when it ends well. A second end is never read.
            self._streamer.text_queue.put(self._streamer.stop_signal)

    def _write_in_turn(self) -> None:
        if not self._engine.turn.acquire(timeout=self._limits.wait_seconds):
            raise ModelUnavailable(
                self._engine.name,
                "il répond déjà à d’autres personnes",
                "Reposez votre question dans une minute.",
            )
        try:
            if not self._abandoned.is_set():
                self._write()
        finally:
            self._engine.turn.release()

    def _write(self) -> None:
        import torch
        from transformers import StoppingCriteriaList

        prompt = torch.tensor([self._prompt], device=self._engine.model.device)
        self._ends_at = time.monotonic() + self._limits.deadline_seconds
        generate: Any = self._engine.model.generate
        sequences = generate(
            input_ids=prompt,
            attention_mask=torch.ones_like(prompt),
            max_new_tokens=self._limits.new_tokens,
            streamer=self._streamer,
            stopping_criteria=StoppingCriteriaList([self._must_stop]),
            **self._decoding,
        )
        tokens: list[int] = sequences[0, len(self._prompt) :].tolist()
        self._completion_tokens = len(tokens)
        self._finish_reason = self._reason(tokens)

    def _must_stop(self, *_: Any, **__: Any) -> bool:
        """Say whether to stop; `generate` asks after each pass through the model.

        It stops when the program ends, too. A daemon thread would not do: torch aborts the whole
        process when the interpreter goes away under it.
        """
        return (
            self._abandoned.is_set()
            or time.monotonic() >= self._ends_at
            or not threading.main_thread().is_alive()
        )

    def _reason(self, tokens: list[int]) -> FinishReason:
        eos: Any = self._engine.model.generation_config.eos_token_id
        if tokens and tokens[-1] in (eos if isinstance(eos, list) else [eos]):
            return "stop"
        if len(tokens) >= self._limits.new_tokens:
            return "length"
        return "abandoned" if self._abandoned.is_set() else "deadline"

    def _explained(self, error: Exception) -> Exception:
        if not is_out_of_memory(error):
            return error
        unavailable = ModelUnavailable(
            self._engine.name,
            "la mémoire ne suffit pas pour une question et des passages aussi longs",
            "Posez une question plus courte, libérez la carte graphique, ou choisissez un modèle "
            "plus petit.",
        )
        unavailable.__cause__ = error
        return unavailable
