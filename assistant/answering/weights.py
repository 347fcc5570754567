"""A model's files: where they lie on this machine, and loading them in 4, 8 or 16 bits.

Nothing is downloaded and no code that comes with a model is run: names are looked up in the local
hub cache alone, and weights are safetensors, which hold numbers and nothing else.
"""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.memory import is_out_of_memory
from assistant.errors import AssistantError, ModelUnavailable

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

BITS = (4, 8, 16)

_TERMS = ["LICENSE*", "NOTICE*", "Notice*", "USE_POLICY*"]

FETCHED: dict[str, Any] = {
    "allow_patterns": ["*.safetensors", "*.json", "*.jinja", "*.model", "*.txt", *_TERMS],
    "ignore_patterns": ["consolidated*", "original/*", "onnx/*", "openvino/*", "*/*.safetensors"],
}
"""What is taken of a published model: weights as safetensors, once; no pickle and no code.

Patterns of the hub's client, in which a star stands for folders too.
"""

_INDEX = "model.safetensors.index.json"
_WITHOUT_MODEL = "mettez ASSISTANT_MODEL=extractive pour répondre sans modèle de langue"


def find_folder(name: str) -> Path | None:
    """Folder of a local path, or of a hub name in the local cache; None when neither is here.

    It may be incomplete: see `missing_weights`.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    # huggingface_hub takes 0.3 s to import and is not needed for a path.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        HFValidationError,
        IncompleteSnapshotError,
        LocalEntryNotFoundError,
    )

    try:
        return Path(snapshot_download(name, local_files_only=True, **FETCHED))
    except IncompleteSnapshotError as error:
        return Path(error.snapshot_path)
    except (HFValidationError, LocalEntryNotFoundError):
        return None


def missing_weights(folder: Path) -> list[str]:
    """Names of the safetensors files that should be in `folder` and are not; empty: complete."""
    index = folder / _INDEX
    try:
        names = set(json.loads(index.read_bytes())["weight_map"].values())
    except FileNotFoundError:
        names = {"model.safetensors"}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [_INDEX]
    return sorted(name for name in names if not (folder / name).is_file())


def load_weights(
    name: str, bits: int, *, double_quantization: bool = False
) -> tuple["PreTrainedModel", "PreTrainedTokenizerBase"]:
    """Load a causal LM and its tokenizer, proved able to write, on the GPU where there is one.

    In 4 bits, `double_quantization` quantizes the scales of the weights too: 0.4 bit less a weight.
    Raises `ModelUnavailable` whatever goes wrong: the cause, in words, and what to do.
    """
    folder = _complete_folder(name)
    try:
        tokenizer = _load_tokenizer(name, folder)
        model = _load_model(name, folder, bits, double_quantization=double_quantization)
    except AssistantError:
        raise
    except Exception as error:  # whatever the vendors raise: OSError, SafetensorError, KeyError…
        raise _unloadable(name, error) from error
    _settle_endings(model, tokenizer)
    try:
        _write_two_tokens(model)
    except Exception as error:
        raise _unusable(name, bits, error) from error
    return model, tokenizer


def _complete_folder(name: str) -> Path:
    """Folder that holds every weight of `name`; raises `ModelUnavailable`."""
    folder = find_folder(name)
    if folder is None and _is_path(name):
        remedy = f"Corrigez ASSISTANT_MODEL, ou {_WITHOUT_MODEL}."
        raise ModelUnavailable(name, "ce dossier n’existe pas sur cette machine", remedy)
    if folder is None:
        raise ModelUnavailable(
            name,
            "ses fichiers ne sont pas sur cette machine, et rien n’est téléchargé sans votre ordre",
            f"Téléchargez-les avec « hf download {name} », ou {_WITHOUT_MODEL}.",
        )
    if missing := missing_weights(folder):
        raise ModelUnavailable(
            name,
            "ses poids au format safetensors sont absents ou incomplets "
            f"({len(missing)} fichier(s) manquant(s), dont « {missing[0]} »)",
            "Reprenez le téléchargement (« python -m assistant models fetch »), ou choisissez un "
            "modèle publié en safetensors.",
        )
    return folder


def _is_path(name: str) -> bool:
    """Whether a name that is no folder was meant as one: hub names have one slash at most."""
    return name.startswith((".", "~", os.sep)) or name.count("/") > 1 or "\\" in name


def _load_tokenizer(name: str, folder: Path) -> "PreTrainedTokenizerBase":
    from transformers import AutoTokenizer

    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )
    if not tokenizer.chat_template:
        raise ModelUnavailable(
            name,
            "il n’a pas de gabarit de conversation (chat_template) et ne sait donc pas "
            "distinguer une question d’une consigne",
            "Choisissez sa variante de conversation, souvent nommée « chat » ou « instruct ».",
        )
    return tokenizer


def _load_model(
    name: str, folder: Path, bits: int, *, double_quantization: bool
) -> "PreTrainedModel":
    import torch
    from transformers import AutoModelForCausalLM

    dtype = _compute_dtype(bits)
    # `trust_remote_code` is said aloud: left out, transformers asks at the terminal and waits.
    load: Any = AutoModelForCausalLM.from_pretrained
    model, report = load(
        folder,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
        dtype=dtype,
        quantization_config=_quantization(bits, dtype, double=double_quantization),
        device_map={"": 0 if torch.cuda.is_available() else "cpu"},
        output_loading_info=True,
    )
    if report["missing_keys"]:  # transformers fills them with random numbers and goes on
        raise ModelUnavailable(
            name,
            f"{len(report['missing_keys'])} de ses couches n’ont pas de poids dans ses fichiers",
            "Reprenez le téléchargement, ou choisissez un autre modèle.",
        )
    loaded: PreTrainedModel = model.eval()
    return loaded


def _compute_dtype(bits: int) -> "torch.dtype":
    """Type of the numbers that are computed with."""
    import torch

    if bits == 8:  # LLM.int8 computes in float16 and logs a line per layer and token otherwise
        return torch.float16
    if not torch.cuda.is_available():
        return torch.float32
    if torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.bfloat16
    return torch.float16


def _quantization(bits: int, dtype: "torch.dtype", *, double: bool) -> Any:
    """Say how bitsandbytes stores the weights; None for 16 bits."""
    from transformers import BitsAndBytesConfig

    config: Any = BitsAndBytesConfig

    if bits == 4:
        return config(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=dtype,
            bnb_4bit_use_double_quant=double,
        )
    return config(load_in_8bit=True) if bits == 8 else None


def _settle_endings(model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase") -> None:
    """Keep of the model's generation settings only what ends an answer.

    Others ship with a model too: Llama 2's sampling, a longest text, or a penalty for repeating
    words of the prompt, which is what an answer from the law has to do.
    """
    from transformers import GenerationConfig

    config: Any = GenerationConfig
    shipped: Any = model.generation_config
    eos = shipped.eos_token_id if shipped.eos_token_id is not None else tokenizer.eos_token_id
    first_eos = eos[0] if isinstance(eos, list) else eos
    pad = shipped.pad_token_id if shipped.pad_token_id is not None else first_eos
    model.generation_config = config(
        bos_token_id=shipped.bos_token_id, eos_token_id=eos, pad_token_id=pad
    )


def _write_two_tokens(model: "PreTrainedModel") -> None:
    """Run both kernels of a quantized layer, for a prompt and for one token, before anyone asks.

    On a processor, bitsandbytes refuses layers whose size is no multiple of 32, and says so only
    when it computes.
    """
    import torch

    prompt = torch.zeros((1, 2), dtype=torch.long, device=model.device)
    generate: Any = model.generate
    generate(
        input_ids=prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=2, do_sample=False
    )


def _unloadable(name: str, error: Exception) -> ModelUnavailable:
    if is_out_of_memory(error):
        return _too_large(name)
    if "trust_remote_code" in str(error):
        return ModelUnavailable(
            name,
            "il demande d’exécuter du code livré avec ses fichiers, ce que l’assistant refuse",
            "Choisissez un modèle que la bibliothèque transformers connaît d’elle-même.",
        )
    return ModelUnavailable(
        name,
        f"ses fichiers ne peuvent pas être lus ({type(error).__name__})",
        "Ils sont sans doute abîmés, ou d’un type que cette version ne connaît pas : "
        f"téléchargez-les de nouveau, choisissez un autre modèle, ou {_WITHOUT_MODEL}.",
    )


def _unusable(name: str, bits: int, error: Exception) -> ModelUnavailable:
    if is_out_of_memory(error):
        return _too_large(name)
    if bits == 16:
        cause = f"il est lu mais n’arrive pas à écrire ({type(error).__name__})"
        return ModelUnavailable(name, cause, f"Choisissez un autre modèle, ou {_WITHOUT_MODEL}.")
    return ModelUnavailable(
        name,
        f"ses couches ne se prêtent pas au calcul en {bits} bits sur cette machine "
        f"({type(error).__name__})",
        "Mettez ASSISTANT_MODEL_BITS=16, ou choisissez un autre modèle.",
    )


def _too_large(name: str) -> ModelUnavailable:
    return ModelUnavailable(
        name,
        "la mémoire de cette machine ne suffit pas pour le charger",
        "Mettez ASSISTANT_MODEL_BITS=4, libérez la carte graphique, ou choisissez un modèle "
        "plus petit.",
    )
