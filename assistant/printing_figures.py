"""What the command line prints of a measure: a table for people, in French."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_COLUMNS = {
    "hit@1": "1er article",
    "hit@5": "5 premiers",
    "hit@10": "10 premiers",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
}
_MORE = ("autre texte", "p50", "p95")
_LABEL, _WIDTH, _NARROW = 24, 15, 12  # characters
_NOTE = """
Part des questions dont un bon article, du bon texte, vient en premier, dans les cinq ou les dix
premiers. Autre texte : part de celles dont le premier article est d’un autre texte que celui
attendu. Entre crochets : intervalle à 95 % (bootstrap sur les questions)."""
_DIFFERENCE_NOTE = """
Écart avec la première ligne : * quand son intervalle à 95 %, par paires, exclut zéro."""


def retrieval_text(row: dict[str, Any]) -> str:
    """Write the figures of a search: of all questions, then of each kind."""
    by_kind = (_row(f"{kind or '–'} ({f['n']})", f) for kind, f in row["by_kind"].items())
    return "\n".join([_title(row), _header("Questions"), _row("toutes", row), *by_kind, _NOTE])


def comparison_text(row: dict[str, Any]) -> str:
    """Write the figures of several searches, and how far each is from the first."""
    lines = []
    for one in row["configurations"]:
        lines.append(_row(one["label"], one))
        if one["difference"]:
            lines.append(_line("  écart", map(_difference, one["difference"].values())))
    return "\n".join([_title(row), _header("Recherche"), *lines, _NOTE + _DIFFERENCE_NOTE])


_CHANGES = {
    "same": "inchangées",
    "text": "dites autrement, avec les mêmes articles",
    "articles": "avec d’autres articles à côté de l’article confirmé",
    "gained": "qui citent maintenant l’article confirmé en premier",
    "lost": "qui ne le citent plus en premier",
    "missing": "qui ne le citaient pas en premier, et ne le citent toujours pas",
}


def regression_text(row: dict[str, Any]) -> str:
    """Write what became of the confirmed questions, and name those that lost their article."""
    counts = [f"{row['changes'][key]:>5}  {text}" for key, text in _CHANGES.items()]
    lost = [
        f"  {one['instrument']}, article {one['article']} : {one['question']}"
        for one in row["answers"]
        if one["change"] == "lost"
    ]
    named = ["", "Article perdu :", *lost] if lost else []
    return "\n".join([f"Questions confirmées : {row['n']}", *counts, *named])


def _title(row: Mapping[str, Any]) -> str:
    return f"Questions qui attendent un article : {row['n']}\n"


def _header(first: str) -> str:
    return _line(first, (f"{name} " for name in _COLUMNS.values()), _MORE)


def _row(label: str, figures: Mapping[str, Any]) -> str:
    """Write two lines: the figures, and below each its interval."""
    more: tuple[str, ...] = ()
    if "seconds_p50" in figures:
        times = (_milliseconds(figures["seconds_p50"]), _milliseconds(figures["seconds_p95"]))
        more = (_number(figures["wrong_instrument"]), *times)
    first = _line(label, (f"{_number(figures[name])} " for name in _COLUMNS), more)
    return f"{first}\n{_line('', (_interval(figures['intervals'][name]) for name in _COLUMNS))}"


def _line(label: str, cells: Iterable[str], more: Iterable[str] = ()) -> str:
    wide = "".join(f"{cell:>{_WIDTH}}" for cell in cells)
    return f"{label:<{_LABEL}}{wide}{''.join(f'{cell:>{_NARROW}}' for cell in more)}".rstrip()


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace(".", ",")


def _interval(limits: Sequence[float] | None) -> str:
    return "" if limits is None else "[{:.2f} ; {:.2f}]".format(*limits).replace(".", ",")


def _difference(difference: Mapping[str, Any]) -> str:
    value, interval = difference["value"], difference["interval"]
    if not value:
        return "= "
    sure = interval is not None and interval[0] * interval[1] > 0
    return f"{value:+.3f}{'*' if sure else ' '}".replace(".", ",").replace("-", "−")


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:.0f} ms"
