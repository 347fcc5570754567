"""Tokens → text, as they come, from the thread that writes to the one that reads."""

import queue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_HALF_A_CHARACTER = "\ufffd"


class StreamedText:
    """A streamer for `generate`: the text of its tokens, each piece as soon as it can be read.

    Transformers' own decodes the whole line again at each token, gives a word when the next one
    begins, and loses the space that a token carries at the beginning of a line.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerBase") -> None:
        self.tokens: list[int] = []  # of the answer, the control tokens too
        self.passes = 0  # through the model: guesses make them fewer than the tokens
        self._tokenizer = tokenizer
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._is_prompt = True
        self._before = 0  # tokens[_before:_read] are read again: a space depends on what precedes
        self._read = 0

    def put(self, value: Any) -> None:
        """Take a tensor of token numbers; the first one is the prompt, and is left out."""
        if self._is_prompt:
            self._is_prompt = False
            return
        self.passes += 1
        self.tokens += value.flatten().tolist()
        delta = self._unread()
        if delta and not delta.endswith(_HALF_A_CHARACTER):
            self._before, self._read = self._read, len(self.tokens)
            self._queue.put(delta)

    def end(self) -> None:
        """Take nothing more: `generate` says so only when it ends well, `close` always does."""

    def close(self) -> None:
        """Give what is left, and the end."""
        if rest := self._unread():
            self._queue.put(rest)
        self._queue.put(None)

    def next(self, *, within: float) -> str | None:
        """Give the next piece of text; empty when none comes for `within` seconds, None: the end.

        The end is given once.
        """
        try:
            return self._queue.get(timeout=within)
        except queue.Empty:
            return ""

    def _unread(self) -> str:
        already = self._decode(self.tokens[self._before : self._read])
        return self._decode(self.tokens[self._before :])[len(already) :]

    def _decode(self, tokens: list[int]) -> str:
        # "Clean-up" would take away the space that French puts before « ? » and « ! ».
        text: Any = self._tokenizer.decode(
            tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return str(text)
