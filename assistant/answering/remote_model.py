"""A model behind an OpenAI-compatible engine (vLLM, TGI, llama.cpp, Ollama, OpenAI), by URL."""

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import InvalidSettings, ModelUnavailable
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.openai_engine import OpenAIEngine

PREFIX = "openai:"

_TIMEOUT_SECONDS = 120.0  # between two pieces of text: an engine without a GPU reads slowly
_RETRIES = 1
_LONGEST_ANSWER = 512  # tokens

# The client reads OPENAI_API_KEY where it is given no key, and would send it to any engine.
_NO_KEY = "none"

# Causes and remedies.
_MUTE = (
    f"le moteur n’a rien répondu pendant {_TIMEOUT_SECONDS:.0f} secondes",
    "Reposez votre question ; s’il reste muet, vérifiez sa charge.",
)
_UNREACHED = (
    "le moteur ne répond pas à l’adresse donnée",
    "Vérifiez qu’il est démarré et que ASSISTANT_MODEL_URL est juste.",
)
_BROKEN_OFF = (
    "le moteur s’est interrompu pendant la réponse",
    "Reposez votre question ; si cela se répète, consultez son journal.",
)


def connect(settings: Settings) -> "OpenAIEngine":
    """Make the client of the engine that the settings name; nothing is sent yet.

    Raises `InvalidSettings` when the model has no name or the engine no address.
    """
    name = remote_name(settings)
    if not name:
        raise InvalidSettings(
            "ASSISTANT_MODEL vaut « openai: » sans nom de modèle. "
            "Écrivez par exemple ASSISTANT_MODEL=openai:mistral-small."
        )
    if urlsplit(settings.model_url).scheme not in {"http", "https"}:
        raise InvalidSettings(
            f"ASSISTANT_MODEL demande le modèle « {name} » d’un moteur compatible OpenAI, et "
            "ASSISTANT_MODEL_URL ne dit pas où il est. Donnez son adresse, par exemple "
            "ASSISTANT_MODEL_URL=http://127.0.0.1:8000/v1."
        )
    from assistant.answering.openai_engine import OpenAIEngine

    return OpenAIEngine(
        model=name,
        api_base=settings.model_url,
        api_key=settings.model_api_key or _NO_KEY,
        is_chat_model=True,
        temperature=0.0,
        max_tokens=_LONGEST_ANSWER,
        timeout=_TIMEOUT_SECONDS,
        max_retries=_RETRIES,
    )


def remote_name(settings: Settings) -> str:
    """Name by which the engine knows the model."""
    return settings.model.removeprefix(PREFIX).strip()


def explain(name: str, error: Exception) -> ModelUnavailable | None:
    """Say in French what an engine's failure means; None when it is no failure of an engine.

    What fails before the first piece of text comes as an `openai` error, what fails after it as
    the transport's own.
    """
    import httpx
    import openai

    if isinstance(error, openai.APIStatusError):
        return ModelUnavailable(name, *_status(error.status_code))
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelUnavailable(name, *_MUTE)
    if isinstance(error, openai.APIConnectionError):
        return ModelUnavailable(name, *_UNREACHED)
    if isinstance(error, openai.APIError | httpx.TransportError):
        return ModelUnavailable(name, *_BROKEN_OFF)
    return not_an_engine(name) if isinstance(error, json.JSONDecodeError) else None


def not_an_engine(name: str) -> ModelUnavailable:
    """Say that something answered which is no engine: a proxy's page, or the wrong path."""
    return ModelUnavailable(
        name,
        "ce qui répond à l’adresse donnée n’est pas un moteur compatible OpenAI",
        "Vérifiez ASSISTANT_MODEL_URL, qui finit souvent par « /v1 ».",
    )


def _status(code: int) -> tuple[str, str]:
    """Cause and remedy of an HTTP status."""
    if code in {401, 403}:
        return "le moteur refuse la clé donnée", "Vérifiez ASSISTANT_MODEL_API_KEY."
    if code == 404:
        return (
            "le moteur ne connaît pas ce modèle, ou son adresse est incomplète",
            "Vérifiez ASSISTANT_MODEL, et ASSISTANT_MODEL_URL, qui finit souvent par « /v1 ».",
        )
    if code == 429:
        return "le moteur reçoit trop de demandes", "Reposez votre question dans une minute."
    if code < 500:
        return (
            f"le moteur refuse la demande (HTTP {code}), peut-être parce que la question et ses "
            "passages sont trop longs pour lui",
            "Posez une question plus courte, ou choisissez un modèle au contexte plus long.",
        )
    return f"le moteur est en panne (HTTP {code})", "Consultez son journal, puis réessayez."
