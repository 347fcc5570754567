"""The models that lie on this machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path

from assistant.answering.weights import find_folder, missing_weights

_CONFIG = "config.json"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """One model's files; it can be loaded when none is missing."""

    name: str  # as ASSISTANT_MODEL names it
    folder: str
    size: int  # bytes
    parameters: int  # 0 while no weights are here
    missing: tuple[str, ...]
    converses: bool  # it has a chat template, and so can write answers


def kept_models(*, also: str = "") -> list[ModelFiles]:
    """Give those of the hub's local cache, by name, and `also`, a path, where it is one."""
    names = (
        [also, *_cached_names()] if Path(also).expanduser().is_dir() and also else _cached_names()
    )
    folders = {name: find_folder(name) for name in names}
    return [read_files(name, folder) for name, folder in folders.items() if folder]


def read_files(name: str, folder: Path) -> ModelFiles:
    """Read what lies in a model's folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    weights = [path for path in files if path.suffix == ".safetensors"]
    return ModelFiles(
        name=name,
        folder=str(folder),
        size=sum(path.stat().st_size for path in files),
        parameters=sum(map(_count_parameters, weights)),
        missing=tuple(missing_weights(folder)),
        converses=_converses(folder),
    )


def _cached_names() -> list[str]:
    from huggingface_hub import constants, scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        repositories = scan_cache_dir(constants.HF_HUB_CACHE).repos
    except CacheNotFound:
        return []
    return sorted(
        r.repo_id for r in repositories if r.repo_type == "model" and _is_model(r.repo_id)
    )


def _is_model(name: str) -> bool:
    folder = find_folder(name)
    return folder is not None and (folder / _CONFIG).is_file()


def _converses(folder: Path) -> bool:
    """Whether the tokenizer has a chat template, in the new form or the old."""
    if (folder / "chat_template.jinja").is_file():
        return True
    return any(
        '"chat_template"' in (folder / name).read_text("utf-8", errors="replace")
        for name in ("tokenizer_config.json", "chat_template.json")
        if (folder / name).is_file()
    )


def _count_parameters(path: Path) -> int:
    """Numbers in a safetensors file, by its header: its length in 8 bytes, then JSON."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    except (OSError, ValueError, MemoryError):
        return 0
    return sum(_sizes(header))


def _sizes(header: dict[str, dict[str, list[int]]]) -> Iterator[int]:
    return (prod(t["shape"]) for name, t in header.items() if name != "__metadata__")
