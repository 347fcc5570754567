"""A causal language model in this process, as a LlamaIndex `LLM`: Llama 2 chat in 4 bits.

LlamaIndex has its own (`llama-index-llms-huggingface`). It tokenizes the templated prompt again,
which doubles the beginning-of-sequence token and makes control tokens of what a document prints;
a failure in its thread leaves the reader waiting for ever; nothing stops it, nothing is counted.
"""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from llama_index.core.llms.custom import CustomLLM

from assistant.answer_records import Waiting
from assistant.answering.brake import Brake
from assistant.answering.chat_template import ChatTemplate
from assistant.answering.generation import Engine, Generation, Limits
from assistant.answering.waiting_line import WaitingLine
from assistant.answering.weights import load_weights
from assistant.errors import ModelUnavailable

if TYPE_CHECKING:
    from transformers import PreTrainedModel

LLAMA_2_CONTEXT = 4096  # tokens


class CausalLM(CustomLLM):
    """A chat model loaded once and safe for many people at once.

    They are answered one after the other, first come first served.
    """

    model_name: str = Field(description="Local path or hub name, as it was set")
    bits: int = Field(description="4 (NF4), 8 (LLM.int8) or 16")
    context_window: int = Field(gt=0, description="Tokens that prompt and answer share")
    max_new_tokens: int = Field(default=512, gt=0, description="Longest answer, in tokens")
    temperature: float = Field(default=0.0, ge=0, description="0: greedy, always the same answer")
    prompt_lookup_num_tokens: int = Field(
        default=10, ge=0, description="Tokens guessed at once from the prompt; 0: none"
    )
    deadline_seconds: float = Field(default=120, gt=0, description="Longest time to write")
    wait_seconds: float = Field(default=600, gt=0, description="Longest wait for one’s turn")
    places: int = Field(default=50, ge=0, description="Questions that can wait for their turn")

    _engine: Engine = PrivateAttr()
    _template: ChatTemplate = PrivateAttr()

    def __init__(
        self, model_name: str, *, bits: int = 4, context_window: int | None = None, **options: Any
    ) -> None:
        """Load the model; raises `ModelUnavailable`. `options` are the other fields above.

        `context_window` can only shorten what the model was made for.
        """
        model, tokenizer = load_weights(model_name, bits)
        largest = _positions(model)
        window = min(context_window or largest, largest)
        super().__init__(model_name=model_name, bits=bits, context_window=window, **options)
        self._engine = Engine(model_name, model, tokenizer, WaitingLine(), Brake(model))
        self._template = ChatTemplate(tokenizer)

    @classmethod
    def class_name(cls) -> str:
        """Name that LlamaIndex gives the class in its events."""
        return "causal_lm"

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of a model."""
        return LLMMetadata(
            context_window=self.context_window,
            num_output=self.max_new_tokens,
            is_chat_model=True,
            model_name=self.model_name,
        )

    def count_tokens(self, messages: Sequence[ChatMessage]) -> int:
        """Tokens of the prompt these messages make, control tokens included."""
        return len(self._template.encode(messages))

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponse:
        """Write the whole answer; see `stream_chat`."""
        *_earlier, last = self._respond(messages)
        return last

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponseGen:
        """Write the answer bit by bit; closing the generator stops the model.

        While there is nothing to read, responses come with an empty delta and a `Waiting` in `raw`,
        several a second. The last one has `usage` and `finish_reason` there.

        Raises:
            ModelUnavailable: the prompt leaves no room for an answer.
            ModelBusy: too many people wait, or one has waited for `wait_seconds`.
            OutOfMemory: a shorter prompt may do.
        """
        return self._respond(messages)

    @llm_completion_callback()
    def complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002 - a chat model has one format, its template's
        **_: Any,
    ) -> CompletionResponse:
        """Answer one user message; see `stream_chat`."""
        *_earlier, last = self._respond([_message(MessageRole.USER, prompt)])
        return CompletionResponse(text=last.message.content or "", raw=last.raw)

    @llm_completion_callback()
    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002 - as above
        **_: Any,
    ) -> CompletionResponseGen:
        """Answer one user message bit by bit; see `stream_chat`."""
        return _as_completions(self._respond([_message(MessageRole.USER, prompt)]))

    def _respond(self, messages: Sequence[ChatMessage]) -> ChatResponseGen:
        prompt = self._template.encode(messages)
        room = self.context_window - len(prompt)
        if room < 1:
            raise ModelUnavailable(
                self.model_name,
                f"la question et ses passages font {len(prompt)} jetons, et il n’en lit que "
                f"{self.context_window}",
                "Posez une question plus courte, ou choisissez un modèle au contexte plus long.",
            )
        limits = Limits(
            new_tokens=min(room, self.max_new_tokens),
            deadline_seconds=self.deadline_seconds,
            wait_seconds=self.wait_seconds,
            places=self.places,
        )
        return _as_responses(Generation(self._engine, prompt, limits, self._decoding()))

    def _decoding(self) -> dict[str, Any]:
        """Arguments of `generate` that say how the next token is chosen."""
        chosen: dict[str, Any] = {"do_sample": False}
        if self.temperature > 0:
            chosen = {"do_sample": True, "temperature": self.temperature}
        # A recurrent model cannot take a wrong guess back.
        if self.prompt_lookup_num_tokens and not self._engine.model._is_stateful:
            chosen["prompt_lookup_num_tokens"] = self.prompt_lookup_num_tokens
        return chosen


def _positions(model: "PreTrainedModel") -> int:
    """Tokens the model was made to hold, prompt and answer together."""
    config: Any = model.config.get_text_config()
    return int(getattr(config, "max_position_embeddings", None) or LLAMA_2_CONTEXT)


def _message(role: MessageRole, text: str) -> ChatMessage:
    return ChatMessage(role=role, content=text)


def _as_responses(generation: Generation) -> ChatResponseGen:
    text = ""
    with closing(generation.events()) as events:
        for event in events:
            waiting, delta = (event, "") if isinstance(event, Waiting) else (None, event)
            text += delta
            message = _message(MessageRole.ASSISTANT, text)
            yield ChatResponse(message=message, delta=delta, raw=waiting)
    message = _message(MessageRole.ASSISTANT, text)
    yield ChatResponse(message=message, delta="", raw=generation.report())


def _as_completions(responses: ChatResponseGen) -> CompletionResponseGen:
    with closing(responses):
        for response in responses:
            yield CompletionResponse(
                text=response.message.content or "", delta=response.delta, raw=response.raw
            )
