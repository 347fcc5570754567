"""Drawings of figures as SVG inside a page: each says in words what it shows."""

from collections.abc import Sequence
from html import escape

from assistant.evaluating.campaign_records import HIGHEST, LOWEST
from assistant.evaluating.result_records import Figure, Scored

_LEVELS = ("#b3392c", "#e08e4f", "#d9d3c3", "#7fb0a8", "#1f6f66")  # of scores 1 to 5
_INK = ("#ffffff", "#1a1a1a", "#1a1a1a", "#1a1a1a", "#ffffff")  # on them: contrast over 4.5
_WIDTH, _ROW, _LABEL, _NOTE = 720, 30, 190, 90  # pixels: a row, its name, what stands behind it


def distribution_chart(names: Sequence[str], scored: Sequence[Scored]) -> str:
    """Draw for each criterion how many ratings gave each score, as parts of a bar."""
    rows = [
        _bar(name, one.counts, place * _ROW)
        for place, (name, one) in enumerate(zip(names, scored, strict=True))
    ]
    said = "Répartition des notes de 1 à 5 par critère ; le tableau suivant donne les nombres."
    return _svg(said, len(rows) * _ROW, rows)


def means_chart(rows: Sequence[tuple[str, Scored]]) -> str:
    """Draw means as dots on the scale of 1 to 5, with their intervals as lines."""
    drawn = [_axis(len(rows) * _ROW)]
    for place, (name, one) in enumerate(rows):
        drawn.append(_dot(name, one, place * _ROW))
    said = "Moyennes et intervalles à 95 % ; le tableau suivant donne les nombres."
    return _svg(said, len(rows) * _ROW + 20, drawn)


def _svg(said: str, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'aria-label="{escape(said)}"><title>{escape(said)}</title>{"".join(parts)}</svg>'
    )


def _bar(name: str, counts: Sequence[int], top: int) -> str:
    total = sum(counts)
    parts, left = [_text(name, _LABEL - 8, top + 19, anchor="end")], float(_LABEL)
    for count, colour, ink in zip(counts, _LEVELS, _INK, strict=True):
        width = (_WIDTH - _LABEL - _NOTE) * count / total if total else 0
        if width:
            parts.append(
                f'<rect x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="{_ROW - 6}" '
                f'fill="{colour}"/>'
            )
        if width > 22:
            parts.append(_text(str(count), left + width / 2, top + 19, fill=ink, anchor="middle"))
        left += width
    parts.append(_text(f"n = {total}", _WIDTH - _NOTE + 8, top + 19))
    return "".join(parts)


def _dot(name: str, one: Scored, top: int) -> str:
    parts = [_text(name, _LABEL - 8, top + 19, anchor="end")]
    if isinstance(one.mean, Figure):
        if one.mean.interval:
            low, high = (_place(value) for value in one.mean.interval)
            parts.append(
                f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{top + 15}" y2="{top + 15}" '
                'stroke="#1f6f66" stroke-width="3"/>'
            )
        parts.append(
            f'<circle cx="{_place(one.mean.value):.1f}" cy="{top + 15}" r="5" fill="#1f6f66"/>'
        )
        parts.append(_text(number(one.mean.value, 2), _WIDTH - _NOTE + 8, top + 19))
    else:
        parts.append(_text("non mesurable", _WIDTH - _NOTE + 8, top + 19))
    return "".join(parts)


def _axis(height: int) -> str:
    parts = []
    for level in range(LOWEST, HIGHEST + 1):
        x = _place(level)
        parts.append(f'<line x1="{x}" x2="{x}" y1="0" y2="{height}" stroke="#d9d3c3"/>')
        parts.append(_text(str(level), x, height + 16, anchor="middle"))
    return "".join(parts)


def _place(value: float) -> float:
    span = _WIDTH - _LABEL - _NOTE - 20
    return _LABEL + 10 + span * (value - LOWEST) / (HIGHEST - LOWEST)


def _text(text: str, x: float, y: float, *, fill: str = "#1a1a1a", anchor: str = "start") -> str:
    short = text if len(text) <= 26 else f"{text[:25]}…"
    return f'<text x="{x:.1f}" y="{y}" fill="{fill}" text-anchor="{anchor}">{escape(short)}</text>'


def number(value: float, digits: int) -> str:
    """Write a number as French does: 1 234,50 (with narrow no-break spaces) and − for negative."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")
