"""A pass through the model can be ended between two of its layers."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class Stopped(Exception):
    """A pass was ended before its last layer."""


class Brake:
    """Asks before each layer of one model whether to go on.

    `generate` asks after each pass alone; without a GPU the first one, over thousands of tokens
    of a prompt, takes minutes in which nobody could stop it.
    """

    def __init__(self, model: "PreTrainedModel") -> None:
        """Set a hook on the layers of `model`; a compiled pass is short, and is left as it is."""
        import torch

        self._must_stop: Callable[[], bool] = _never
        self._is_compiling = torch.compiler.is_compiling
        stacks = (m for m in model.modules() if isinstance(m, torch.nn.ModuleList))
        for layer in next(stacks, ()):
            layer.register_forward_pre_hook(self._check)

    @contextmanager
    def pulled_when(self, must_stop: Callable[[], bool]) -> Generator[None, None, None]:
        """Have every pass inside raise `Stopped` once `must_stop` says so."""
        self._must_stop = must_stop
        try:
            yield
        finally:
            self._must_stop = _never

    def _check(self, *_: Any) -> None:
        if not self._is_compiling() and self._must_stop():
            raise Stopped


def _never() -> bool:
    return False
