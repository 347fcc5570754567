"""Text as it comes: whole characters, the spaces that stand between words, nothing lost."""

from typing import Any

import pytest
import torch

from assistant.answering.streamed_text import StreamedText

from .tiny_llama import SENTENCES, a_tokenizer


class ByteTokenizer:
    """A token is a byte, as where a tokenizer has no word for a sign; 0 is a control token."""

    def decode(self, tokens: list[int], **_: Any) -> str:
        return bytes(t for t in tokens if t).decode("utf-8", errors="replace")


def streamed(tokenizer: Any, tokens: list[int]) -> list[str]:
    text = StreamedText(tokenizer)
    text.put(torch.tensor([[7, 7, 7]]))  # the prompt
    for token in tokens:
        text.put(torch.tensor([token]))
    text.close()
    return list(iter(lambda: text.next(within=1), None))


def test_a_character_of_several_tokens_comes_whole() -> None:
    pieces = streamed(ByteTokenizer(), list("délai : 5 €".encode()))

    assert pieces == list("délai : 5 €")


def test_control_tokens_are_counted_and_not_shown() -> None:
    assert streamed(ByteTokenizer(), [*b"ab", 0]) == ["a", "b"]


def test_half_a_character_at_the_end_is_not_lost() -> None:
    assert "".join(streamed(ByteTokenizer(), list("a€".encode())[:-1])) == "a\ufffd"


@pytest.mark.parametrize("text", [*SENTENCES, "1 – un\n 2 – deux\n\n  3 – trois"])
def test_the_pieces_are_the_text_of_all_tokens(text: str) -> None:
    tokenizer = a_tokenizer()
    tokens = tokenizer.encode(text, add_special_tokens=False)

    assert "".join(streamed(tokenizer, tokens)) == tokenizer.decode(tokens)
