"""A model that writes what it is told, through the seam every model goes through."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.llms.custom import CustomLLM


class ScriptedLLM(CustomLLM):
    """Writes `script` word by word, whatever it is asked; keeps what it was asked.

    Asked again, it writes `then`, where there is one.
    """

    script: str
    then: str | None = None
    asked: list[str] = []
    context: int = 4096

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted", context_window=self.context)

    def count_tokens(self, messages: Sequence[ChatMessage]) -> int:
        return sum(len((message.content or "").split()) for message in messages)

    def stream_chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponseGen:
        again = self.then if self.asked else None
        self.asked.append("\n".join(message.content or "" for message in messages))
        for word in (self.script if again is None else again).split(" "):
            delta = f"{word} "
            yield ChatResponse(message=ChatMessage(content=delta), delta=delta)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        raise AssertionError("answers are streamed")

    def stream_complete(
        self, prompt: str, formatted: bool = False, **_: Any
    ) -> CompletionResponseGen:
        raise AssertionError("answers are streamed")
