"""What our code costs on top of a model, and the ways to run a model beside one another.

    python -m scripts.bench_model [--new-tokens N] [--rounds N]

`overhead`: the time of a token through everything that an answer passes (`CausalLM` with its line,
its thread, its streamed text, LlamaIndex's events, `stream_events`) beside that of bare `generate`
on another copy of the same tiny 4-bit model, in turn in the same run. The aim is 2 ms at most.
`variants`: a small model in 4, 8 and 16 bits, with and without guesses from the prompt. Its weights
are random, so `tokens_per_pass` says nothing of the law. For a GPU see `scripts.bench_gpu`.
Prints one JSON object.
"""

import argparse
import json
import statistics
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from llama_index.core.llms import ChatMessage

from assistant.answering.causal_lm import CausalLM
from assistant.answering.chat_template import ChatTemplate
from assistant.answering.decoding import Decoding
from assistant.answering.model_state import memory_of
from assistant.answering.models import stream_events
from assistant.answering.weights import load_weights
from scripts.random_llama import SMALL, TINY, a_question, save_random_llama

PROMPT_TOKENS = 1500  # a question and five passages
BITS = (4, 8, 16)


def main() -> None:
    """Measure both and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--new-tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        overhead = measure_overhead(Path(folder), options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        variants = measure_variants(Path(folder), options.new_tokens)
    shapes = {"overhead": asdict(TINY), "variants": asdict(SMALL)}
    print(json.dumps({"shapes": shapes, "overhead": overhead, "variants": variants}, indent=2))


def measure_overhead(folder: Path, rounds: int) -> dict[str, Any]:
    """Time a token of `generate` and of ours in turn: medians, in milliseconds."""
    new_tokens = 400
    save_random_llama(TINY, folder, "cpu")
    question = a_question(TINY, 50)
    llm = CausalLM(str(folder), decoding=Decoding.PLAIN, max_new_tokens=new_tokens)
    model, tokenizer = load_weights(str(folder), 4)
    prompt = torch.tensor([ChatTemplate(tokenizer).encode(question)], device=model.device)
    generate: Any = model.generate
    bare, ours = [], []
    for _ in range(rounds + 1):  # the first warms up
        start = time.perf_counter()
        generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=new_tokens)
        bare.append((time.perf_counter() - start) / new_tokens * 1000)
        start = time.perf_counter()
        pieces = sum(isinstance(event, str) for event in stream_events(llm, question))
        ours.append((time.perf_counter() - start) / new_tokens * 1000)
        assert pieces == new_tokens
    return {
        "new_tokens": new_tokens,
        "rounds": rounds,
        "bare_generate_ms_a_token": round(statistics.median(bare[1:]), 3),
        "ours_ms_a_token": round(statistics.median(ours[1:]), 3),
        "overhead_ms_a_token": round(
            statistics.median(o - b for o, b in zip(ours[1:], bare[1:], strict=True)), 3
        ),
    }


def measure_variants(folder: Path, new_tokens: int) -> list[dict[str, Any]]:
    """Time one answer for each number of bits and each way to write that needs no GPU."""
    save_random_llama(SMALL, folder, "cpu")
    question = a_question(SMALL, PROMPT_TOKENS)
    variants = []
    for bits in BITS:
        llm = CausalLM(str(folder), bits=bits, max_new_tokens=new_tokens)
        for decoding in (Decoding.PLAIN, Decoding.LOOKUP):
            told = llm.model_copy(update={"decoding": decoding})
            variants.append(
                {"bits": bits, "decoding": decoding.value, **time_answer(told, question)}
            )
    return variants


def time_answer(llm: CausalLM, question: list[ChatMessage]) -> dict[str, Any]:
    """Write one answer, after a short one that warms up."""
    llm.model_copy(update={"max_new_tokens": 4}).chat(question)
    model = llm._engine.model
    raw: dict[str, Any] = {}
    start, first = time.perf_counter(), 0.0
    for response in llm.stream_chat(question):
        first = first or (time.perf_counter() if response.delta else 0.0)
        raw = response.raw if isinstance(response.raw, dict) else raw
    rest, tokens = time.perf_counter() - first, raw["usage"]["completion_tokens"]
    return {
        "first_token_seconds": round(first - start, 3),
        "tokens_per_second": round((tokens - 1) / rest, 1),
        "tokens_per_pass": round(tokens / raw["passes"], 2),
        "weights_gb": round(memory_of(model).weights / 1e9, 3),
    }


if __name__ == "__main__":
    main()
