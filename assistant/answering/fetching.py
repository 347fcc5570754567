"""Downloading a model from the hub: on an order, with its progress, and nothing that can run."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.model_state import gigabytes
from assistant.answering.weights import FETCHED, find_folder
from assistant.errors import AssistantError, ModelUnavailable

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

_TIMEOUT = 20.0  # seconds
_SPARE = 10**9  # bytes left free on the disk


_CAUSES = {
    "HFValidationError": (
        "ce n’est pas un nom de modèle",
        "Écrivez-le comme sur le hub : « organisation/modèle ».",
    ),
    "GatedRepoError": (
        "son accès est soumis à l’acceptation de ses conditions",
        "Acceptez-les sur sa page du hub, créez-y un jeton de lecture, puis relancez la commande "
        "avec HF_TOKEN=<jeton>.",
    ),
    "RepositoryNotFoundError": (
        "le hub ne connaît pas ce modèle, ou le garde privé",
        "Vérifiez le nom ; pour un modèle privé, donnez un jeton avec HF_TOKEN=<jeton>.",
    ),
    "OfflineModeIsEnabled": (
        "les téléchargements sont coupés par HF_HUB_OFFLINE",
        "Retirez ce réglage.",
    ),
}
"""Error of the hub's client → cause and remedy; a gated model is also one that is not found."""

_NO_NETWORK = (
    "Vérifiez la connexion et le proxy, puis relancez la commande : les fichiers déjà complets ne "
    "sont pas téléchargés de nouveau. Sans réseau, copiez le dossier du modèle sur cette machine "
    "et donnez son chemin dans ASSISTANT_MODEL."
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A model that lies on this machine, whole."""

    name: str
    folder: Path
    was_here: bool  # nothing had to be downloaded


def fetch_model(name: str, *, endpoint: str | None = None) -> Fetched:
    """Download what is missing of a model; the progress goes to the standard error.

    What was downloaded whole is kept when it is interrupted, and not downloaded again.

    Raises:
        ModelUnavailable: the cause, and what to do.
    """
    from huggingface_hub import HfApi, snapshot_download

    try:
        described = HfApi(endpoint=endpoint).model_info(name, files_metadata=True, timeout=_TIMEOUT)
        missing = _missing_bytes(name, described)
        _check_room(name, missing)
        with _progress_bar() as bar:
            folder = Path(snapshot_download(name, endpoint=endpoint, tqdm_class=bar, **FETCHED))
    except AssistantError:
        raise
    except Exception as error:
        raise _explained(name, error) from error
    return Fetched(name, folder, was_here=not missing)


def _missing_bytes(name: str, described: "ModelInfo") -> int:
    """Count what has to be downloaded; raises `ModelUnavailable` where there are no safetensors."""
    from huggingface_hub.utils._paths import filter_repo_objects

    sizes = {file.rfilename: file.size or 0 for file in described.siblings or ()}
    wanted = list(filter_repo_objects(sizes, **FETCHED))
    if not any(path.endswith(".safetensors") for path in wanted):
        raise ModelUnavailable(
            name,
            "ses poids ne sont pas publiés au format safetensors",
            "Choisissez un modèle qui l’est : les autres formats peuvent exécuter du code.",
        )
    here = find_folder(name)
    is_same = here is not None and here.name == described.sha
    return sum(sizes[p] for p in wanted if not (here and is_same and (here / p).is_file()))


def _check_room(name: str, missing: int) -> None:
    from huggingface_hub import constants

    folder = Path(constants.HF_HUB_CACHE)
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if missing and missing + _SPARE > free:
        raise _disk_full(name, f"il en faut {gigabytes(missing)}, il en reste {gigabytes(free)}")


def _disk_full(name: str, figures: str = "") -> ModelUnavailable:
    from huggingface_hub import constants

    detail = f" ({figures})" if figures else ""
    return ModelUnavailable(
        name,
        f"la place manque sur le disque de « {constants.HF_HUB_CACHE} »{detail}",
        "Libérez de la place, ou réglez HF_HOME sur un autre disque, puis relancez la commande : "
        "ce qui est déjà là n’est pas téléchargé de nouveau.",
    )


def _explained(name: str, error: Exception) -> ModelUnavailable:
    """Say in French what the hub's client means."""
    from huggingface_hub import errors

    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(name)
    for kind, (cause, remedy) in _CAUSES.items():
        if isinstance(error, getattr(errors, kind)):
            return ModelUnavailable(name, cause, remedy)
    if isinstance(error, errors.HfHubHTTPError):
        status = error.response.status_code
        cause = f"le hub ne répond pas comme attendu (HTTP {status})"
        return ModelUnavailable(name, cause, "Réessayez dans quelques minutes.")
    cause = f"le téléchargement n’a pas commencé, ou s’est interrompu ({type(error).__name__})"
    return ModelUnavailable(name, cause, _NO_NETWORK)


@contextmanager
def _progress_bar() -> Iterator[Any]:
    """Give the class of the one bar that is shown: bytes that lie on this disk, in French.

    The hub's client makes three, renames them as it goes, and leaves them open. None is shown
    where nobody looks.
    """
    from huggingface_hub.utils.tqdm import tqdm

    bar: Any = tqdm
    made: list[Any] = []

    class ProgressBar(bar):  # type: ignore[misc]
        def __init__(self, *args: Any, name: str | None = None, **options: Any) -> None:
            if name != "huggingface_hub.snapshot_download":
                options["disable"] = True
            options |= {"desc": "Téléchargement", "bar_format": None}
            super().__init__(*args, name=name, **options)
            made.append(self)

        def set_description(self, *_: Any, **__: Any) -> None:
            pass

        def set_description_str(self, *_: Any, **__: Any) -> None:
            pass

    try:
        yield ProgressBar
    finally:
        for one in made:
            one.close()
