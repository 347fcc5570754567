"""The API: its routers, its documentation page, what it does with errors."""

from collections.abc import Callable

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from assistant import __version__
from assistant.api import asking, conversations, documents, operations, ratings, searching
from assistant.api.body_limit import BodyLimit
from assistant.api.problems import explain_problems
from assistant.api.shapes import Problem
from assistant.wiring import Services

_DESCRIPTION = """\
Des réponses tirées des textes des marchés publics, avec leurs sources. Une demande est faite par un
navigateur connecté, ou avec une clé de la page « Mon compte » (`Authorization: Bearer …`). Une
erreur est un problème au sens de la RFC 9457, dont `detail` est une phrase en français.
"""


def create_api(services: Callable[[], Services]) -> FastAPI:
    """Build the API on services that are opened by the first request that needs them.

    Its endpoints are plain functions: their work runs in threads and never blocks others.
    """
    api = FastAPIOffline(  # its page of documentation fetches nothing from elsewhere
        title="Assistant des marchés publics",
        description=_DESCRIPTION,
        version=__version__,
        redoc_url=None,
        responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}},
    )
    api.state.services = services
    api.add_middleware(BodyLimit)
    explain_problems(api)
    for part in (asking, conversations, searching, documents, ratings, operations):
        api.include_router(part.router)
    return api
