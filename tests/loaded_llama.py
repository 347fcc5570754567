"""A tiny Llama, loaded, and what tests do with its streams."""

import time
from typing import Any

from llama_index.core.llms import ChatResponse

from assistant.answering.causal_lm import CausalLM
from assistant.answering.decoding import Decoding

ENDLESS = {"max_new_tokens": 4000, "decoding": Decoding.PLAIN}  # some ten seconds of writing


def told(llm: CausalLM, **options: Any) -> CausalLM:
    """The same loaded model, with other options."""
    return llm.model_copy(update=options)


def text_of(response: ChatResponse) -> str:
    return response.message.content or ""


def wait_until_nothing_is_written(llm: CausalLM) -> bool:
    """Whether the line is empty within two seconds."""
    end = time.monotonic() + 2
    while llm._engine.line.length and time.monotonic() < end:
        time.sleep(0.01)
    return not llm._engine.line.length


def text_comes(stream: Any) -> None:
    """Read until the model writes."""
    while not next(stream).delta:
        pass
