"""Memory that runs out, of the graphics card or of the machine."""

import gc
import traceback


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out."""
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    # The CPU allocator raises a plain RuntimeError; so do some CUDA libraries.
    text = str(error)
    return isinstance(error, RuntimeError) and (
        "can't allocate memory" in text or "out of memory" in text
    )


def free_memory(error: BaseException) -> None:
    """Give back what a failed pass holds: its error keeps every frame, and they the tensors."""
    import torch

    traceback.clear_frames(error.__traceback__)
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
