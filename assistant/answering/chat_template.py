"""Messages → the prompt's tokens, so that nothing written in a message acts as a control word.

Passages come from files that anyone may upload: an `[INST]` or a `</s>` printed in a PDF must not
end the question and begin another one.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from llama_index.core.base.llms.types import ChatMessage, MessageRole

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

LLAMA_2_MARKS = ("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>")
"""Control words of Llama 2 that are ordinary text to its tokenizer (Meta's `llama` repository)."""

_BRACKETS = "<>[]{}()|｜"  # the last is U+FF5C, which DeepSeek puts in its tokens


class ChatTemplate:
    """The chat template of one tokenizer."""

    def __init__(self, tokenizer: "PreTrainedTokenizerBase") -> None:
        self._tokenizer = tokenizer
        marks = {*LLAMA_2_MARKS, *_control_tokens(tokenizer)}
        self._marks = re.compile("|".join(map(re.escape, sorted(marks))))
        self._takes_system = self._renders_system()

    def encode(self, messages: Sequence[ChatMessage]) -> list[int]:
        """Tokens of the whole prompt, up to where the answer begins.

        The template writes the beginning-of-sequence token, so the tokenizer must add none: two
        of them make Llama 2 write worse. A system message goes into the first question where the
        template has no place for it.
        """
        turns = [
            {"role": message.role.value, "content": self.disarm(message.content or "")}
            for message in messages
        ]
        if not self._takes_system:
            turns = _merge_system(turns)
        tokens: list[int] = self._apply(turns, tokenize=True)
        return tokens

    def disarm(self, text: str) -> str:
        """Write control words so that a person reads them and the model does not obey them.

        `[/INST]` becomes `( /INST )`. The result holds no control word, whatever `text` is:
        what replaces one begins and ends with a space and a parenthesis, so that no new one can
        form across its edges.
        """
        return self._marks.sub(lambda found: _as_text(found[0]), text)

    def _renders_system(self) -> bool:
        """Whether the template keeps a system message: some refuse it, others drop it."""
        probe = "consigne"
        turns = [_turn(MessageRole.SYSTEM, probe), _turn(MessageRole.USER, "question")]
        try:
            return probe in self._apply(turns, tokenize=False)
        except TemplateError:
            return False

    def _apply(self, turns: list[dict[str, str]], *, tokenize: bool) -> Any:
        return self._tokenizer.apply_chat_template(
            turns, tokenize=tokenize, add_generation_prompt=True, return_dict=False
        )


def _control_tokens(tokenizer: "PreTrainedTokenizerBase") -> Iterable[str]:
    """Give special tokens, and those in brackets that a template may use undeclared."""
    for token in tokenizer.added_tokens_decoder.values():
        text = token.content
        if text.strip() and (token.special or (text[0] in _BRACKETS and text[-1] in _BRACKETS)):
            yield text


def _as_text(mark: str) -> str:
    """One control word as ordinary text, in parentheses; spelt out when it has no brackets."""
    word = mark.strip(_BRACKETS)
    return f"( {' '.join(word) if word == mark else word} )"


def _turn(role: MessageRole, content: str) -> dict[str, str]:
    return {"role": role.value, "content": content}


def _merge_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    """Put system messages at the head of the first message that is none."""
    system = [turn["content"] for turn in turns if turn["role"] == MessageRole.SYSTEM.value]
    others = [turn for turn in turns if turn["role"] != MessageRole.SYSTEM.value]
    if not others:
        return [_turn(MessageRole.USER, "\n\n".join(system))]
    first = {**others[0], "content": "\n\n".join([*system, others[0]["content"]])}
    return [first, *others[1:]]
