"""Figures drawn; the table of the same figures stands beside each drawing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assistant.evaluating.campaign_records import HIGHEST, LOWEST
from assistant.evaluating.charts import number
from assistant.evaluating.result_records import (
    DriftPoint,
    Duel,
    Figure,
    Group,
    Measure,
    Scored,
    TrendPoint,
)

_LEVELS = ["#b3392c", "#e08e4f", "#d9d3c3", "#7fb0a8", "#1f6f66"]  # of scores 1 to 5
_ROW = 34  # pixels, of a criterion
_INK = "#2a8a9a"  # seen on both grounds
_COMMA = "replace(format(datum.value, '.1f'), '.', ',')"
Names = Mapping[str, str]  # criterion → its name


def draw_means(names: Names, groups: Sequence[Group]) -> None:
    """Draw means as dots with their 95 % intervals, a colour for each group."""
    import altair as alt  # half a second, that other pages do not need
    import pandas as pd

    rows = [row for group in groups for row in _means(names, group)]
    if not rows:
        return
    scale = alt.Scale(domain=[LOWEST, HIGHEST])
    axis = alt.Axis(values=[1, 2, 3, 4, 5], format="d", title="Moyenne, et intervalle à 95 %")
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("Critère:N", sort=list(names.values()), title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=["Critère:N", "Groupe:N", "Moyenne:N"],
    )
    if len(groups) > 1:
        legend = alt.Legend(orient="bottom", columns=1, labelLimit=320)
        base = base.encode(
            yOffset=alt.YOffset("Groupe:N"),
            color=alt.Color("Groupe:N", title=None, legend=legend),
        )
    else:
        base = base.encode(color=alt.value(_INK))
    dots = base.mark_point(filled=True, size=90, opacity=1)
    chart = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    ) + dots.encode(x=alt.X("value:Q", scale=scale, axis=axis))
    height = len(names) * max(_ROW, 18 * len(groups)) + 40
    st.altair_chart(
        chart.properties(height=height), alt="Moyennes de chaque critère, avec leurs intervalles"
    )


def draw_distributions(names: Names, scored: Sequence[Scored]) -> None:
    """Draw how many ratings gave each score, a bar for each criterion."""
    import altair as alt
    import pandas as pd

    rows = [
        {"Critère": names[one.criterion], "Note": str(level), "Nombre": counted}
        for one in scored
        for level, counted in enumerate(one.counts, start=LOWEST)
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "Nombre:Q",
                stack="normalize",
                title="Part des notes",
                axis=alt.Axis(labelExpr="format(datum.value * 100, 'd') + ' %'", tickCount=5),
            ),
            y=alt.Y(
                "Critère:N", sort=list(names.values()), title=None, axis=alt.Axis(labelLimit=220)
            ),
            color=alt.Color(
                "Note:N",
                scale=alt.Scale(domain=["1", "2", "3", "4", "5"], range=_LEVELS),
                legend=alt.Legend(orient="bottom"),
            ),
            order=alt.Order("Note:N"),
            tooltip=["Critère:N", "Note:N", "Nombre:Q"],
        )
        .properties(height=len(scored) * _ROW + 80)
    )
    st.altair_chart(chart, alt="Répartition des notes de 1 à 5 de chaque critère")


def draw_duels(duels: Iterable[Duel]) -> None:
    """Draw how often each of two configurations was preferred."""
    import altair as alt
    import pandas as pd

    rows = [
        {"Comparaison": f"{d.first} ou {d.second}", "Préférée": name, "Nombre": counted, "rang": n}
        for d in duels
        for n, (name, counted) in enumerate(
            [("la première", d.first_wins), ("égalité", d.ties), ("la seconde", d.second_wins)]
        )
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("Nombre:Q", title="Avis", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("Comparaison:N", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "Préférée:N",
                scale=alt.Scale(
                    domain=["la première", "égalité", "la seconde"],
                    range=[_LEVELS[4], _LEVELS[2], _LEVELS[1]],
                ),
                legend=alt.Legend(orient="bottom"),
            ),
            order=alt.Order("rang:Q"),
            tooltip=["Comparaison:N", "Préférée:N", "Nombre:Q"],
        )
    )
    st.altair_chart(chart, alt="Préférences entre configurations")


def draw_drift(raters: Mapping[int, str], points: Sequence[DriftPoint]) -> None:
    """Draw how far each rater is from the others, once there are two moments of one."""
    if len(points) == len({point.person_id for point in points}):
        return
    rows = [
        {
            "Jour": f"{p.first_day:%d/%m} – {p.last_day:%d/%m/%Y}",
            "Relecteur": raters[p.person_id],
            "value": p.distance.value,
            "Écart": number(p.distance.value, 2),
        }
        for p in sorted(points, key=lambda p: p.last_day)
    ]
    farthest = max(1.0, *(abs(p.distance.value) for p in points))
    lines = _Lines("Jour", "Relecteur", "Écart", (-farthest, farthest))
    _draw_lines(rows, lines, "Écart de chaque relecteur avec les autres")


def draw_trend(criterion: str, points: Iterable[TrendPoint]) -> None:
    """Draw the means of a criterion over campaigns, a line for each configuration."""
    rows = [
        {
            "Campagne": point.campaign,
            "Configuration": point.configuration,
            "value": one.mean.value,
            "Moyenne": number(one.mean.value, 2),
        }
        for point in points
        for one in point.scores
        if one.criterion == criterion and isinstance(one.mean, Figure)
    ]
    lines = _Lines("Campagne", "Configuration", "Moyenne", (LOWEST, HIGHEST))
    if rows:
        _draw_lines(rows, lines, "Moyennes du critère au fil des campagnes")


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is drawn as lines: names of columns, and the ends of the scale."""

    along: str
    series: str
    shown: str
    domain: tuple[float, float]


def _draw_lines(rows: Sequence[Mapping[str, Any]], lines: _Lines, said: str) -> None:
    import altair as alt
    import pandas as pd

    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{lines.along}:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(
                "value:Q",
                title=lines.shown,
                scale=alt.Scale(domain=list(lines.domain)),
                axis=alt.Axis(labelExpr=_COMMA),
            ),
            color=alt.Color(
                f"{lines.series}:N",
                title=None,
                legend=alt.Legend(orient="bottom", columns=1, labelLimit=320),
            ),
            tooltip=[f"{lines.along}:N", f"{lines.series}:N", f"{lines.shown}:N"],
        )
        .properties(height=320)
    )
    st.altair_chart(chart, alt=said)


def _means(names: Names, group: Group) -> Iterable[dict[str, Any]]:
    for one in group.scores:
        if not isinstance(one.mean, Figure):
            continue
        low, high = one.mean.interval or (one.mean.value, one.mean.value)
        yield {
            "Critère": names[one.criterion],
            "Groupe": group.label or "Toutes les réponses",
            "value": one.mean.value,
            "low": low,
            "high": high,
            "Moyenne": _said(one.mean),
        }


def _said(measure: Measure) -> str:
    assert isinstance(measure, Figure)
    if measure.interval is None:
        return number(measure.value, 2)
    low, high = (number(bound, 2) for bound in measure.interval)
    return f"{number(measure.value, 2)} [{low} ; {high}]"
