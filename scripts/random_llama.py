"""A Llama with random weights, of any size, for timing: speed does not depend on their values."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from llama_index.core.llms import ChatMessage
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

CONTEXT = 4096  # tokens


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model, in units of its configuration."""

    layers: int
    width: int
    inner: int
    heads: int
    vocabulary: int

    def memory_bytes(self, tokens: float) -> float:
        """Bytes of keys and values, in 16 bits, that a pass after so many tokens reads."""
        return 2 * self.layers * self.width * 2 * tokens


LLAMA_2_7B = Shape(layers=32, width=4096, inner=11008, heads=32, vocabulary=32000)
SMALL = Shape(layers=4, width=1024, inner=2752, heads=8, vocabulary=4000)
TINY = Shape(layers=1, width=64, inner=128, heads=2, vocabulary=400)


def save_random_llama(shape: Shape, folder: Path, device: str) -> None:
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
                max_position_embeddings=CONTEXT,
                eos_token_id=None,  # so that every variant writes as much
            ),
            dtype=torch.bfloat16,
        )
    model.save_pretrained(folder)


def a_question(shape: Shape, tokens: int) -> list[ChatMessage]:
    """Write a question of that many tokens, always the same."""
    words = random.Random(1).choices(range(shape.vocabulary), k=tokens)  # noqa: S311
    return [ChatMessage(role="user", content=" ".join(f"m{n}" for n in words))]
