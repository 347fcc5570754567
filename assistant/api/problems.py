"""What goes wrong, as problem details (RFC 9457), with a French sentence in `detail`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import (
    AssistantError,
    Forbidden,
    IndexInUse,
    InvalidSettings,
    ModelBusy,
    ModelUnavailable,
    NotReady,
    NotSignedIn,
    OutOfMemory,
    StillBlind,
    TooManyRequests,
    UnknownAnswer,
    UnknownConversation,
    UnknownDocument,
    UnknownInstrument,
    UnknownJob,
    report_bug,
)

_STATUS = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    StillBlind: HTTPStatus.FORBIDDEN,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    UnknownDocument: HTTPStatus.NOT_FOUND,
    UnknownJob: HTTPStatus.NOT_FOUND,
    UnknownAnswer: HTTPStatus.NOT_FOUND,
    UnknownConversation: HTTPStatus.NOT_FOUND,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
    UnknownInstrument: HTTPStatus.NOT_FOUND,
    IndexInUse: HTTPStatus.SERVICE_UNAVAILABLE,
    InvalidSettings: HTTPStatus.SERVICE_UNAVAILABLE,
    ModelUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    ModelBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    OutOfMemory: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Every other error a person can act on is about what was asked: 422."""

_TITLES = {
    400: "Requête mal formée",
    401: "Connexion requise",
    403: "Accès refusé",
    404: "Introuvable",
    405: "Méthode non admise",
    413: "Demande trop volumineuse",
    422: "Demande refusée",
    429: "Trop de demandes",
    500: "Erreur inattendue",
    503: "Service indisponible",
}

_SENTENCES = {
    400: "Le corps de la demande ne peut être lu. Envoyez du JSON, ou un fichier dans un "
    "formulaire « multipart/form-data ».",
    413: "La demande dépasse la taille admise : 200 ko, et celle que règle "
    "ASSISTANT_MAX_FILE_MEGABYTES pour un fichier. Réduisez-la, ou "
    "demandez à l’administrateur de relever cette limite.",
}


def explain_problems(api: FastAPI) -> None:
    """Have an application answer every error as a problem."""

    @api.exception_handler(AssistantError)
    def explain(_request: Request, error: AssistantError) -> JSONResponse:
        return _response(problem_of(error), headers=_headers(error))

    @api.exception_handler(RequestValidationError)
    def refuse(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = {str(e["loc"][-1]) for e in error.errors() if len(e["loc"]) > 1}
        where = f" (champ : {', '.join(sorted(fields))})" if fields else ""
        return _response(
            _problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"La demande n’a pas la forme attendue{where}. La page « /api/docs » donne la "
                "forme de chacune, avec le sens et les bornes de ses champs.",
            )
        )

    @api.exception_handler(HTTPException)
    def refuse_address(request: Request, error: HTTPException) -> JSONResponse:
        detail = f"« {request.method} {request.url.path} » n’est pas une adresse de cette API."
        if error.status_code not in {404, 405}:
            detail = _SENTENCES.get(error.status_code, "La demande n’a pu être lue.")
        return _response(_problem(error.status_code, detail), headers=error.headers)

    @api.exception_handler(Exception)
    def report(_request: Request, error: Exception) -> JSONResponse:
        return _response(problem_of(error))


def problem_of(error: Exception) -> dict[str, Any]:
    """Give the problem that an error is; a bug goes to the log under its reference."""
    if isinstance(error, AssistantError):
        status = _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
        return _problem(status, str(error))
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, report_bug(error))


def _headers(error: AssistantError) -> dict[str, str]:
    if isinstance(error, TooManyRequests):
        return {"retry-after": str(error.seconds)}
    return {"www-authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}


def _problem(status: int, detail: str) -> dict[str, Any]:
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return {"type": "about:blank", "title": title, "status": int(status), "detail": detail}


def _response(problem: dict[str, Any], *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(
        problem,
        status_code=problem["status"],
        media_type="application/problem+json",
        headers=headers,
    )
