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
Row = Mapping[str, Any]
Encoding = dict[str, Any]


def draw_means(names: Names, groups: Sequence[Group]) -> None:
    """Draw means as dots with their 95 % intervals, a colour for each group."""
    rows = [row for group in groups for row in _means(names, group)]
    if not rows:
        return
    shared: Encoding = {
        "y": _nominal("Critère", sort=list(names.values()), axis={"labelLimit": 220}),
        "color": {"value": _INK},
        "tooltip": _told("Critère", "Groupe", "Moyenne"),
    }
    if len(groups) > 1:
        shared |= {"color": _series("Groupe"), "yOffset": {"field": "Groupe", "type": "nominal"}}
    axis = {"values": [1, 2, 3, 4, 5], "format": "d", "title": "Moyenne, et intervalle à 95 %"}
    along = {"type": "quantitative", "scale": {"domain": [LOWEST, HIGHEST]}, "axis": axis}
    interval = {"x": {"field": "low", **along}, "x2": {"field": "high"}}
    dot = {"x": {"field": "value", **along}}
    dots = {"type": "point", "filled": True, "size": 90, "opacity": 1}
    layers = [
        {"mark": {"type": "rule", "strokeWidth": 3}, "encoding": shared | interval},
        {"mark": dots, "encoding": shared | dot},
    ]
    height = len(names) * max(_ROW, 18 * len(groups)) + 40
    said = "Moyennes de chaque critère, avec leurs intervalles"
    _draw(rows, {"layer": layers}, said, height=height)


def draw_distributions(names: Names, scored: Sequence[Scored]) -> None:
    """Draw how many ratings gave each score, a bar for each criterion."""
    rows = [
        {"Critère": names[one.criterion], "Note": str(level), "Nombre": counted}
        for one in scored
        for level, counted in enumerate(one.counts, start=LOWEST)
    ]
    percent = {"labelExpr": "format(datum.value * 100, 'd') + ' %'", "tickCount": 5}
    encoding: Encoding = {
        "x": _counted("Part des notes", axis=percent, stack="normalize"),
        "y": _nominal("Critère", sort=list(names.values()), axis={"labelLimit": 220}),
        "color": _coloured("Note", dict(zip("12345", _LEVELS, strict=True))),
        "order": {"field": "Note", "type": "nominal"},
        "tooltip": _told("Critère", "Note", "Nombre"),
    }
    said = "Répartition des notes de 1 à 5 de chaque critère"
    _draw(rows, {"mark": "bar", "encoding": encoding}, said, height=len(scored) * _ROW + 80)


def draw_duels(duels: Iterable[Duel]) -> None:
    """Draw how often each of two configurations was preferred."""
    rows = [
        {"Comparaison": f"{d.first} ou {d.second}", "Préférée": name, "Nombre": counted, "rang": n}
        for d in duels
        for n, (name, counted) in enumerate(
            [("la première", d.first_wins), ("égalité", d.ties), ("la seconde", d.second_wins)]
        )
    ]
    colours = {"la première": _LEVELS[4], "égalité": _LEVELS[2], "la seconde": _LEVELS[1]}
    encoding: Encoding = {
        "x": _counted("Avis", axis={"tickMinStep": 1, "format": "d"}),
        "y": _nominal("Comparaison", axis={"labelLimit": 260}),
        "color": _coloured("Préférée", colours),
        "order": {"field": "rang", "type": "quantitative"},
        "tooltip": _told("Comparaison", "Préférée", "Nombre"),
    }
    said = "Préférences entre configurations"
    bars = len({row["Comparaison"] for row in rows})
    _draw(rows, {"mark": "bar", "encoding": encoding}, said, height=bars * _ROW + 130)


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


def _draw_lines(rows: Sequence[Row], lines: _Lines, said: str) -> None:
    encoding: Encoding = {
        "x": _nominal(lines.along, sort=None, axis={"labelAngle": 0}),
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": lines.shown,
            "scale": {"domain": list(lines.domain)},
            "axis": {"labelExpr": _COMMA},
        },
        "color": _series(lines.series),
        "tooltip": _told(lines.along, lines.series, lines.shown),
    }
    mark = {"type": "line", "point": True}
    _draw(rows, {"mark": mark, "encoding": encoding}, said, height=320)


def _draw(rows: Sequence[Row], chart: Mapping[str, Any], said: str, *, height: int) -> None:
    """Draw a Vega-Lite chart, `height` pixels high.

    Altair and pandas take a second to be imported: so the chart is written plainly, and its rows
    are those of a layer, since Streamlit gives the rows of a whole chart to pandas.
    """
    layer = {"data": {"values": list(rows)}, **chart}
    st.vega_lite_chart(spec={"layer": [layer], "height": height}, alt=said)


def _told(*fields: str) -> list[Encoding]:
    """Say these of the mark that is pointed at."""
    return [{"field": field, "type": "nominal"} for field in fields]


def _nominal(field: str, **said: Any) -> Encoding:
    return {"field": field, "type": "nominal", "title": None, **said}


def _counted(title: str, **said: Any) -> Encoding:
    return {"field": "Nombre", "type": "quantitative", "title": title, **said}


def _series(field: str) -> Encoding:
    """Give each value of a field a colour of the theme; names are long: one below the other."""
    return _nominal(field, legend={"orient": "bottom", "columns": 1, "labelLimit": 320})


def _coloured(field: str, colours: Mapping[str, str]) -> Encoding:
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": {"orient": "bottom"}}


def _means(names: Names, group: Group) -> Iterable[Row]:
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
