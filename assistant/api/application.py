"""The endpoints. They are plain functions: their work runs in threads and never blocks others."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict

from assistant.accounts.records import Permission
from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json
from assistant.api.callers import caller
from assistant.api.problems import explain_problems
from assistant.wiring import Services


class Question(BaseModel):
    """A question, asked of the texts that govern it or of one of them."""

    model_config = ConfigDict(extra="forbid")

    question: str
    within: str | None = None
    launched: date | None = None
    refresh: bool = False  # write a new answer, in the place of the one in the cache


def create_api(services: Callable[[], Services]) -> FastAPI:
    """Build the API on services that are opened by the first request that needs them."""
    api = FastAPI(title="Assistant des marchés publics", docs_url=None, redoc_url=None)
    api.state.services = services
    explain_problems(api)

    @api.get("/health")
    def health() -> dict[str, Any]:
        """Say that the assistant can answer, from how many documents and by which model."""
        opened = services()
        model = opened.writer().name if opened.writer.is_loaded else opened.settings.model
        return {"status": "ok", "documents": len(opened.library.documents()), "model": model}

    @api.get("/documents", dependencies=[Depends(caller(Permission.ASK))])
    def documents() -> list[dict[str, Any]]:
        """List the documents, the last one first."""
        return [asdict(document) for document in services().library.documents()]

    @api.post("/ask", dependencies=[Depends(caller(Permission.ASK))])
    def ask(asked: Question) -> dict[str, Any]:
        """Answer a question."""
        answering = services().answering
        return answer_json(
            answering.ask(
                asked.question,
                within=asked.within,
                launched=asked.launched,
                cache=CacheUse.REFRESH if asked.refresh else CacheUse.NORMAL,
            )
        )

    return api
