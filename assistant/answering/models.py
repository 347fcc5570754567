"""Which model writes the answers, and its text, bit by bit.

The rest of the code asks a model by `stream_text` alone, whoever the vendor is.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from assistant.answer_records import Stage, Tokens, Waiting
from assistant.answering import remote_model
from assistant.answering.events import pump
from assistant.answering.model_state import ModelState
from assistant.answering.weights import BITS, find_folder, missing_weights
from assistant.errors import InvalidSettings
from assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

EXTRACTIVE = "extractive"
AUTO = "auto"

LLAMA_2 = {"meta-llama/Llama-2-13b-chat-hf": 13, "meta-llama/Llama-2-7b-chat-hf": 7}
"""Hub name → billions of parameters, in the order `auto` prefers them."""


class Ended(NamedTuple):
    """How a text ended."""

    reason: str | None
    """"stop" (it was finished), "length" or "deadline" (it was cut), None: the engine did not say.
    """
    tokens: Tokens | None  # None: the engine did not count


def load_model(settings: Settings) -> "LLM | None":
    """Load the model that the settings name; None: answers are quotations (extractive).

    Raises `InvalidSettings`, and `ModelUnavailable` when a model in this process cannot be
    loaded. A remote engine is asked nothing before the first question.
    """
    if settings.model_bits not in BITS:
        raise InvalidSettings(
            f"ASSISTANT_MODEL_BITS vaut {settings.model_bits}. "
            "Les valeurs possibles sont 4, 8 et 16."
        )
    name = chosen_model(settings)
    if name == EXTRACTIVE:
        return None
    if name.startswith(remote_model.PREFIX):
        return remote_model.connect(settings)
    from assistant.answering.causal_lm import CausalLM

    return CausalLM(
        name,
        bits=settings.model_bits,
        double_quantization=settings.model_double_quantization,
        decoding=settings.model_decoding,
        deadline_seconds=settings.model_deadline_seconds,
        places=settings.model_places,
    )


def chosen_model(settings: Settings) -> str:
    """Name the model that the settings choose on this machine, or `EXTRACTIVE`."""
    name = settings.model.strip() or AUTO  # a variable that is set to nothing is not set
    return _automatic(settings.model_bits) if name == AUTO else name


def model_name(settings: Settings, llm: "LLM | None") -> str:
    """Name what is speaking, for the screen: "Llama-2-7b-chat-hf (4 bits)", or "extractive".

    A remote model is shown with the host that the question and its passages are sent to.
    """
    if llm is None:
        return EXTRACTIVE
    name = llm.metadata.model_name
    if settings.model.startswith(remote_model.PREFIX):
        return f"{name} ({urlsplit(settings.model_url).hostname})"
    return f"{Path(name).name or name} ({settings.model_bits} bits)"


def model_state(name: str, llm: "LLM | None") -> ModelState:
    """Say what a loaded writer of that name is, and what it takes."""
    state = getattr(llm, "state", None)
    return ModelState(name, is_loaded=True) if state is None else state(name)


def stream_text(llm: "LLM", messages: "Sequence[ChatMessage]") -> Generator[str, None, str | None]:
    """Give the answer's text alone, and as the value why it ends; see `stream_events`."""
    events = stream_events(llm, messages)
    with closing(events):
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                ended: Ended = end.value
                return ended.reason
            if isinstance(event, str):
                yield event


def stream_events(
    llm: "LLM", messages: "Sequence[ChatMessage]", *, again: bool = False
) -> Generator[str | Waiting, None, Ended]:
    """Give the answer's text as it is written; close the generator to stop the model.

    Where nothing is written, it says several times a second what is waited for. `again`: this goes
    on with an answer whose turn has come already. The generator's value is how the text ended.
    Raises `ModelUnavailable` when the model or its engine fails.
    """
    if _is_here(llm):
        return _events(llm, messages, again=again)
    return pump(_events(llm, messages), Waiting(Stage.READING))


def _events(
    llm: "LLM", messages: "Sequence[ChatMessage]", **options: Any
) -> Generator[str | Waiting, None, Ended]:
    reason, tokens, silent = None, None, True
    try:
        with closing(llm.stream_chat(messages, **options)) as responses:
            for response in responses:
                silent = False
                if isinstance(response.raw, Waiting):
                    yield response.raw
                reason = _finish_reason(response.raw) or reason
                tokens = _tokens(response.raw) or tokens
                if response.delta:
                    yield response.delta
    except Exception as error:
        unavailable = remote_model.explain(llm.metadata.model_name, error)
        if unavailable is None:
            raise
        raise unavailable from error
    if silent:  # a web page in place of an engine makes an empty stream, not an error
        raise remote_model.not_an_engine(llm.metadata.model_name)
    return Ended(reason, tokens)


def _is_here(llm: "LLM") -> bool:
    """Whether a model is in this process: it counts tokens, and has a line."""
    return hasattr(llm, "count_tokens")


def count_tokens(llm: "LLM", messages: "Sequence[ChatMessage]") -> int | None:
    """Tokens of the prompt these messages make; None where only a remote engine knows."""
    counting: Any = llm
    return int(counting.count_tokens(messages)) if _is_here(llm) else None


def largest_that_fits(names: Iterable[str], memory: int, bits: int) -> str | None:
    """First of the `names` of `LLAMA_2` that a GPU with `memory` bytes can hold; None: none."""
    return next((n for n in names if needed_memory(LLAMA_2[n] * 1e9, bits) <= memory), None)


def needed_memory(parameters: float, bits: int) -> float:
    """Estimate the bytes that a model of that many parameters needs, like Llama 2.

    Beside its weights it needs, per billion parameters, 0.3 GB to remember 4,096 tokens, and
    1.5 GB for its embeddings, which are not quantized, and its working memory.
    """
    return parameters * (bits / 8 + 0.3) + 1.5e9


def _automatic(bits: int) -> str:
    """Llama 2 where its weights are here and a GPU can hold it, else `EXTRACTIVE`."""
    names = [n for n in LLAMA_2 if (f := find_folder(n)) and not missing_weights(f)]
    if not names:  # said before torch is imported, which takes seconds
        return EXTRACTIVE
    import torch

    if not torch.cuda.is_available():
        return EXTRACTIVE
    _free, memory = torch.cuda.mem_get_info()
    return largest_that_fits(names, memory, bits) or EXTRACTIVE


def _finish_reason(raw: Any) -> str | None:
    """Why the text ends, in an OpenAI chunk or in the report of `CausalLM`."""
    if isinstance(raw, dict):
        return raw.get("finish_reason")
    choices = getattr(raw, "choices", None)
    return choices[0].finish_reason if choices else None


def _tokens(raw: Any) -> Tokens | None:
    """Give the count in an OpenAI chunk, which comes last, or in the report of `CausalLM`."""
    if isinstance(raw, dict):
        usage = raw.get("usage")
        return Tokens(usage["prompt_tokens"], usage["completion_tokens"]) if usage else None
    usage = getattr(raw, "usage", None)
    return Tokens(usage.prompt_tokens, usage.completion_tokens) if usage else None
