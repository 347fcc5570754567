"""Speed and memory of `CausalLM` in 4, 8 and 16 bits, with and without guessing from the prompt.

    python -m scripts.bench_model [--layers N] [--new-tokens N] [--folder DIR]

With a GPU the model has the shape of Llama 2 7B (32 layers; its 13 GB are written to a temporary
folder, or to DIR); without one, a small model shows the same figures on the processor, and says
so. Weights are random: speed does not depend on their values. How often a guess is right does,
so `tokens_per_pass` stands beside the speed: a random model repeats itself more than the law.
Prints one JSON object; the variants of one run are compared with one another.
"""

import argparse
import gc
import json
import random
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from llama_index.core.llms import ChatMessage
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from assistant.answering.causal_lm import CausalLM

PROMPT_TOKENS = 1500  # a question and five passages
GUESSES = (0, 10)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model, in units of its configuration."""

    layers: int
    width: int
    inner: int
    heads: int
    vocabulary: int


LLAMA_2_7B = Shape(layers=32, width=4096, inner=11008, heads=32, vocabulary=32000)
SMALL = Shape(layers=4, width=1024, inner=2752, heads=8, vocabulary=4000)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one variant costs; memory in 10^9 bytes, None where it is not measured."""

    bits: int
    guessed_tokens: int
    prompt_tokens: int
    new_tokens: int
    first_token_seconds: float
    tokens_per_second: float  # after the first
    tokens_per_pass: float
    weights_gb: float
    peak_gb: float | None


def save_random_model(shape: Shape, folder: Path, device: str) -> None:
    """Write a chat model with random weights in bfloat16, and a tokenizer of plain words."""
    words = Tokenizer(models.WordLevel({f"m{n}": n for n in range(shape.vocabulary)}, "m0"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    template = "{% for message in messages %}{{ message['content'] }} {% endfor %}"
    tokenizer: Any = PreTrainedTokenizerFast
    tokenizer(tokenizer_object=words, chat_template=template).save_pretrained(folder)
    config: Any = LlamaConfig
    build: Any = LlamaForCausalLM._from_config
    with torch.device(device):
        model = build(
            config(
                vocab_size=shape.vocabulary,
                hidden_size=shape.width,
                intermediate_size=shape.inner,
                num_hidden_layers=shape.layers,
                num_attention_heads=shape.heads,
                max_position_embeddings=4096,
                eos_token_id=None,  # so that every variant writes as much
            ),
            dtype=torch.bfloat16,
        )
    model.save_pretrained(folder)


def measure(llm: CausalLM, question: list[ChatMessage], bits: int, guesses: int) -> Figures:
    """Write one answer, after a short one that warms up."""
    told = llm.model_copy(update={"prompt_lookup_num_tokens": guesses})
    told.model_copy(update={"max_new_tokens": 4}).chat(question)
    model: Any = llm._engine.model
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
    passes: list[float] = []
    hook = model.register_forward_hook(lambda *_: passes.append(time.perf_counter()))
    started = time.perf_counter()
    usage = told.chat(question).raw["usage"]
    ended = time.perf_counter()
    hook.remove()
    peak = torch.cuda.max_memory_allocated() / 1e9 if torch.cuda.is_available() else None
    new_tokens = usage["completion_tokens"]
    return Figures(
        bits=bits,
        guessed_tokens=guesses,
        prompt_tokens=usage["prompt_tokens"],
        new_tokens=new_tokens,
        first_token_seconds=round(passes[0] - started, 3),
        tokens_per_second=round((new_tokens - 1) / (ended - passes[0]), 1),
        tokens_per_pass=round(new_tokens / len(passes), 2),
        weights_gb=round(model.get_memory_footprint() / 1e9, 3),
        peak_gb=None if peak is None else round(peak, 3),
    )


def main() -> None:
    """Measure every variant and print the figures."""
    gpu = torch.cuda.is_available()
    usual = LLAMA_2_7B if gpu else SMALL
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--layers", type=int, default=usual.layers)
    parser.add_argument("--new-tokens", type=int, default=256 if gpu else 64)
    parser.add_argument("--folder", type=Path, help="where the temporary model is written")
    options = parser.parse_args()
    shape = Shape(**(asdict(usual) | {"layers": options.layers}))
    words = random.Random(1).choices(range(shape.vocabulary), k=PROMPT_TOKENS)  # noqa: S311
    question = [ChatMessage(role="user", content=" ".join(f"m{n}" for n in words))]
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        save_random_model(shape, Path(folder), "cuda" if gpu else "cpu")
        for bits in (4, 8, 16):
            gc.collect()
            torch.cuda.empty_cache()
            llm = CausalLM(folder, bits=bits, max_new_tokens=options.new_tokens)
            figures += [measure(llm, question, bits, guesses) for guesses in GUESSES]
            del llm
    device = torch.cuda.get_device_name() if gpu else "no GPU: a small model on the processor"
    variants = [asdict(figure) for figure in figures]
    print(json.dumps({"device": device, "shape": asdict(shape), "variants": variants}, indent=2))


if __name__ == "__main__":
    main()
