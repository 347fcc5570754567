"""What those who run the assistant look at."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.api.opened import Administrator, Opened
from assistant.api.shapes import HealthShape
from assistant.errors import NotReady

router = APIRouter(tags=["Exploitation"])


@router.get("/health", response_model=HealthShape)
def health(services: Opened) -> dict[str, Any]:
    """Say that the process lives, from how many documents it answers and by which model."""
    model = services.writer().name if services.writer.is_loaded else services.settings.model
    return {
        "status": "ok",
        "documents": len(services.library.documents()),
        "model": model,
        "model_state": asdict(services.writer.model_state()),
    }


@router.get("/ready", response_model=HealthShape)
def ready(services: Opened) -> dict[str, Any]:
    """Say that questions can be answered: there are documents, and the index answers."""
    state = health(services)
    if not state["documents"] or not services.indexes.passages.count():
        raise NotReady
    return state | {"status": "ready"}


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(services: Opened, _: Administrator) -> Response:
    """Give the measures of this process, for Prometheus."""
    return Response(services.meters.exposition(), media_type=CONTENT_TYPE_LATEST)
