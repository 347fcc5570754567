"""The client of an OpenAI-compatible engine, as a LlamaIndex `LLM`.

A file of its own because it imports LlamaIndex's client, which takes a second: `remote_model`
imports it when an engine is asked for.
"""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    MessageRole,
)
from llama_index.llms.openai.utils import to_openai_message_dicts
from llama_index.llms.openai_like import OpenAILike


class OpenAIEngine(OpenAILike):
    """LlamaIndex's client, whose stream really ends when it is closed.

    LlamaIndex leaves the HTTP response of an abandoned stream to the garbage collector, and it
    sits in a reference cycle: meanwhile the engine goes on writing for nobody.
    """

    def _stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        client: Any = self._get_client()
        turns = to_openai_message_dicts(messages, model=self.model)
        options = self._get_model_kwargs(stream=True, **kwargs)
        options["stream_options"] = {"include_usage": True}  # else it does not count the tokens

        def responses() -> ChatResponseGen:
            text = ""
            with client.chat.completions.create(messages=turns, **options) as chunks:
                for chunk in chunks:
                    delta = (chunk.choices[0].delta.content or "") if chunk.choices else ""
                    text += delta
                    message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
                    yield ChatResponse(message=message, delta=delta, raw=chunk)

        return responses()
