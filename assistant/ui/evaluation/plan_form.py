"""The form of what an administrator decides of a campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from assistant.evaluating.campaign_records import HIGHEST, LOWEST, CampaignPlan, Criterion
from assistant.evaluating.criteria import DEFAULT_CRITERIA

_LEVELS = [str(level) for level in range(LOWEST, HIGHEST + 1)]


def ask_plan(
    plan: CampaignPlan,
    people: Mapping[int, str],
    *,
    key: str,
    label: str,
    is_open: bool = False,
) -> CampaignPlan | None:
    """Ask for a plan that begins as `plan`; gives it once the button `label` is pressed.

    Of an open campaign, what ratings rest on is not asked for again.
    """
    own = not is_open and st.toggle(
        "Changer les critères", value=_is_own(plan.criteria), key=f"{key}-own"
    )
    with st.form(f"{key}-form"):
        name = st.text_input("Nom", plan.name, max_chars=200, key=f"{key}-name")
        guidelines = st.text_area(
            "Consignes, en Markdown", plan.guidelines, height=220, key=f"{key}-guidelines"
        )
        changed = replace(plan, name=name, guidelines=guidelines, **_ask_people(plan, people, key))
        if not is_open:
            changed = replace(
                changed,
                **_ask_overlap(plan, key),
                criteria=_ask_criteria(plan.criteria, key) if own else (),
            )
        return changed if st.form_submit_button(label, type="primary") else None


def _ask_people(plan: CampaignPlan, people: Mapping[int, str], key: str) -> dict[str, Any]:
    def ask(label: str, chosen: Sequence[int], part: str) -> tuple[int, ...]:
        known = [*people, *(one for one in chosen if one not in people)]
        return tuple(
            st.multiselect(
                label,
                known,
                list(chosen),
                format_func=lambda one: people.get(one, f"personne n° {one}, sans accès"),
                key=f"{key}-{part}",
                placeholder="Choisissez",
            )
        )

    raters = ask("Relecteurs", plan.raters, "raters")
    reviewers = ask("Réviseurs, qui tranchent les désaccords", plan.reviewers, "reviewers")
    deadline = st.date_input(
        "À rendre avant le (facultatif)", plan.deadline, format="DD/MM/YYYY", key=f"{key}-deadline"
    )
    return {"raters": raters, "reviewers": reviewers, "deadline": deadline}


def _ask_overlap(plan: CampaignPlan, key: str) -> dict[str, Any]:
    share = st.number_input(
        "Part des réponses notées par plusieurs relecteurs, en %",
        0,
        100,
        round(plan.overlap_share * 100),
        step=5,
        key=f"{key}-share",
        help="L’accord entre relecteurs ne se mesure que sur cette part.",
    )
    raters = st.radio(
        "Relecteurs de chacune de celles-ci",
        (2, 3),
        index=plan.overlap_raters - 2,
        horizontal=True,
        key=f"{key}-overlap",
    )
    return {"overlap_share": share / 100, "overlap_raters": raters}


def _ask_criteria(criteria: Sequence[Criterion], key: str) -> tuple[Criterion, ...]:
    st.caption(
        "Un critère par ligne\u00a0: son nom court pour les exports (minuscules sans accent, "
        "chiffres, tirets bas), son nom, et une phrase pour chaque note de 1 à 5."
    )
    begun = [
        {"Nom court": c.key, "Nom": c.name, **dict(zip(_LEVELS, c.anchors, strict=True))}
        for c in criteria or DEFAULT_CRITERIA
    ]
    edited = st.data_editor(begun, num_rows="dynamic", key=f"{key}-criteria", alt="Critères")
    return tuple(_criterion(row) for row in edited if any(row.values()))


def _criterion(row: Mapping[str, Any]) -> Criterion:
    first, second, third, fourth, fifth = (str(row.get(level) or "") for level in _LEVELS)
    return Criterion(
        str(row.get("Nom court") or ""),
        str(row.get("Nom") or ""),
        (first, second, third, fourth, fifth),
    )


def _is_own(criteria: Sequence[Criterion]) -> bool:
    return bool(criteria) and tuple(criteria) != DEFAULT_CRITERIA
