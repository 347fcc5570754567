"""The commands `models list` and `models fetch`: their vendors are imported when they run."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.answering.model_files import ModelFiles
    from assistant.answering.model_state import ModelState


_INTERRUPTED = 130  # as shells say it


def models(options: argparse.Namespace) -> int:
    """Do what was asked about the models."""
    return _fetch(options) if options.what == "fetch" else _list(options)


def _list(options: argparse.Namespace) -> int:
    """Say which models lie here, which one the settings choose, and what is loaded."""
    from assistant.answering.loaded_file import loaded_path, read_loaded
    from assistant.answering.model_files import kept_models
    from assistant.answering.models import chosen_model

    settings = load_settings()
    loaded = read_loaded(loaded_path(settings))
    row = {
        "set": settings.model,
        "chosen": chosen_model(settings),
        "bits": settings.model_bits,
        "loaded": loaded and asdict(loaded),
        "models": [_model_json(model) for model in kept_models(also=settings.model)],
    }
    _print(options, row, lambda row: _list_text(row, loaded))
    return 0


def _fetch(options: argparse.Namespace) -> int:
    """Download a model, and say how it is used."""
    from assistant.answering.fetching import fetch_model
    from assistant.answering.model_files import read_files

    start = time.monotonic()
    try:
        fetched = fetch_model(options.name)
    except KeyboardInterrupt:
        print("Interrompu : relancez la commande pour reprendre.", file=sys.stderr)
        return _INTERRUPTED
    row = {
        **_model_json(read_files(options.name, fetched.folder)),
        "status": "unchanged" if fetched.was_here else "fetched",
        "seconds": round(time.monotonic() - start, 1),
    }
    _print(options, row, _fetched_text)
    return 0


def _model_json(model: "ModelFiles") -> dict[str, Any]:
    """Give a model's files, and the memory that it would need with each number of bits."""
    from assistant.answering.models import needed_memory
    from assistant.answering.weights import BITS

    needed = {str(bits): round(needed_memory(model.parameters, bits)) for bits in BITS}
    return {**asdict(model), "needed_memory": needed if model.parameters else None}


def _list_text(row: dict[str, Any], loaded: "ModelState | None") -> str:
    from assistant.answering.model_state import state_text

    lines = [_model_text(model) for model in row["models"]] or [
        "Aucun modèle sur cette machine. « python -m assistant models fetch NOM » en télécharge un."
    ]
    chosen = f"ASSISTANT_MODEL={row['set']}"
    chosen += f", soit ici « {row['chosen']} »" if row["chosen"] != row["set"] else ""
    lines.append(f"Réglé : {chosen}, en {row['bits']} bits.")
    running = state_text(loaded) if loaded else "aucun, ou l’application n’est pas démarrée."
    return "\n".join([*lines, f"Chargé : {running}"])


def _model_text(model: dict[str, Any]) -> str:
    from assistant.answering.model_state import gigabytes

    if model["missing"]:
        missing = f"incomplet, il manque {len(model['missing'])} fichier(s)"
        return f"{model['name']} : {missing} (« models fetch {model['name']} » reprend)"
    use = "rédige" if model["converses"] else "sans gabarit de conversation, ne rédige pas"
    billions = f"{model['parameters'] / 1e9:.1f}".replace(".", ",")
    needed = ", ".join(f"{bits} bits {gigabytes(n)}" for bits, n in model["needed_memory"].items())
    return (
        f"{model['name']} : {use} ; {billions} milliards de paramètres, "
        f"{gigabytes(model['size'])} sur disque ; mémoire nécessaire (estimation) : {needed}"
    )


def _fetched_text(row: dict[str, Any]) -> str:
    done = "était déjà là, complet" if row["status"] == "unchanged" else "est téléchargé"
    use = f"Pour l’employer : ASSISTANT_MODEL={row['name']}"
    if not row["converses"]:
        use = "Il n’a pas de gabarit de conversation : il ne peut pas rédiger de réponses"
    return f"« {row['name']} » {done}, dans {row['folder']}. {use}."


def _print(options: argparse.Namespace, row: Any, text: Callable[[Any], str]) -> None:
    print(json.dumps(row, ensure_ascii=False) if options.json else text(row), flush=True)
