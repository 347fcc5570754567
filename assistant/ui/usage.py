"""Use by day on screen: questions, refusals and delays, model by model."""

import html

import streamlit as st

from assistant.evaluating.usage import DayOfUse, usage
from assistant.ui.session import services
from assistant.ui.text import typeset

_DAYS = (30, 90, 365)
_HEADINGS = (
    *("Jour", "Modèle", "Questions", "Refus", "Redonnées", "Délai médian", "95 % en moins de"),
)


def show_usage() -> None:
    """Show the days that have questions, the last first, with a bar for each number of them."""
    days = st.selectbox(
        "Période", _DAYS, format_func=lambda n: f"Les {n} derniers jours", key="usage-days"
    )
    counted = usage(services().database, days=days)
    if not counted:
        st.caption("Aucune question n’a été posée dans cette période.")
        return
    most = max(day.questions for day in counted)
    rows = "".join(_row(day, most) for day in counted)
    headings = "".join(f'<th scope="col">{typeset(heading)}</th>' for heading in _HEADINGS)
    st.html(
        '<div class="journal usage" role="region" aria-label="Usage par jour" tabindex="0">'
        f"<table><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    st.caption(
        "Une question redonnée avait déjà été posée\u00a0: sa réponse n’est pas écrite de nouveau. "
        "Seules les réponses gardées sont comptées."
    )


def _row(day: DayOfUse, most: int) -> str:
    bar = f'<span class="barre" style="width: {round(6 * day.questions / most, 2)}rem"></span>'
    cells = (
        f"{day.day:%d/%m/%Y}",
        html.escape(day.model),
        f"{bar} {day.questions}",
        str(day.refusals),
        str(day.repeated),
        _seconds(day.seconds_p50),
        _seconds(day.seconds_p95),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f}\u00a0s".replace(".", ",")
