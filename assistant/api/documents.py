"""Add documents, follow how far they are read, give them back, delete them."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from assistant.accounts.records import Person
from assistant.api.opened import Asker, Manager, Opened
from assistant.api.shapes import DocumentShape, IngestionShape
from assistant.errors import UnknownDocument, UnknownJob
from assistant.printing import document_json
from assistant.searching.file_names import kept_name
from assistant.searching.ingestion_queue import Job

router = APIRouter(tags=["Documents"])

_FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}
_ONE_FILE = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}
}


@router.get("/documents", response_model=list[DocumentShape])
def documents(services: Opened, _: Asker) -> list[dict[str, Any]]:
    """List the documents, the last one first."""
    return [document_json(document) for document in services.library.documents()]


@router.post("/documents", status_code=202, response_model=IngestionShape, openapi_extra=_ONE_FILE)
async def add(
    request: Request, response: Response, services: Opened, person: Manager
) -> dict[str, Any]:
    """Send a PDF; it is read in the background, at the address that `Location` gives."""
    async with request.form(max_files=1, max_fields=0) as form:  # only now: who calls is known
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(400)
        name, data = file.filename or "document.pdf", await file.read()
    job_id = await run_in_threadpool(_submit, services, person, name, data)
    here = request.scope.get("root_path", "")  # where this application is mounted
    response.headers["location"] = here + request.app.url_path_for("ingestion", job_id=job_id)
    return _job_json(_job(services, job_id))


def _submit(services: Opened, person: Person, name: str, data: bytes) -> int:
    job_id = services.ingestions.submit(name, data)
    services.accounts.audit.note("document_sent", by=person, subject=kept_name(name))
    return job_id


@router.get("/documents/{document_id}", response_model=DocumentShape)
def document(document_id: str, services: Opened, _: Asker) -> dict[str, Any]:
    """Give one document."""
    found = services.library.published(document_id)
    if found is None:
        raise UnknownDocument(document_id)
    return document_json(found)


@router.get(
    "/documents/{document_id}/file",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def original(document_id: str, services: Opened, _: Asker) -> Response:
    """Give the file as it was added."""
    found = services.library.published(document_id)
    data = services.library.original(document_id) if found else None
    if found is None or data is None:
        raise UnknownDocument(document_id)
    name = quote(found.file_name, safe="")
    return Response(
        data,
        media_type="application/pdf",
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
            "x-content-type-options": "nosniff",
        },
    )


@router.delete("/documents/{document_id}", status_code=204)
def remove(document_id: str, services: Opened, person: Manager) -> None:
    """Delete a document with its passages and the answers kept of it."""
    found = services.library.published(document_id)
    services.library.remove(document_id)
    name = found.file_name if found else document_id
    services.accounts.audit.note("document_removed", by=person, subject=name)


@router.get("/ingestions", response_model=list[IngestionShape])
def ingestions(services: Opened, _: Manager) -> list[dict[str, Any]]:
    """List the files that have not been read to their end, in their order."""
    return [_job_json(job) for job in services.ingestions.running()]


@router.get("/ingestions/{job_id}", response_model=IngestionShape)
def ingestion(job_id: int, services: Opened, _: Manager) -> dict[str, Any]:
    """Say how far a file is."""
    return _job_json(_job(services, job_id))


def _job(services: Opened, job_id: int) -> Job:
    job = services.ingestions.job(job_id)
    if job is None:
        raise UnknownJob(job_id)
    return job


def _job_json(job: Job) -> dict[str, Any]:
    ended = job.ingestion
    return {
        "id": job.id,
        "file": job.file_name,
        "state": job.state,
        "pages_read": job.pages_read,
        "pages": job.page_count,
        "document_id": ended.document.id if ended and ended.document else None,
        "error": ended.error if ended else None,
        "resumed": job.is_resumed,
    }
