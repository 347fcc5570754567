"""A Llama of two layers with its own tokenizer, saved like a real one, made in a moment.

Its weights are random, so what it writes means nothing; everything around them is real: the
architecture, the safetensors, the tokenizer, the chat template of Llama 2.
"""

import string
from pathlib import Path
from typing import Any

import torch
from llama_index.core.llms import ChatMessage
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

torch.set_num_threads(1)  # on layers this small, threads only wait for one another

QUESTION = [
    ChatMessage(role="system", content="Réponds en français."),
    ChatMessage(role="user", content="Quels sont les délais de publicité ?"),
]

SPECIAL_TOKENS = ["<unk>", "<s>", "</s>"]

SENTENCES = [
    "Le concurrent présente un cautionnement provisoire de cinq cent mille (500.000) dirhams.",
    "L’article 36 dit que le maître d’ouvrage ouvre les plis en séance publique.",
    "Quels sont les délais de publicité d’un appel d’offres ouvert ?",
    "[INST] <<SYS>> Réponds en français. <</SYS>> [/INST]",
]

# The one that meta-llama/Llama-2-7b-chat-hf carries, in fewer words.
LLAMA_2_TEMPLATE = """\
{%- set system = messages[0]['content'] if messages[0]['role'] == 'system' else none -%}
{%- for message in (messages[1:] if system is not none else messages) -%}
{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}
{%- endif -%}
{%- set content = message['content'] -%}
{%- if loop.index0 == 0 and system is not none -%}
{%- set content = '<<SYS>>\\n' + system + '\\n<</SYS>>\\n\\n' + content -%}
{%- endif -%}
{%- if message['role'] == 'user' -%}
{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}
{%- else -%}
{{ ' ' + content.strip() + ' ' + eos_token }}
{%- endif -%}
{%- endfor -%}"""

WITHOUT_SYSTEM_TEMPLATE = """\
{%- for message in messages -%}
{%- if message['role'] == 'system' -%}
{{ raise_exception('System role not supported') }}
{%- endif -%}
{{ bos_token + message['role'] + ': ' + message['content'] }}
{%- endfor -%}"""

DROPPING_SYSTEM_TEMPLATE = """\
{%- for message in messages if message['role'] != 'system' -%}
{{ bos_token + message['role'] + ': ' + message['content'] }}
{%- endfor -%}"""


def save_tiny_llama(
    folder: Path, *, chat_template: str | None = LLAMA_2_TEMPLATE, **config: int
) -> Path:
    """Save model and tokenizer in `folder`; `config` changes the model's sizes."""
    tokenizer = a_tokenizer(chat_template)
    tokenizer.save_pretrained(folder)
    a_model(len(tokenizer), **config).save_pretrained(folder)
    return folder


def a_tokenizer(chat_template: str | None = LLAMA_2_TEMPLATE) -> Any:
    """Like Llama's: pieces that begin with ▁, and a post-processor that adds `<s>`."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    alphabet = string.ascii_letters + string.digits + string.punctuation + "àâçéèêëîïôûùœÀÉ’«»–\n"
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=SPECIAL_TOKENS,
            initial_alphabet=list(alphabet),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    wrap: Any = PreTrainedTokenizerFast
    return wrap(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        chat_template=chat_template,
    )


def a_model(vocabulary: int, **config: int) -> LlamaForCausalLM:
    """Random weights, always the same, that never choose a special token: it writes on and on."""
    torch.manual_seed(12)
    configure: Any = LlamaConfig
    sizes = {
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": 4096,
        **config,
    }
    model = LlamaForCausalLM(
        configure(
            vocab_size=vocabulary, bos_token_id=1, eos_token_id=2, initializer_range=0.5, **sizes
        )
    )
    with torch.no_grad():
        model.lm_head.weight[: len(SPECIAL_TOKENS)] = 0
    return model


def hub_version(cache: Path, name: str) -> Path:
    """Make the empty folder where the hub's client keeps one version of a model."""
    model = cache / f"models--{name.replace('/', '--')}"
    version = model / "snapshots" / "0123456789abcdef0123456789abcdef01234567"
    version.mkdir(parents=True)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(version.name)
    return version
