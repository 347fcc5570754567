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
from assistant.answering.decoding import GUESSED_TOKENS, Decoding, FixedMemory, arguments
from assistant.answering.generation import Engine, Generation, Limits
from assistant.answering.model_state import ModelState, memory_of
from assistant.answering.waiting_line import WaitingLine
from assistant.answering.weights import load_weights
from assistant.errors import ModelUnavailable

if TYPE_CHECKING:
    from transformers import PreTrainedModel

LLAMA_2_CONTEXT = 4096  # tokens

_COMPILED_TOKENS = 4  # the first pass is not compiled, and CUDA graphs are recorded at the third
_COMPILING_SECONDS = 900


class CausalLM(CustomLLM):
    """A chat model loaded once and safe for many people at once.

    They are answered one after the other, first come first served.
    """

    model_name: str = Field(description="Local path or hub name, as it was set")
    bits: int = Field(description="4 (NF4), 8 (LLM.int8) or 16")
    double_quantization: bool = Field(default=False, description="NF4: smaller and slower")
    context_window: int = Field(gt=0, description="Tokens that prompt and answer share")
    max_new_tokens: int = Field(default=512, gt=0, description="Longest answer, in tokens")
    temperature: float = Field(default=0.0, ge=0, description="0: greedy, always the same answer")
    decoding: Decoding = Field(default=Decoding.LOOKUP, description="How the next word is chosen")
    guessed_tokens: int = Field(default=GUESSED_TOKENS, gt=0, description="At once, by lookup")
    deadline_seconds: float = Field(default=120, gt=0, description="Longest time to write")
    wait_seconds: float = Field(default=600, gt=0, description="Longest wait for one’s turn")
    places: int = Field(default=50, ge=0, description="Questions that can wait for their turn")

    _engine: Engine = PrivateAttr()
    _memory: FixedMemory = PrivateAttr()
    _template: ChatTemplate = PrivateAttr()

    def __init__(
        self,
        model_name: str,
        *,
        bits: int = 4,
        double_quantization: bool = False,
        context_window: int | None = None,
        compile_backend: str | None = None,
        **options: Any,
    ) -> None:
        """Load the model; raises `ModelUnavailable`. `options` are the other fields above.

        `context_window` can only shorten what the model was made for; `compile_backend` is that of
        `FixedMemory`.
        """
        model, tokenizer = load_weights(model_name, bits, double_quantization=double_quantization)
        largest = _positions(model)
        window = min(context_window or largest, largest)
        super().__init__(
            model_name=model_name,
            bits=bits,
            double_quantization=double_quantization,
            context_window=window,
            **options,
        )
        self._engine = Engine(model_name, model, tokenizer, WaitingLine(), Brake(model))
        self._memory = FixedMemory(model, window=window, backend=compile_backend)
        self._template = ChatTemplate(tokenizer)
        if model._is_stateful:  # a recurrent model takes no wrong guess back, nor fixed memory
            self.decoding = Decoding.PLAIN
        if self.decoding is Decoding.COMPILED:
            self._compile()

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

    def state(self, name: str) -> ModelState:
        """Say what is loaded, under that name, and what it takes."""
        return ModelState(
            name,
            is_loaded=True,
            bits=self.bits,
            double_quantization=self.double_quantization,
            decoding=self.decoding.value,
            context_window=self.context_window,
            memory=memory_of(self._engine.model),
            questions=self._engine.line.length,
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
    def stream_chat(
        self, messages: Sequence[ChatMessage], *, again: bool = False, **_: Any
    ) -> ChatResponseGen:
        """Write the answer bit by bit; closing the generator stops the model.

        `again`: it goes on with an answer whose turn has come already, and waits for nobody else.

        While there is nothing to read, responses come with an empty delta and a `Waiting` in `raw`,
        several a second. The last one has `usage` and `finish_reason` there.

        Raises:
            ModelUnavailable: the prompt leaves no room for an answer.
            ModelBusy: too many people wait, or one has waited for `wait_seconds`.
            OutOfMemory: a shorter prompt may do.
        """
        return self._respond(messages, again=again)

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

    def _respond(self, messages: Sequence[ChatMessage], *, again: bool = False) -> ChatResponseGen:
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
        generation = Generation(self._engine, prompt, limits, self._arguments)
        return _as_responses(generation, first=again)

    def _arguments(self) -> dict[str, Any]:
        return arguments(
            self.decoding,
            self._memory,
            temperature=self.temperature,
            guessed_tokens=self.guessed_tokens,
        )

    def _compile(self) -> None:
        """Compile before anyone asks, in the thread that will write; raises `ModelUnavailable`."""
        limits = Limits(_COMPILED_TOKENS, _COMPILING_SECONDS, _COMPILING_SECONDS, places=1)
        prompt = self._template.encode([_message(MessageRole.USER, "Bonjour")])
        try:
            for _ in Generation(self._engine, prompt, limits, self._arguments).events():
                pass
        except Exception as error:
            raise ModelUnavailable(
                self.model_name,
                f"il ne se laisse pas compiler sur cette machine ({type(error).__name__})",
                "Mettez ASSISTANT_MODEL_DECODING=lookup.",
            ) from error


def _positions(model: "PreTrainedModel") -> int:
    """Tokens the model was made to hold, prompt and answer together."""
    config: Any = model.config.get_text_config()
    return int(getattr(config, "max_position_embeddings", None) or LLAMA_2_CONTEXT)


def _message(role: MessageRole, text: str) -> ChatMessage:
    return ChatMessage(role=role, content=text)


def _as_responses(generation: Generation, *, first: bool) -> ChatResponseGen:
    text = ""
    with closing(generation.events(first=first)) as events:
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
