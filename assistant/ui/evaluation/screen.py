"""The page of those who rate: campaigns, adjudication, and answers rated outside of campaigns."""

from collections.abc import Callable

import streamlit as st

from assistant.accounts.records import Person
from assistant.ui.evaluation.rating import rate_campaigns
from assistant.ui.evaluation.reviewing import review_campaigns
from assistant.ui.evaluation.style import use_style
from assistant.ui.rating import rate_freely
from assistant.ui.session import services


def show_evaluation(person: Person) -> None:
    """Show what this person has to do, a tab each; only the open one is run."""
    use_style()
    campaigns = services().evaluation.campaigns
    sections: dict[str, Callable[[Person], None]] = {}
    if campaigns.of_rater(person.id):
        sections["Campagnes"] = rate_campaigns
    if campaigns.of_reviewer(person.id):
        sections["Arbitrage"] = review_campaigns
    sections["Notation libre"] = rate_freely
    tabs = st.tabs(list(sections), on_change="rerun", key="evaluation")
    for tab, show in zip(tabs, sections.values(), strict=True):
        if tab.open:
            with tab:
                show(person)
