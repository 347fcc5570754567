"""How far the raters of a campaign are, and what waits for its reviewers."""

from collections.abc import Mapping

import streamlit as st

from assistant.evaluating.campaign_records import Campaign, RaterProgress
from assistant.evaluating.report_tables import table
from assistant.ui.evaluation.style import show_table
from assistant.ui.session import services
from assistant.ui.text import count


def show_progress(campaign: Campaign, people: Mapping[int, str]) -> None:
    """Show a line for each rater; nothing of their marks."""
    progress = services().evaluation.campaigns.progress(campaign.id)
    assigned, left = sum(p.assigned for p in progress), sum(p.left for p in progress)
    if assigned:
        done = assigned - left
        st.progress(done / assigned, f"{count(done, 'note')} sur {assigned}")
    header = ("Relecteur", "Attribuées", "Envoyées", "Écartées", "Brouillons", "Restent", "Durée")
    rows = [_row(one, campaign, people) for one in progress]
    show_table(table("Avancement des relecteurs", header, rows))
    deadline = campaign.plan.deadline
    if deadline:
        st.caption(f"À rendre avant le {deadline:%d/%m/%Y}.")


def _row(one: RaterProgress, campaign: Campaign, people: Mapping[int, str]) -> list[str]:
    name = people.get(one.person_id, f"personne n° {one.person_id}")
    if one.person_id not in campaign.plan.raters:
        name += ", a quitté la campagne"
    counts = (one.assigned, one.submitted, one.discarded, one.drafts, one.left)
    return [name, *map(str, counts), spent(one.seconds)]


def spent(seconds: float) -> str:
    """Write "42 s", "12 min", "3 h 05"."""
    if seconds < 60:
        return f"{seconds:.0f}\u00a0s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}\u00a0h\u00a0{minutes:02}" if hours else f"{minutes}\u00a0min"
