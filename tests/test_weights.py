"""Loading a model for real, from a folder of this machine and from nowhere else."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from bitsandbytes.nn import Linear4bit

from assistant.answering.causal_lm import CausalLM
from assistant.answering.memory import is_out_of_memory
from assistant.answering.weights import find_folder, load_weights, missing_weights
from assistant.errors import ModelUnavailable
from tests.tiny_llama import hub_version, save_tiny_llama


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_llama(tmp_path_factory.mktemp("tiny-llama"))


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty local cache of the hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return tmp_path


def test_four_bits_are_nf4_without_double_quantization(folder: Path) -> None:
    model, _ = load_weights(str(folder), 4)

    layer: Any = model.get_submodule("model.layers.0.mlp.down_proj")
    assert type(layer).__name__ == "Linear4bit"
    assert (layer.weight.quant_type, layer.weight.dtype) == ("nf4", torch.uint8)
    assert not layer.weight.quant_state.nested


def test_scales_are_quantized_too_where_that_is_asked(folder: Path) -> None:
    model, _ = load_weights(str(folder), 4, double_quantization=True)

    # Some processors unfold the scales again when they compute, so that layers do not tell.
    assert model.config.quantization_config.bnb_4bit_use_double_quant


@pytest.mark.parametrize(
    ("bits", "layer_type", "dtype"),
    [(8, "Linear8bitLt", torch.int8), (16, "Linear", torch.float32)],
)
def test_bits_decide_how_weights_are_kept(
    folder: Path, bits: int, layer_type: str, dtype: torch.dtype
) -> None:
    model, _ = load_weights(str(folder), bits)

    layer: Any = model.get_submodule("model.layers.0.mlp.down_proj")
    assert (type(layer).__name__, layer.weight.dtype) == (layer_type, dtype)


def test_importing_the_model_part_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys, assistant.answering.causal_lm, assistant.answering.models;"
        "sys.exit(bool({'torch', 'transformers', 'bitsandbytes'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def without_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def with_pickled_weights_only(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")


def with_half_the_weights(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])


def with_a_layer_too_many(folder: Path) -> None:
    change_config(folder, num_hidden_layers=3)


def with_its_own_code(folder: Path) -> None:
    change_config(folder, model_type="own", auto_map={"AutoConfig": "own.Own"})


def without_chat_template(folder: Path) -> None:
    (folder / "chat_template.jinja").unlink()


def with_layers_of_odd_sizes(folder: Path) -> None:
    save_tiny_llama(folder, hidden_size=48, intermediate_size=100)


def computes_odd_sizes() -> bool:
    """Whether bitsandbytes computes here what most processors refuse: they pack 32 at a time."""
    layer = Linear4bit(48, 100, bias=False, quant_type="nf4").to("cpu")
    try:
        layer(torch.ones(1, 48))
    except (AssertionError, RuntimeError, ValueError):
        return False
    return True


def change_config(folder: Path, **changes: Any) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | changes))


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (without_weights, "absents ou incomplets"),
        (with_pickled_weights_only, "absents ou incomplets"),
        (with_half_the_weights, "ne peuvent pas être lus (SafetensorError)"),
        (with_a_layer_too_many, "9 de ses couches n’ont pas de poids"),
        (with_its_own_code, "exécuter du code"),
        (without_chat_template, "chat_template"),
        pytest.param(
            with_layers_of_odd_sizes,
            "ne se prêtent pas au calcul en 4\u00a0bits",
            marks=pytest.mark.skipif(
                computes_odd_sizes(), reason="this processor computes 4-bit layers of any size"
            ),
        ),
    ],
)
def test_a_spoilt_model_says_what_is_wrong_with_it(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None], cause: str
) -> None:
    spoilt = shutil.copytree(folder, tmp_path / "spoilt")
    spoil(spoilt)

    with pytest.raises(ModelUnavailable) as unavailable:
        CausalLM(str(spoilt), bits=4)

    assert str(spoilt) in str(unavailable.value)
    assert cause in str(unavailable.value)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("/nowhere/llama", "ce dossier n’existe pas"),
        ("./llama", "ce dossier n’existe pas"),
        ("nobody/no-such-model", "ne sont pas sur cette machine"),
    ],
)
def test_a_model_that_is_not_here_says_how_to_get_it(
    hub_cache: Path, name: str, cause: str
) -> None:
    with pytest.raises(ModelUnavailable, match=cause):
        CausalLM(name)


def test_the_allocator_s_own_failure_is_known_as_lack_of_memory() -> None:
    with pytest.raises(RuntimeError) as failure:
        torch.empty(2**60)

    assert is_out_of_memory(failure.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert not is_out_of_memory(RuntimeError("shapes cannot be multiplied"))


def test_a_download_that_was_cut_is_not_taken_for_weights(hub_cache: Path) -> None:
    version = hub_version(hub_cache, "meta-llama/Llama-2-7b-chat-hf")
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (version / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    (version / shards["a"]).touch()

    assert find_folder("meta-llama/Llama-2-7b-chat-hf") == version
    assert missing_weights(version) == [shards["b"]]

    (version / shards["b"]).touch()
    assert missing_weights(version) == []


def test_an_index_that_cannot_be_read_is_missing(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors.index.json").write_text("[")

    assert missing_weights(tmp_path) == ["model.safetensors.index.json"]


@pytest.mark.parametrize(
    "name", ["a/b/c", "-", "a b", "../nowhere", "meta-llama/Llama-2-7b-chat-hf"]
)
def test_a_name_that_stands_for_nothing_here_has_no_folder(hub_cache: Path, name: str) -> None:
    assert find_folder(name) is None
