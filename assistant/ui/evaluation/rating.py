"""Rating in a campaign: the next answer, the form beside it, kept at every step."""

from datetime import datetime

import streamlit as st

from assistant.accounts.records import Person
from assistant.errors import InvalidRating
from assistant.evaluating.campaign_records import (
    Marks,
    RaterCampaign,
    RatingState,
    Task,
    TaskSummary,
)
from assistant.ui.evaluation.marks_form import Given, Marking, ask_marks
from assistant.ui.evaluation.rated import show_guidelines, show_rated, two_places
from assistant.ui.session import attempt, explain_errors, services
from assistant.ui.text import count, escape

STATES = {
    None: "à noter",
    RatingState.DRAFT: "brouillon",
    RatingState.SUBMITTED: "envoyée",
    RatingState.DISCARDED: "écartée",
}
_ITEM = "rating-item"  # the item on the screen
_MOVED = "rating-moved"  # the screen is to show another one
_SAVED = "rating-saved-at"
_STEPS = "rating-steps"  # how many were handed over in this session
_HANDLED = "rating-handled"  # (times, why the last one was refused)
_SPENT = "rating-spent"  # (visit, seconds) handed over last
_ACTIONS = (
    ("submit", "Envoyer"),
    ("next", "Suivante"),
    ("previous", "Précédente"),
    ("discard", "Écarter"),
)
_KEYS = (
    ("Entrée", "envoyer, depuis le bouton où mène la dernière note"),
    ("Ctrl + Entrée", "envoyer, d’où que ce soit"),
    ("S, P", "réponse suivante, précédente, sans envoyer"),
    ("E", "écarter la réponse\u00a0: le commentaire dit pourquoi"),
)


def rate_campaigns(person: Person) -> None:
    """Show the open campaigns of a rater, and what is to be rated next."""
    campaigns = services().evaluation.campaigns.of_rater(person.id)
    if not campaigns:
        st.info("Vous n’avez rien à noter dans une campagne ouverte.")
        return
    with st.container(horizontal=True, key="rating-choices"):
        campaign = _choose(campaigns)
        task = _current(campaign.id, person.id)
        _offer_others(campaign, person, task)
    _show_progress(campaign)
    show_guidelines(campaign.guidelines)
    if task is None:
        st.success(
            "Toutes vos réponses sont envoyées ou écartées. Merci\u00a0! Vous pouvez encore les "
            "corriger jusqu’à la clôture.",
            icon=":material/check:",
        )
        return
    _show_task(task, person)


def _choose(campaigns: list[RaterCampaign]) -> RaterCampaign:
    if len(campaigns) == 1:
        return campaigns[0]
    names = {campaign.id: campaign.name for campaign in campaigns}
    chosen = st.selectbox(
        "Campagne", list(names), format_func=names.__getitem__, key="rating-campaign"
    )
    return next(campaign for campaign in campaigns if campaign.id == chosen)


def _current(campaign_id: int, person_id: int) -> Task | None:
    """Give the item on the screen, or else the next one that is not finished."""
    work = services().evaluation.work
    item = st.session_state.get(_ITEM)
    if item is not None:
        try:
            task = work.task(item, person_id)
        except InvalidRating:  # it was given to somebody else
            task = None
        if task and task.campaign_id == campaign_id:
            return task
    task = work.next_task(campaign_id, person_id)
    st.session_state[_ITEM] = task.item_id if task else None
    return task


def _show_progress(campaign: RaterCampaign) -> None:
    progress = campaign.progress
    done = progress.assigned - progress.left
    counted = [count(progress.submitted, "envoyée")]
    if progress.discarded:
        counted.append(count(progress.discarded, "écartée"))
    if progress.drafts:
        counted.append(count(progress.drafts, "brouillon"))
    until = f" · jusqu’au {campaign.deadline:%d/%m/%Y}" if campaign.deadline else ""
    said = f"{escape(campaign.name)}\u00a0: {', '.join(counted)} sur {progress.assigned}{until}"
    st.progress(done / progress.assigned if progress.assigned else 0.0, said)


def _offer_others(campaign: RaterCampaign, person: Person, task: Task | None) -> None:
    tasks = services().evaluation.work.tasks(campaign.id, person.id)
    known = {one.item_id: one for one in tasks}
    st.session_state["rating-go-to"] = task.item_id if task else None
    st.selectbox(
        "Réponse",
        list(known),
        format_func=lambda item: _line(known[item]),
        key="rating-go-to",
        on_change=_go_to,
        placeholder="Revoir une réponse",
    )


def _line(task: TaskSummary) -> str:
    return f"{task.number}. {STATES[task.state]} · {task.question}"


def _go_to() -> None:
    st.session_state[_ITEM] = st.session_state["rating-go-to"]
    _note_refusal("")


def _show_task(task: Task, person: Person) -> None:
    read, form = two_places(task.kind)
    with form:
        _ask(task, person)  # before the pages of the sources, which take a second to draw
    with read:
        show_rated(task.question, task.answers, key=f"task-{task.item_id}")


@st.fragment
def _ask(task: Task, person: Person) -> None:
    """Ask for the marks; each step is kept before this runs again."""
    if st.session_state.pop(_MOVED, False):
        st.rerun()
    with explain_errors():
        now = services().evaluation.work.task(task.item_id, person.id)
        handled, refusal = st.session_state.get(_HANDLED, (0, ""))
        marking = Marking(
            item_id=now.item_id,
            kind=now.kind,
            answers=now.answers,
            criteria=now.criteria,
            marks=task.marks,  # what the form began with: it knows what was given since
            state=_state_of(now),
            actions=_ACTIONS,
            keys=_KEYS,
            saves=True,
            is_open=now.is_open,
            visit=st.session_state.get(_SPENT, ("", 0.0))[0],
            refusal=refusal,
            handled=handled,
            steps=st.session_state.get(_STEPS, 0),
        )
        ask_marks(
            marking,
            key=f"marks-{now.item_id}",
            on_step=lambda given: _keep(given, person),
            on_action=lambda kind, given: _act(kind, given, person),
        )


def _state_of(task: Task) -> str:
    saved = st.session_state.get(_SAVED)
    when = f" · enregistrée à {saved:%H:%M:%S}" if saved else ""
    return f"{task.number} sur {task.total} · {STATES[task.state]}{when}"


def _keep(given: Given, person: Person) -> None:
    """Keep one step."""
    st.session_state[_STEPS] = st.session_state.get(_STEPS, 0) + 1
    save = services().evaluation.work.save
    seconds = _spent_since(given)
    why = attempt(lambda: save(given.item_id, person.id, given.marks, seconds=seconds))
    _note_refusal(why)
    if not why:
        st.session_state[_SAVED] = datetime.now().astimezone()


def _act(kind: str, given: Given, person: Person) -> None:
    """Do what was asked of the whole answer, and go to another one."""
    why = attempt(lambda: _finish(kind, given, person))
    _note_refusal(why, is_action=True)
    if not why:
        st.session_state[_MOVED] = True


def _finish(kind: str, given: Given, person: Person) -> None:
    work, seconds = services().evaluation.work, _spent_since(given)
    before = work.task(given.item_id, person.id)
    if kind == "submit":
        work.submit(given.item_id, person.id, given.marks, seconds=seconds)
    elif kind == "discard":
        work.discard(given.item_id, person.id, given.marks, seconds=seconds)
    elif before.is_open and (before.state or given.marks != Marks()):
        work.save(given.item_id, person.id, given.marks, seconds=seconds)
    st.session_state[_ITEM] = _after(kind, before, person)


def _after(kind: str, task: Task, person: Person) -> int | None:
    if kind == "previous":
        return task.previous or task.item_id
    if kind == "next":
        return task.next or task.item_id
    work = services().evaluation.work
    following = work.next_task(task.campaign_id, person.id, after=task.item_id)
    return following.item_id if following else None


def _spent_since(given: Given) -> float:
    """Give the seconds since what was handed over last; a visit counts from its beginning."""
    visit, seconds = st.session_state.get(_SPENT, ("", 0.0))
    st.session_state[_SPENT] = (given.visit, given.seconds)
    return max(0.0, given.seconds - (seconds if visit == given.visit else 0.0))


def _note_refusal(why: str, *, is_action: bool = False) -> None:
    """Keep why something could not be done, or that it could: nothing older is said any more.

    An action is counted also where it was done: it may lead nowhere, and its form waits for it.
    """
    st.session_state.pop(_SAVED, None)
    times, _ = st.session_state.get(_HANDLED, (0, ""))
    st.session_state[_HANDLED] = (times + (is_action or bool(why)), why)
