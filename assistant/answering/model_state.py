"""What writes the answers, and what that takes: for `/api/health`, screens and `models list`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """Memory of what the model computes with, in bytes; a processor's own is not counted: None."""

    device: str  # "NVIDIA H200", "cpu"
    weights: int
    taken: int | None  # by this process, weights included
    most_taken: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class ModelState:
    """What writes the answers now."""

    name: str  # as answers say it; while nothing is loaded, as it was set
    is_loaded: bool
    bits: int | None = None  # None, like what follows: no model in this process
    double_quantization: bool | None = None
    decoding: str | None = None
    context_window: int | None = None  # tokens
    memory: DeviceMemory | None = None
    questions: int | None = None  # being answered, or waiting for their turn


def memory_of(model: "PreTrainedModel") -> DeviceMemory:
    """Measure what a loaded model takes."""
    import torch

    measured: Any = model
    weights = int(measured.get_memory_footprint())
    if model.device.type != "cuda":
        return DeviceMemory(model.device.type, weights, None, None, None)
    return DeviceMemory(
        torch.cuda.get_device_name(model.device),
        weights,
        torch.cuda.memory_allocated(model.device),
        torch.cuda.max_memory_allocated(model.device),
        torch.cuda.mem_get_info(model.device)[1],
    )


def state_text(state: ModelState) -> str:
    """Write a state as a French sentence."""
    if not state.is_loaded:
        return f"« {state.name} » : pas encore chargé, il le sera à la première question."
    if state.memory is None:
        return f"« {state.name} » : aucun modèle dans la mémoire de cette machine."
    taken, total = state.memory.taken, state.memory.total
    on = "le processeur" if state.memory.device == "cpu" else state.memory.device
    sentence = f"« {state.name} » : chargé sur {on}, {gigabytes(state.memory.weights)} de poids"
    if taken is not None and total is not None:
        sentence += f", {gigabytes(taken)} pris sur {gigabytes(total)}"
    waiting = f" ; {state.questions} question(s) en cours ou en attente" if state.questions else ""
    return f"{sentence}{waiting}."


def gigabytes(size: int) -> str:
    """Write a number of bytes as gigabytes (10^9)."""
    return f"{size / _GIGABYTE:.1f} Go".replace(".", ",")
