"""The page of campaigns: make, fill, open, follow and close them."""

from collections.abc import Callable

import streamlit as st

from assistant.accounts.records import Permission, Person
from assistant.evaluating.campaign_records import Campaign, CampaignPlan, CampaignState
from assistant.evaluating.criteria import DEFAULT_GUIDELINES
from assistant.ui.evaluation.filling import fill_campaign
from assistant.ui.evaluation.following import show_progress
from assistant.ui.evaluation.plan_form import ask_plan
from assistant.ui.evaluation.style import use_style
from assistant.ui.session import attempt, explain_errors, services
from assistant.ui.text import count, escape

STATES = {
    CampaignState.DRAFT: "en préparation",
    CampaignState.OPEN: "ouverte",
    CampaignState.CLOSED: "close",
}
_SAID = "campaigns-said"  # (whether it went well, the sentence), shown once
_MADE = "campaigns-made"  # how many were made here: the form begins anew after each
_SHOWN = "campaigns-shown"


def show_campaigns(administrator: Person) -> None:
    """Show the form that makes a campaign, and one of those that are kept."""
    use_style()
    _say()
    _make_one(administrator)
    campaigns = {one.id: one for one in services().evaluation.campaigns.all()}
    if not campaigns:
        st.info("Aucune campagne. La première demande un nom, des relecteurs et des réponses.")
        return
    kept = st.session_state.get(_SHOWN)
    # Set each time: the browser would go on showing the label of before the last step.
    st.session_state[_SHOWN] = kept if kept in campaigns else next(iter(campaigns))
    shown = st.selectbox(
        "Campagne", list(campaigns), format_func=lambda one: _label(campaigns[one]), key=_SHOWN
    )
    with st.container(border=True), explain_errors():
        _show_campaign(campaigns[shown], administrator)


def people_who_rate() -> dict[int, str]:
    """Give who may be a rater or a reviewer."""
    accounts = services().accounts.people.accounts()
    found = {
        account.person.id: f"{account.person.name} ({account.person.login})"
        for account in accounts
        if account.enabled and account.person.role.allows(Permission.RATE)
    }
    if not services().settings.accounts:
        local = services().accounts.people.local()
        found[local.id] = local.name
    return found


def _make_one(administrator: Person) -> None:
    made = st.session_state.get(_MADE, 0)
    box = st.expander(
        "Nouvelle campagne", icon=":material/add:", key=f"campaign-new-{made}", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        plan = ask_plan(
            CampaignPlan("", DEFAULT_GUIDELINES),
            people_who_rate(),
            key=f"new-{made}",
            label="Créer la campagne",
        )
        if plan:
            with explain_errors():
                campaign = services().evaluation.campaigns.create(plan, by=administrator.id)
                st.session_state[_MADE] = made + 1
                st.session_state[_SHOWN] = campaign.id
                _note(f"Campagne « {campaign.plan.name} » créée. Ajoutez-y des réponses.")
                st.rerun()


def _label(campaign: Campaign) -> str:
    items = count(campaign.item_count, "réponse")
    parts = [campaign.plan.name, STATES[campaign.state], items]
    if campaign.state is CampaignState.OPEN:
        progress = services().evaluation.campaigns.progress(campaign.id)
        assigned, left = (sum(one.assigned for one in progress), sum(one.left for one in progress))
        parts.append(f"{(assigned - left) / assigned:.0%}".replace("%", "\u00a0%"))
    return " · ".join(parts)


def _show_campaign(campaign: Campaign, administrator: Person) -> None:
    is_open = campaign.state is CampaignState.OPEN
    if not (is_open and services().evaluation.campaigns.is_blind(campaign.id, administrator.id)):
        for source in campaign.sources:  # they name configurations
            st.caption(escape(source))
    if campaign.state is CampaignState.DRAFT:
        fill_campaign(campaign)
    else:
        show_progress(campaign, people_who_rate())
    if campaign.state is not CampaignState.CLOSED:
        _change(campaign)
        _offer_steps(campaign)


def _change(campaign: Campaign) -> None:
    if not st.toggle("Modifier le nom, les consignes, les personnes", key=f"edit-{campaign.id}"):
        return
    plan = ask_plan(
        campaign.plan,
        people_who_rate(),
        key=f"plan-{campaign.id}",
        label="Enregistrer",
        is_open=campaign.state is CampaignState.OPEN,
    )
    if plan:
        with explain_errors():
            services().evaluation.campaigns.change(campaign.id, plan)
            _note(f"Campagne « {plan.name} » modifiée.")
            st.session_state.pop(f"edit-{campaign.id}", None)
            st.rerun()


def _offer_steps(campaign: Campaign) -> None:
    """Offer what comes next; closing and deleting cannot be undone, and are asked twice."""
    key, name = f"{campaign.id}", campaign.plan.name
    with st.container(horizontal=True):
        if campaign.state is CampaignState.DRAFT:
            st.button(
                "Ouvrir la campagne",
                type="primary",
                icon=":material/play_arrow:",
                key=f"open-{key}",
                on_click=_do,
                args=(services().evaluation.campaigns.open, campaign.id, f"« {name} » ouverte."),
            )
            _ask_twice("Supprimer", "delete", campaign, f"« {name} » supprimée.")
        else:
            _ask_twice("Clôturer", "close", campaign, f"« {name} » close.")


def _ask_twice(label: str, action: str, campaign: Campaign, said: str) -> None:
    acts = services().evaluation.campaigns
    act = acts.close if action == "close" else acts.delete
    asked = f"{action}-asked-{campaign.id}"
    if not st.session_state.get(asked):
        if st.button(label, key=f"{action}-{campaign.id}"):
            st.session_state[asked] = True
            st.rerun()
        return
    st.button(
        f"{label} définitivement",
        type="primary",
        key=f"{action}-sure-{campaign.id}",
        on_click=_do,
        args=(act, campaign.id, said),
    )
    if st.button("Annuler", key=f"{action}-not-{campaign.id}"):
        del st.session_state[asked]
        st.rerun()


def _do(act: Callable[[int], object], campaign_id: int, said: str) -> None:
    why = attempt(lambda: act(campaign_id))
    st.session_state[_SAID] = (not why, why or f"Campagne {said}")


def _note(said: str) -> None:
    st.session_state[_SAID] = (True, said)


def _say() -> None:
    well, said = st.session_state.pop(_SAID, (True, ""))
    if said and well:
        st.success(escape(said), icon=":material/check:")
    elif said:
        st.error(escape(said), icon=":material/error:")
