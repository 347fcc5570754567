"""The tables of the report: a caption, headers with their scope, numbers as French writes them."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.evaluating.agreement import ALL_CRITERIA, PREFERENCE
from assistant.evaluating.charts import number
from assistant.evaluating.result_records import (
    Agreement,
    Difference,
    DriftPoint,
    Duel,
    Figure,
    Group,
    Measure,
    PairAgreement,
    Strength,
    TrendPoint,
)
from assistant.typesetting import count


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table: the first cell of each row is its header, words stand left, figures right."""
    rows = list(rows)
    columns = zip(*rows, strict=True) if rows else [()] * len(header)
    head = "".join(
        f'<th scope="col"{_side(all(map(_is_words, cells)))}>{escape(one)}</th>'
        for one, cells in zip(header, columns, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td{_side(_is_words(one))}>{escape(one)}</td>" for one in others)
        + "</tr>"
        for first, *others in rows
    )
    shown = f"<thead><tr>{head}</tr></thead>" if any(header) else ""
    head = f"<caption>{escape(caption)}</caption>{shown}"
    return f"<div><table>{head}<tbody>{body}</tbody></table></div>"


def _is_words(cell: str) -> bool:
    return cell[:1] not in "0123456789−–"  # nothing at all is no words


def _side(is_words: bool) -> str:
    return ' class="text"' if is_words else ""


def measure_text(measure: Measure, digits: int = 2) -> str:
    """Write a figure with its interval, or why there is none."""
    if not isinstance(measure, Figure):
        return f"non mesurable\u00a0: {measure.reason[:1].lower()}{measure.reason[1:]}"
    value = number(measure.value, digits)
    if measure.interval is None:
        return value
    low, high = (number(one, digits) for one in measure.interval)
    return f"{value} [{low}\u00a0; {high}]"


def group_table(caption: str, names: Mapping[str, str], group: Group) -> str:
    """Write the means and the distributions of some ratings."""
    items = count(group.items, "réponse", "réponses")
    title = f"{caption} ({items}, {count(group.ratings, 'note', 'notes')})"
    rows = [
        (names[one.criterion], measure_text(one.mean), *map(str, one.counts))
        for one in group.scores
    ]
    return table(title, ("Critère", "Moyenne", "1", "2", "3", "4", "5"), rows)


def agreement_table(names: Mapping[str, str], found: Iterable[Agreement]) -> str:
    """Write the agreement on each criterion."""
    rows = [
        (
            criterion_name(names, one.criterion),
            str(one.items),
            measure_text(one.alpha),
            measure_text(one.ac2),
            measure_text(one.raw),
        )
        for one in found
    ]
    header = ("Critère", "Réponses communes", "Alpha de Krippendorff", "AC2 de Gwet", "Accord brut")
    return table("Accord par critère", header, rows)


def pair_table(raters: Mapping[int, str], pairs: Iterable[PairAgreement]) -> str:
    """Write the agreement of each two raters, on all criteria together."""
    rows = []
    for pair in pairs:
        all_together = pair.criteria[-1]
        rows.append(
            (
                f"{raters[pair.first]} et {raters[pair.second]}",
                *(measure_text(one) for one in (all_together.alpha, all_together.ac2)),
                measure_text(all_together.raw),
            )
        )
    header = ("Relecteurs", "Alpha", "AC2", "Accord brut")
    return table("Accord par paire, tous critères ensemble", header, rows)


def drift_table(raters: Mapping[int, str], points: Iterable[DriftPoint]) -> str:
    """Write how far each rater is from the others, over time."""
    rows = [
        (
            raters[one.person_id],
            f"{one.first_day:%d/%m/%Y}",
            f"{one.last_day:%d/%m/%Y}",
            str(one.items),
            measure_text(one.distance),
        )
        for one in points
    ]
    header = ("Relecteur", "Du", "Au", "Réponses", "Écart avec les autres")
    return table("Dérive de chaque relecteur", header, rows)


def difference_table(names: Mapping[str, str], found: Iterable[Difference]) -> str:
    """Write the paired differences of configurations."""
    rows = [
        (
            f"{one.first} − {one.second}",
            names[one.criterion],
            str(one.questions),
            measure_text(one.mean),
            measure_text(one.p_value, 4),
        )
        for one in found
    ]
    header = ("Configurations", "Critère", "Questions", "Différence", "p")
    return table("Différences par paires", header, rows)


def duel_table(found: Iterable[Duel]) -> str:
    """Write how often each of two configurations was preferred."""
    rows = [
        (
            f"{one.first} ou {one.second}",
            *map(str, (one.first_wins, one.second_wins, one.ties)),
            measure_text(one.p_value, 4),
        )
        for one in found
    ]
    header = ("Configurations", "La première", "La seconde", "Égalités", "p")
    return table("Préférences", header, rows)


def strength_table(found: Iterable[Strength]) -> str:
    """Write the order of the configurations that were compared."""
    rows = [(one.configuration, measure_text(one.strength)) for one in found]
    return table("Force des configurations", ("Configuration", "Force"), rows)


def trend_table(names: Mapping[str, str], points: Iterable[TrendPoint]) -> str:
    """Write the means of each version, as campaigns rated it."""
    rows = []
    for point in points:
        means = {one.criterion: one.mean for one in point.scores}
        shown = (means.get(key) for key in names)
        rows.append(
            (
                f"{point.day:%d/%m/%Y} · {point.campaign}",
                point.version,
                point.configuration,
                *(number(one.value, 2) if isinstance(one, Figure) else "–" for one in shown),
            )
        )
    header = ("Campagne", "Version", "Configuration", *names.values())
    return table("Moyennes par version", header, rows)


def criterion_name(names: Mapping[str, str], key: str) -> str:
    """Name a criterion, preferences, or all criteria together."""
    others = {PREFERENCE: "Préférence", ALL_CRITERIA: "Tous critères ensemble"}
    return names.get(key) or others[key]
