"""The files of a campaign, made when somebody asks for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.accounts.records import Permission, Person
from assistant.evaluating.report import report_html
from assistant.evaluating.result_records import CampaignResults, TrendPoint
from assistant.ui.session import services


@dataclass(frozen=True, slots=True)
class _File:
    label: str
    ending: str
    kind: str
    write: Callable[[], str]

    def encoded(self) -> bytes:
        return self.write().encode()


def offer_files(
    results: CampaignResults, person: Person, trend: Callable[[], Sequence[TrendPoint]]
) -> None:
    """Offer the files; each is made when it is asked for: it takes seconds for 10,000 ratings."""
    number, export = results.campaign.id, services().evaluation.export
    files = [
        _File(
            "Notes en CSV",
            "csv",
            "text/csv",
            lambda: _for_excel(export.csv(number, person_id=person.id)),
        ),
        _File(
            "Notes en JSONL",
            "jsonl",
            "application/x-ndjson",
            lambda: export.jsonl(number, person_id=person.id),
        ),
        _File("Rapport en HTML", "html", "text/html", lambda: report_html(results, trend())),
    ]
    if person.role.allows(Permission.ADMINISTER):
        reviewed = services().evaluation.reviewed
        label = "Réponses relues de toutes les campagnes closes"
        files.append(_File(label, "relues.jsonl", "application/x-ndjson", reviewed.export_jsonl))
    st.write(
        "Une ligne par note, quel que soit son état\u00a0; le rapport est un fichier autonome."
    )
    with st.container(horizontal=True):
        for file in files:
            st.download_button(
                file.label,
                data=file.encoded,
                file_name=f"campagne-{number}.{file.ending}",
                mime=file.kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"offer-{file.ending}",
            )


def _for_excel(text: str) -> str:
    return f"\ufeff{text}"  # else it garbles the accents
