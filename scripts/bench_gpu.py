"""Speed and memory of Llama 2 7B on the GPU of this machine, in the ways it can be run.

    python -m scripts.bench_gpu [--weights nf4 nf4-double 8 16] [--new-tokens N] [--folder DIR]
    python -m scripts.bench_gpu --tiny      # the same code on a model of two layers, anywhere

The model is made from its configuration with random weights (13 GB, in a temporary folder or in
DIR), as speed does not depend on their values; nothing is downloaded. One person is answered by
`CausalLM` itself, with all its overhead; batches, which it does not serve, by `generate` on the
same loaded model.

Beside each speed stands the ceiling that memory sets: bandwidth (of a copy, measured here) divided
by the bytes that a pass reads, which are the weights without the table of embeddings, and the keys
and values of each text. How often a guess is right depends on the text, and a random model repeats
itself more than the law: so `tokens_that_pay_a_guess` says from how many tokens a pass guessing is
quicker than a plain pass, and the speed of `lookup` says nothing else here.

Prints one JSON object; progress goes to the standard error. Without a GPU it says so in one line.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from scripts.gpu_variants import WEIGHTS, Figures, Run, copy_bandwidth, measure
from scripts.random_llama import LLAMA_2_7B, TINY, a_question, save_random_llama

NO_GPU = "No NVIDIA GPU on this machine: nothing was measured (see --tiny)."


def main(given: Sequence[str] | None = None) -> None:
    """Measure every variant and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tiny", action="store_true")
    usual = ["nf4", "nf4-double", "16"]
    parser.add_argument("--weights", nargs="+", choices=WEIGHTS, default=usual)
    parser.add_argument("--prompt-tokens", type=int, default=2000)
    parser.add_argument("--new-tokens", type=int, default=256)
    parser.add_argument("--batches", nargs="*", type=int, default=[4, 8])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args(given)
    has_gpu = torch.cuda.is_available()
    if not has_gpu and not options.tiny:
        print(NO_GPU)
        return
    device, shape = "cuda" if has_gpu else "cpu", TINY if options.tiny else LLAMA_2_7B
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        save_random_llama(shape, Path(folder), device)
        run = Run(
            folder=folder,
            shape=shape,
            question=a_question(shape, options.prompt_tokens),
            prompt_tokens=options.prompt_tokens,
            new_tokens=options.new_tokens,
            batches=tuple(options.batches),
            bandwidth=copy_bandwidth(device),
            compile_backend=None if has_gpu else "eager",  # which needs no compiler
        )
        figures = list(measured(options.weights, run))
    print(json.dumps(report(run, figures), indent=2))


def measured(names: Sequence[str], run: Run) -> Iterator[Figures]:
    """Measure ways to keep the weights, each in a process of its own where there are several.

    CUDA graphs and what a failure leaves would count in the memory of the next one.
    """
    if len(names) == 1:
        yield from measure_all(names[0], run)
        return
    for weights in names:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            yield from process.submit(measure_all, weights, run).result()


def measure_all(weights: str, run: Run) -> list[Figures]:
    """Measure every way to write with one way to keep the weights."""
    return [_shown(figures) for figures in measure(weights, run)]


def report(run: Run, figures: Sequence[Figures]) -> dict[str, Any]:
    """Put the figures together with what they were measured on, and what they decide."""
    alone = [f for f in figures if f.batch == 1 and f.error is None]
    plain = {f.weights: f for f in alone if f.decoding == "plain"}
    return {
        "device": torch.cuda.get_device_name() if torch.cuda.is_available() else "processor",
        "versions": {n: version(n) for n in ("torch", "transformers", "bitsandbytes")},
        "shape": asdict(run.shape),
        "prompt_tokens": run.prompt_tokens,
        "new_tokens": run.new_tokens,
        "bandwidth_gb_per_second": round(run.bandwidth / 1e9, 1),
        "compiled_over_plain": {
            f.weights: _ratio(f.tokens_per_second, plain[f.weights].tokens_per_second)
            for f in alone
            if f.decoding == "compiled" and f.weights in plain
        },
        "tokens_that_pay_a_guess": {
            f"{f.weights}, {f.guessed_tokens} at once": _ratio(
                f.seconds_per_pass, plain[f.weights].seconds_per_pass
            )
            for f in alone
            if f.decoding == "lookup" and f.weights in plain
        },
        "variants": [asdict(figure) for figure in figures],
    }


def _ratio(one: float | None, other: float | None) -> float | None:
    return round(one / other, 2) if one and other else None


def _shown(figures: Figures) -> Figures:
    """Say on the standard error what was measured: the whole takes minutes."""
    said = figures.error or f"{figures.tokens_per_second} tokens/s"
    print(figures.weights, figures.decoding, figures.batch, said, file=sys.stderr, flush=True)
    return figures


if __name__ == "__main__":
    main()
