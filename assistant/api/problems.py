"""What goes wrong, as problem details (RFC 9457), with a French sentence in `detail`."""

from collections.abc import Mapping
from http import HTTPStatus

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
    NotSignedIn,
    OutOfMemory,
    TooManyRequests,
    UnknownDocument,
    UnknownInstrument,
    report_bug,
)

_STATUS = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    UnknownDocument: HTTPStatus.NOT_FOUND,
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
    422: "Demande refusée",
    429: "Trop de demandes",
    500: "Erreur inattendue",
    503: "Service indisponible",
}


def explain_problems(api: FastAPI) -> None:
    """Have an application answer every error as a problem."""

    @api.exception_handler(AssistantError)
    def explain(_request: Request, error: AssistantError) -> JSONResponse:
        status = _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
        return _problem(status, str(error), headers=_headers(error))

    @api.exception_handler(RequestValidationError)
    def refuse(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = {str(e["loc"][-1]) for e in error.errors() if len(e["loc"]) > 1}
        where = f" (champ : {', '.join(sorted(fields))})" if fields else ""
        return _problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"La demande n’a pas la forme attendue{where}. Envoyez un objet JSON avec "
            "« question » et, si besoin, « within » (numéro d’un texte), « launched » "
            "(date AAAA-MM-JJ) et « refresh » (true : faire rédiger une nouvelle réponse).",
        )

    @api.exception_handler(HTTPException)
    def refuse_address(request: Request, error: HTTPException) -> JSONResponse:
        detail = f"« {request.method} {request.url.path} » n’est pas une adresse de cette API."
        return _problem(error.status_code, detail)

    @api.exception_handler(Exception)
    def report(_request: Request, error: Exception) -> JSONResponse:
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, report_bug(error))


def _headers(error: AssistantError) -> dict[str, str]:
    if isinstance(error, TooManyRequests):
        return {"retry-after": str(error.seconds)}
    return {"www-authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}


def _problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return JSONResponse(
        {"type": "about:blank", "title": title, "status": int(status), "detail": detail},
        status_code=int(status),
        media_type="application/problem+json",
        headers=headers,
    )
