"""How a model chooses its next words: one by one, several guessed at once, or compiled."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedModel

GUESSED_TOKENS = 10  # at once


class Decoding(StrEnum):
    """Ways to write the same answer at another speed."""

    PLAIN = "plain"
    """One pass through the model a token."""

    LOOKUP = "lookup"
    """What followed, in the prompt, the words written last is guessed, and verified in one pass.

    An answer from the law copies its passages.
    """

    COMPILED = "compiled"
    """The pass for one token is compiled, on memory of a fixed size and place (CUDA graphs).

    Not with guesses: those that were wrong are taken back from a memory that grows and shrinks.
    """


class FixedMemory:
    """The memory that compiled passes find where they were recorded: one for all answers."""

    def __init__(self, model: "PreTrainedModel", *, window: int, backend: str | None) -> None:
        """Take nothing yet; the first answer takes the memory of `window` tokens, for good.

        `backend` is that of `torch.compile`; None: the usual one on a GPU, and on a processor
        nothing is compiled.
        """
        self._model = model
        self._window = window
        self._backend = backend
        self._cache: Any = None

    def emptied(self) -> dict[str, Any]:
        """Give the arguments of `generate` to write with it: to be asked for in turn."""
        from transformers import CompileConfig, StaticCache

        if self._cache is None:
            _let_compile(self._model)
            make: Any = StaticCache
            config = self._model.config.get_text_config(decoder=True)
            self._cache = make(config=config, max_cache_len=self._window)
        self._cache.reset()
        if self._backend is None:
            return {"past_key_values": self._cache}
        configure: Any = CompileConfig
        compiling = configure(backend=self._backend, mode=None)
        compiling._compile_all_devices = True
        return {"past_key_values": self._cache, "compile_config": compiling}


def arguments(
    decoding: Decoding, memory: FixedMemory, *, temperature: float, guessed_tokens: int
) -> dict[str, Any]:
    """Give the arguments of `generate` for one answer, to be asked for in turn.

    At a temperature of 0 the likeliest token is taken: always the same answer.
    """
    chosen: dict[str, Any] = {"do_sample": False}
    if temperature > 0:
        chosen = {"do_sample": True, "temperature": temperature}
    if decoding is Decoding.LOOKUP:
        return chosen | {"prompt_lookup_num_tokens": guessed_tokens}
    return chosen | memory.emptied() if decoding is Decoding.COMPILED else chosen


def _let_compile(model: "PreTrainedModel") -> None:
    """Have transformers compile a model that bitsandbytes quantized.

    It compiles only what the quantizer says can be, and that of bitsandbytes says nothing; its
    4-bit layers compile as one graph (torch ≥ 2.8, bitsandbytes ≥ 0.46).
    """
    quantizer: Any = getattr(model, "hf_quantizer", None)
    if quantizer is not None and not quantizer.is_compileable:
        kind = type(quantizer)
        quantizer.__class__ = type(kind.__name__, (kind,), {"is_compileable": True})
