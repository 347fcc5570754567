"""Downloading a model from a hub, which lies on the loopback here, and listing what is there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.answering.fetching import fetch_model
from assistant.answering.loaded_file import LoadedFile, read_loaded
from assistant.answering.model_files import kept_models
from assistant.answering.model_state import DeviceMemory, ModelState
from assistant.answering.models import load_model
from assistant.answering.weights import missing_weights
from assistant.cli import main
from assistant.errors import ModelUnavailable

from .conftest import ROOT, make_settings
from .hub_server import Hub, running_hub
from .tiny_llama import save_tiny_llama

NAME = "equipe/petit-llama"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with what publishers add: pickles, code, weights twice, a licence."""
    folder = save_tiny_llama(tmp_path_factory.mktemp("published"))
    for name in ("pytorch_model.bin", "modeling_own.py", "consolidated.safetensors"):
        (folder / name).write_bytes(b"must not be taken")
    (folder / "LICENSE.txt").write_text("Conditions")
    return folder


@pytest.fixture
def hub(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    with running_hub() as served:
        served.models[NAME] = published
        yield served


def test_what_is_fetched_is_safetensors_and_no_code_and_can_be_loaded(hub: Hub) -> None:
    fetched = fetch_model(NAME, endpoint=hub.url)

    names = {path.name for path in fetched.folder.iterdir()}
    assert {"model.safetensors", "config.json", "tokenizer.json", "LICENSE.txt"} <= names
    assert {path.suffix for path in fetched.folder.iterdir()} <= {
        ".safetensors",
        ".json",
        ".jinja",
        ".txt",
    }
    assert "consolidated.safetensors" not in names
    assert not fetched.was_here
    assert load_model(make_settings(fetched.folder, model=NAME)) is not None


def test_what_is_here_is_not_fetched_again(hub: Hub) -> None:
    fetch_model(NAME, endpoint=hub.url)
    before = len(hub.sent)

    fetched = fetch_model(NAME, endpoint=hub.url)

    assert fetched.was_here
    assert len(hub.sent) == before


def test_a_line_that_breaks_is_taken_up_where_it_broke(
    hub: Hub, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1000)
    hub.cut_once.add("model.safetensors")

    fetched = fetch_model(NAME, endpoint=hub.url)

    whole = (published / "model.safetensors").read_bytes()
    assert (fetched.folder / "model.safetensors").read_bytes() == whole
    ranges = [wanted for file, wanted in hub.sent if file == "model.safetensors"]
    assert ranges == [None, f"bytes={len(whole) // 2000 * 1000}-"]


def test_a_download_that_was_interrupted_goes_on_with_what_is_missing(hub: Hub) -> None:
    folder = fetch_model(NAME, endpoint=hub.url).folder
    (folder / "model.safetensors").resolve().unlink()
    (folder / "model.safetensors").unlink()
    assert missing_weights(folder) == ["model.safetensors"]
    [kept] = kept_models()
    assert kept.missing == ("model.safetensors",)
    hub.sent.clear()

    fetched = fetch_model(NAME, endpoint=hub.url)

    assert (fetched.folder, fetched.was_here) == (folder, False)
    assert [file for file, _ in hub.sent] == ["model.safetensors"]


def without_safetensors(hub: Hub, folder: Path) -> str:
    (folder / "pytorch_model.bin").touch()
    hub.models["equipe/ancien"] = folder
    return "equipe/ancien"


def gated(hub: Hub, _: Path) -> str:
    hub.gated.add(NAME)
    return NAME


def unknown(_hub: Hub, _: Path) -> str:
    return "equipe/inconnu"


def misnamed(_hub: Hub, _: Path) -> str:
    return "un nom/qui/n'en est pas un"


def down(hub: Hub, _: Path) -> str:
    hub.is_down = True
    return NAME


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (without_safetensors, "ne sont pas publiés au format safetensors"),
        (gated, "Acceptez-les sur sa page du hub"),
        (unknown, "ne connaît pas ce modèle"),
        (misnamed, "n’est pas un nom de modèle"),
        (down, r"HTTP 503"),
    ],
)
def test_what_cannot_be_fetched_says_why_and_what_to_do(
    hub: Hub, tmp_path: Path, spoil: object, sentence: str
) -> None:
    assert callable(spoil)
    name = spoil(hub, tmp_path)

    with pytest.raises(ModelUnavailable, match=sentence):
        fetch_model(name, endpoint=hub.url)


def test_without_a_network_the_way_out_is_named(hub: Hub) -> None:
    with pytest.raises(ModelUnavailable, match="copiez le dossier du modèle"):
        fetch_model(NAME, endpoint="http://127.0.0.1:9")


def test_a_disk_that_is_too_small_is_said_before_anything_is_fetched(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = SimpleNamespace(free=10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)

    with pytest.raises(ModelUnavailable, match=r"il en reste 1,0 Go.*HF_HOME"):
        fetch_model(NAME, endpoint=hub.url)

    assert hub.sent == []


def test_the_commands_fetch_and_list_as_a_person_calls_them(hub: Hub, tmp_path: Path) -> None:
    environment = os.environ | {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(tmp_path / "home"),
        "ASSISTANT_DATA_DIR": str(tmp_path / "data"),
        "ASSISTANT_MODEL": NAME,
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "assistant", "models", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    fetched = json.loads(run("fetch", NAME, "--json"))
    listed = run("list")

    assert (fetched["status"], fetched["missing"], fetched["converses"]) == ("fetched", [], True)
    assert f"{NAME} : rédige ; 0,0 milliards de paramètres" in listed
    assert f"Réglé : ASSISTANT_MODEL={NAME}, en 4 bits." in listed


def test_the_list_counts_what_lies_here(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch_model(NAME, endpoint=hub.url)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "auto")

    assert main(["models", "list", "--json"]) == 0

    row = json.loads(capsys.readouterr().out)
    [model] = row["models"]
    assert (row["set"], row["chosen"], row["loaded"]) == ("auto", "extractive", None)
    assert (model["name"], model["missing"]) == (NAME, [])
    assert 50_000 < model["parameters"] < 500_000


def test_another_process_sees_what_is_loaded_as_long_as_this_one_lives(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    memory = DeviceMemory("cpu", 10**6, None, None, None)
    state = ModelState("essai (4 bits)", is_loaded=True, bits=4, memory=memory)
    file = LoadedFile(path)
    assert read_loaded(path) is None

    file.write(state)
    assert read_loaded(path) == state

    file.close()
    assert read_loaded(path) is None
