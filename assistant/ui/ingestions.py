"""Files being read, or read for this session, and how far they are."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from streamlit.typing import UploadedFile

from assistant.searching.file_names import kept_name
from assistant.searching.ingestion_queue import Job
from assistant.ui.audit import note_action
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count, escape

_REFRESH = 0.5  # seconds


def upload_files() -> None:
    """Show the upload box; its files are submitted once, and it is emptied."""
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            "Fichiers PDF à ajouter",
            accept_multiple_files=True,
            max_upload_size=services().settings.max_file_megabytes,
            key="uploads",
        )
        sent = st.form_submit_button("Ajouter ces fichiers", type="primary")
    if sent and not files:
        st.warning("Choisissez d’abord un ou plusieurs fichiers PDF.")
    if sent and files:
        submit(files)


def submit(files: Iterable[UploadedFile | Path]) -> None:
    """Put files in the queue; what waits there already is not read twice."""
    known = _identifiers()
    with explain_errors():
        for file in files:
            data = file.read_bytes() if isinstance(file, Path) else file.getvalue()
            job_id = services().ingestions.submit(file.name, data)
            if job_id not in known:
                known.append(job_id)
                note_action("document_added", kept_name(file.name))


def any_running() -> bool:
    """Whether a file of this session is still being read."""
    return any(not job.is_ended for job in _jobs())


def show_ingestions() -> None:
    """Show the files of this session, refreshed until the last is done."""
    if _jobs():
        running = any_running()
        st.fragment(_show_jobs, run_every=_REFRESH if running else None)(was_running=running)


def _show_jobs(*, was_running: bool) -> None:
    with explain_errors():
        jobs = _jobs()
        for job in jobs:
            _show_job(job)
        if was_running and not any_running():
            st.rerun()
        if not was_running:
            st.button("Effacer ces résultats", on_click=_identifiers().clear, type="tertiary")


def _show_job(job: Job) -> None:
    name = escape(job.file_name)
    if job.state == "failed":
        st.error(escape((job.ingestion and job.ingestion.error) or ""), icon=":material/error:")
    elif job.state == "unchanged":
        st.info(f"«\u00a0{name}\u00a0»\u00a0: déjà indexé, rien n’a changé.")
    elif job.state == "indexed" and job.ingestion and job.ingestion.document:
        document = job.ingestion.document
        contents = (
            f"{count(document.article_count, 'article')}, {count(document.page_count, 'page')}"
        )
        st.success(f"«\u00a0{name}\u00a0»\u00a0: indexé, {contents}.", icon=":material/check:")
    else:
        share = job.pages_read / job.page_count if job.page_count else 0.0
        again = " (reprise après un arrêt du serveur)" if job.is_resumed else ""
        st.progress(share, f"«\u00a0{name}\u00a0» – {_step(job)}{again}")


def _step(job: Job) -> str:
    if job.state == "waiting":
        return "En file d’attente…"
    if job.state == "indexing":
        return "Indexation…"
    if not job.page_count:
        return "Lecture…"
    if job.state == "recognising":
        return f"Reconnaissance de caractères\u00a0: page {job.pages_read} sur {job.page_count}"
    return f"Lecture\u00a0: page {job.pages_read} sur {job.page_count}"


def _identifiers() -> list[int]:
    """Give the identifiers of this session's jobs: at first those an earlier process left."""
    if "jobs" not in st.session_state:
        st.session_state["jobs"] = [job.id for job in services().ingestions.resumed()]
    kept: list[int] = st.session_state["jobs"]
    return kept


def _jobs() -> list[Job]:
    """Give this session's jobs as they are now; those of a stopped server are forgotten.

    What is being read for someone else, or was before this page was refreshed, joins them: the
    library is everybody's.
    """
    queue, known = services().ingestions, _identifiers()
    known.extend(job.id for job in queue.running() if job.id not in known)
    return [job for identifier in known if (job := queue.job(identifier))]
