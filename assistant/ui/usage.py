"""Use by day on screen: questions, refusals and delays, model by model."""

import html
import math

import streamlit as st

from assistant.evaluating.usage import DayOfUse, usage
from assistant.ui.session import services
from assistant.ui.text import typeset

_DAYS = (30, 90, 365)
_HEADINGS = (
    *("Jour", "Modèle", "Questions", "Refus", "Redonnées", "Délai médian", "95 % en moins de"),
    *("Jetons lus", "Jetons écrits"),
)
_NONE = "–"


def show_usage() -> None:
    """Show the days that have questions, the last first, with a bar for each number of them."""
    days = st.selectbox(
        "Période", _DAYS, format_func=lambda n: f"Les {n} derniers jours", key="usage-days"
    )
    prices = services().prices
    counted = usage(services().database, days=days, prices=prices)
    if not counted:
        st.caption("Aucune question n’a été posée dans cette période.")
        return
    most = max(day.questions for day in counted)
    rows = "".join(_row(day, most) for day in counted)
    cost = f"Coût ({prices.currency})" if prices.currency else "Coût"
    headings = "".join(
        f'<th scope="col">{html.escape(typeset(heading))}</th>' for heading in (*_HEADINGS, cost)
    )
    st.html(
        '<div class="journal usage" role="region" aria-label="Usage par jour" tabindex="0">'
        f"<table><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    st.caption(
        "Une question redonnée avait déjà été posée\u00a0: sa réponse n’est pas écrite de nouveau. "
        "Seules les réponses gardées sont comptées."
    )
    st.caption(
        "Les jetons sont ceux que le modèle a comptés lui-même, pour les réponses qu’il a écrites, "
        f"reprises comprises\u00a0; «\u00a0{_NONE}\u00a0»\u00a0: aucun modèle n’a écrit, ou rien "
        "n’a été compté. "
        + (
            "Le coût est celui des prix d’aujourd’hui (ASSISTANT_MODEL_PRICES)."
            if prices.by_model
            else "Aucun prix n’est donné\u00a0: ASSISTANT_MODEL_PRICES les fixe, par million de "
            "jetons."
        )
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
        *_tokens(day),
        _at_least(day, _NONE if day.cost is None else _money(day.cost)),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f}\u00a0s".replace(".", ",")


def _tokens(day: DayOfUse) -> tuple[str, str]:
    """Say how many tokens were read and written."""
    if day.tokens is None:
        return _NONE, _NONE
    read, written = (
        f"{n:,}".replace(",", "\u202f") for n in (day.tokens.prompt, day.tokens.answer)
    )
    return _at_least(day, read), _at_least(day, written)


def _at_least(day: DayOfUse, figure: str) -> str:
    """Say that there was more, where some answers were not counted."""
    return f"≥\u00a0{figure}" if day.uncounted and figure != _NONE else figure


def _money(cost: float) -> str:
    """Write a cost with two decimals, and a small one with two figures."""
    digits = 2 if cost >= 0.1 or not cost else max(2, 1 - math.floor(math.log10(cost)))
    return f"{cost:,.{digits}f}".replace(",", "\u202f").replace(".", ",")
