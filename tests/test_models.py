"""Which model the settings choose, and what the screen calls it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.loaded_file import read_loaded
from assistant.answering.model_state import ModelState, state_text
from assistant.answering.models import (
    count_tokens,
    largest_that_fits,
    load_model,
    model_name,
    stream_text,
)
from assistant.errors import InvalidSettings
from assistant.settings import Settings
from assistant.wiring import WriterSlot
from tests.tiny_llama import QUESTION, hub_version, save_tiny_llama

LLAMA_7B = "meta-llama/Llama-2-7b-chat-hf"
LLAMA_13B = "meta-llama/Llama-2-13b-chat-hf"


def settings(**values: Any) -> Settings:
    """Settings that no `.env` changes."""
    make: Any = Settings
    made: Settings = make(_env_file=None, **values)
    return made


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty local cache of the hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return tmp_path


def test_extractive_needs_no_model() -> None:
    assert load_model(settings(model="extractive")) is None
    assert model_name(settings(model="extractive"), None) == "extractive"


def test_auto_without_weights_is_extractive_and_imports_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.answering.models import load_model;"
        "from assistant.settings import Settings;"
        "assert load_model(Settings(_env_file=None)) is None;"
        "sys.exit(bool({'torch', 'transformers', 'llama_index.core'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], env={"HF_HOME": str(tmp_path), "PYTHONPATH": "."}, check=False
    )

    assert ended.returncode == 0


def test_a_local_folder_is_loaded_and_named_with_its_bits(tmp_path: Path) -> None:
    folder = save_tiny_llama(tmp_path / "Petit-Llama-chat")
    chosen = settings(model=str(folder), model_bits=4)

    llm = load_model(chosen)

    assert model_name(chosen, llm) == "Petit-Llama-chat (4 bits)"
    assert type(llm).__name__ == "CausalLM"


def test_a_hub_name_in_the_local_cache_is_loaded(hub_cache: Path) -> None:
    save_tiny_llama(hub_version(hub_cache, "equipe/petit-llama"))
    chosen = settings(model="equipe/petit-llama", model_bits=16)

    llm = load_model(chosen)

    assert model_name(chosen, llm) == "petit-llama (16 bits)"


@pytest.mark.parametrize("bits", [0, 3, 5, 32])
def test_bits_that_do_not_exist_are_refused(bits: int) -> None:
    with pytest.raises(InvalidSettings, match="MODEL_BITS"):
        load_model(settings(model="extractive", model_bits=bits))


@pytest.mark.parametrize("url", ["", "localhost:8000/v1", "ftp://engine/v1"])
def test_an_engine_without_an_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings, match="MODEL_URL"):
        load_model(settings(model="openai:mistral", model_url=url))


def test_an_engine_s_model_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="sans nom"):
        load_model(settings(model="openai: ", model_url="http://127.0.0.1:1/v1"))


@pytest.mark.parametrize(
    ("gigabytes", "bits", "chosen"),
    [
        (80, 4, LLAMA_13B),
        (12, 4, LLAMA_13B),
        (11, 4, LLAMA_7B),
        (8, 4, LLAMA_7B),
        (6, 4, None),
        (24, 8, LLAMA_13B),
        (24, 16, LLAMA_7B),
        (12, 16, None),
    ],
)
def test_auto_takes_the_largest_llama_2_that_the_gpu_holds(
    gigabytes: int, bits: int, chosen: str | None
) -> None:
    assert largest_that_fits([LLAMA_13B, LLAMA_7B], gigabytes * 10**9, bits) == chosen


def test_auto_takes_no_model_that_is_not_here() -> None:
    assert largest_that_fits([LLAMA_7B], 80 * 10**9, 4) == LLAMA_7B
    assert largest_that_fits([], 80 * 10**9, 4) is None


def test_a_model_set_to_nothing_is_chosen_automatically(hub_cache: Path) -> None:
    assert load_model(settings(model="")) is None


def test_auto_takes_no_download_that_was_cut(hub_cache: Path) -> None:
    shards = {"weight_map": {"a": "model-00001-of-00001.safetensors"}}
    index = hub_version(hub_cache, LLAMA_7B) / "model.safetensors.index.json"
    index.write_text(json.dumps(shards))

    assert load_model(settings(model="auto")) is None


def test_a_remote_model_is_named_with_its_host() -> None:
    chosen = settings(model="openai:mistral-small", model_url="https://ia.example.org:8000/v1")

    assert model_name(chosen, load_model(chosen)) == "mistral-small (ia.example.org)"


def test_only_a_model_in_this_process_can_count_tokens(tmp_path: Path) -> None:
    here: Any = load_model(settings(model=str(save_tiny_llama(tmp_path)), model_bits=16))
    there: Any = load_model(settings(model="openai:m", model_url="http://127.0.0.1:1/v1"))

    assert (count_tokens(here, QUESTION) or 0) > 10
    assert count_tokens(there, QUESTION) is None


def test_a_model_in_this_process_streams_the_same_way(tmp_path: Path) -> None:
    llm: Any = load_model(settings(model=str(save_tiny_llama(tmp_path)), model_bits=16))
    llm.max_new_tokens = 20

    assert "".join(stream_text(llm, QUESTION)) == llm.chat(QUESTION).message.content


def test_the_state_of_a_model_tells_its_bits_and_its_memory(tmp_path: Path) -> None:
    slot = WriterSlot(
        settings(model=str(save_tiny_llama(tmp_path / "Petit-Llama")), data_dir=tmp_path)
    )
    assert slot.model_state() == ModelState(str(tmp_path / "Petit-Llama"), is_loaded=False)

    slot()

    state = slot.model_state()
    assert (state.name, state.bits, state.decoding) == ("Petit-Llama (4 bits)", 4, "lookup")
    assert (state.context_window, state.questions) == (4096, 0)
    assert state.memory is not None
    assert 10**5 < state.memory.weights < 10**6
    assert "chargé sur" in state_text(state)
    assert read_loaded(tmp_path / "model.json") == state
    slot.close()


def test_without_a_model_in_this_process_the_state_says_so(tmp_path: Path) -> None:
    for chosen in ({"model": "extractive"}, {"model": "openai:m", "model_url": "http://x:1/v1"}):
        slot = WriterSlot(settings(data_dir=tmp_path, **chosen))
        assert "à la première question" in state_text(slot.model_state())
        slot()

        assert slot.model_state().is_loaded
        assert "aucun modèle dans la mémoire" in state_text(slot.model_state())


def test_settings_reach_the_model(tmp_path: Path) -> None:
    llm: Any = load_model(
        settings(
            model=str(save_tiny_llama(tmp_path)),
            model_decoding="plain",
            model_double_quantization=True,
            model_deadline_seconds=7,
            model_places=3,
        )
    )

    assert (llm.decoding, llm.double_quantization) == ("plain", True)
    assert (llm.deadline_seconds, llm.places) == (7, 3)
