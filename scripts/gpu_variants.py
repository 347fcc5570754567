"""One way to run a model, timed: one answer through `CausalLM`, or a batch through `generate`."""

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from llama_index.core.llms import ChatMessage

from assistant.answering.causal_lm import CausalLM
from assistant.answering.decoding import Decoding, FixedMemory, arguments
from assistant.answering.memory import free_memory
from scripts.random_llama import Shape

WEIGHTS = {"nf4": (4, False), "nf4-double": (4, True), "8": (8, False), "16": (16, False)}
"""Name → bits, and whether the scales are quantized too."""

GUESSES = (3, 10)
"""Tokens at once: with 3, a pass stays in the kernel that bitsandbytes has for 4 rows at most."""

_WARMING_TOKENS = 6  # CUDA graphs are recorded at the third pass
_COMPILING_SECONDS = 900
_GIGA = 1e9


@dataclass(frozen=True, slots=True)
class Run:
    """What is the same for all variants."""

    folder: str
    shape: Shape
    question: list[ChatMessage]
    prompt_tokens: int
    new_tokens: int
    batches: tuple[int, ...]
    bandwidth: float  # bytes a second
    compile_backend: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one variant costs: speeds of all texts together, memory in 10^9 bytes."""

    weights: str
    decoding: str
    batch: int
    guessed_tokens: int = 0  # at once
    error: str | None = None  # then there is nothing else
    first_token_seconds: float | None = None
    tokens_per_second: float | None = None  # after the first
    ceiling_tokens_per_second: float | None = None
    tokens_per_pass: float | None = None  # of one text
    seconds_per_pass: float | None = None
    weights_gb: float | None = None
    peak_gb: float | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    decoding: Decoding
    batch: int = 1
    guessed_tokens: int = 0


@dataclass(frozen=True, slots=True)
class _Timing:
    first_token_seconds: float
    rest_seconds: float
    tokens: int  # of one text
    passes: int


def measure(weights: str, run: Run) -> Iterator[Figures]:
    """Measure every way to write with one way to keep the weights; what fails is said, and left."""
    bits, double = WEIGHTS[weights]
    llm: CausalLM | None = None
    for way in _ways(run.batches):
        try:
            llm = llm or CausalLM(
                run.folder,
                bits=bits,
                double_quantization=double,
                decoding=Decoding.PLAIN,
                max_new_tokens=run.new_tokens,
                compile_backend=run.compile_backend,
                deadline_seconds=_COMPILING_SECONDS,
            )
            yield _measure_way(llm, weights, way, run)
        except Exception as error:  # noqa: BLE001 - the other variants are measured all the same
            free_memory(error)
            cause = f"{type(error).__name__}: {error}"[:300]
            yield Figures(weights, way.decoding.value, way.batch, way.guessed_tokens, error=cause)
    del llm
    gc.collect()
    torch.cuda.empty_cache()


def _ways(batches: Sequence[int]) -> Iterator[_Way]:
    """Give the ways to write: what takes memory for good comes last."""
    yield _Way(Decoding.PLAIN)
    yield from (_Way(Decoding.LOOKUP, guessed_tokens=guessed) for guessed in GUESSES)
    yield from (_Way(Decoding.PLAIN, batch) for batch in batches)
    yield _Way(Decoding.COMPILED)
    yield from (_Way(Decoding.COMPILED, batch) for batch in batches)


def copy_bandwidth(device: str) -> float:
    """Measure how many bytes a second a copy reads and writes."""
    source = torch.empty(2**30 if device == "cuda" else 2**26, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    rounds = 20
    target.copy_(source)
    _synchronize()
    start = time.perf_counter()
    for _ in range(rounds):
        target.copy_(source)
    _synchronize()
    return rounds * 2 * source.nbytes / (time.perf_counter() - start)


def _measure_way(llm: CausalLM, weights: str, way: _Way, run: Run) -> Figures:
    torch._dynamo.reset()  # shapes that were compiled before would make these dynamic ones
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    batch = way.batch
    timing = _answer(llm, way, run) if batch == 1 else _answers(llm, way, run)
    model: Any = llm._engine.model
    kept = model.get_memory_footprint()
    read = kept - model.get_input_embeddings().weight.nbytes
    read += batch * run.shape.memory_bytes(run.prompt_tokens + timing.tokens / 2)
    speed = batch * (timing.tokens - 1) / timing.rest_seconds
    peak = torch.cuda.max_memory_allocated() / _GIGA if torch.cuda.is_available() else None
    return Figures(
        weights=weights,
        decoding=way.decoding.value,
        batch=batch,
        guessed_tokens=way.guessed_tokens,
        first_token_seconds=round(timing.first_token_seconds, 4),
        tokens_per_second=round(speed, 1),
        ceiling_tokens_per_second=round(batch * run.bandwidth / read, 1),
        tokens_per_pass=round(timing.tokens / timing.passes, 2),
        seconds_per_pass=round(timing.rest_seconds / max(timing.passes - 1, 1), 5),
        weights_gb=round(kept / _GIGA, 3),
        peak_gb=peak and round(peak, 3),
    )


def _answer(llm: CausalLM, way: _Way, run: Run) -> _Timing:
    """Write one answer as a person is written one, after a short one that warms up."""
    told = llm.model_copy(update={"decoding": way.decoding, "guessed_tokens": way.guessed_tokens})
    told.model_copy(update={"max_new_tokens": _WARMING_TOKENS}).chat(run.question)
    start = first = time.perf_counter()
    raw: Any = None
    for response in told.stream_chat(run.question):
        if response.delta and first == start:
            first = time.perf_counter()
        raw = response.raw
    tokens = raw["usage"]["completion_tokens"]
    return _Timing(first - start, time.perf_counter() - first, tokens, raw["passes"])


def _answers(llm: CausalLM, way: _Way, run: Run) -> _Timing:
    """Write the same answer several times at once."""
    model: Any = llm._engine.model
    window = run.prompt_tokens + run.new_tokens
    memory = FixedMemory(model, window=window, backend=run.compile_backend)
    prompt = torch.tensor([llm._template.encode(run.question)] * way.batch, device=model.device)

    def write(new_tokens: int) -> _Clock:
        clock = _Clock()
        model.generate(
            input_ids=prompt,
            attention_mask=torch.ones_like(prompt),
            max_new_tokens=new_tokens,
            streamer=clock,
            **arguments(way.decoding, memory, temperature=0, guessed_tokens=0),
        )
        return clock

    write(_WARMING_TOKENS)
    start = time.perf_counter()
    clock = write(run.new_tokens)
    ended = time.perf_counter()
    return _Timing(clock.first - start, ended - clock.first, run.new_tokens, clock.passes)


class _Clock:
    """A streamer for `generate` that notes when tokens come; the prompt comes first."""

    def __init__(self) -> None:
        self.first = 0.0
        self.passes = -1

    def put(self, _: Any) -> None:
        self.passes += 1
        if self.passes == 1:
            self.first = time.perf_counter()

    def end(self) -> None: ...


def _synchronize() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()
