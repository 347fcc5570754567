"""Rules and fragments → tables: the grid that rules draw, each row as one fragment.

A table without rules is read row by row like any other text.
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.raw_pages import Fragment
from assistant.records import CELL_END, Box

_NEAR = 3.0  # points between rules that are drawn as one, or that meet
_MOST_RULES = 1_200  # of a page; one with more draws a picture (a dense table has 400)
_SHORTEST = 8.0  # points: a shorter rule is part of a letter or of a tick box

_Cells = list[list[list[Fragment]]]  # rows, cells, fragments


def join_table_rows(fragments: Sequence[Fragment], rules: Sequence[Box]) -> list[Fragment]:
    """Give the fragments of a page, those of each table row joined into one.

    The cells of a row are separated by `CELL_END`; a cell that spans several rows stands in the
    first of them. `rules` are the strokes of the page, as thin boxes.
    """
    joined = list(fragments)
    for group in _groups(rules) if len(rules) <= _MOST_RULES else []:
        inside = [f for f in joined if _holds(_around(group), f.box)]
        rows = _filled(_cells(group, inside))
        if _is_table(rows):
            gone = set(inside)
            joined = [f for f in joined if f not in gone] + [_join_row(row) for row in rows]
    return joined


def _groups(rules: Sequence[Box]) -> list[list[Box]]:
    """Put together the rules that touch each other, directly or through others."""
    groups: list[list[Box]] = []
    for rule in rules:
        if max(rule[2] - rule[0], rule[3] - rule[1]) < _SHORTEST:
            continue
        touching = [g for g in groups if any(_touch(rule, other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([rule, *(other for g in touching for other in g)])
    return groups


def _touch(a: Box, b: Box) -> bool:
    return (
        a[0] - _NEAR < b[2] and b[0] - _NEAR < a[2] and a[1] - _NEAR < b[3] and b[1] - _NEAR < a[3]
    )


def _cells(rules: Sequence[Box], inside: Sequence[Fragment]) -> _Cells:
    """Lay the grid of the rules, and each fragment in the first of the cells that are open on it.

    Two neighbours that no rule separates are one cell.
    """
    x0, y0, x1, y1 = _around(rules)
    down = [r for r in rules if r[3] - r[1] > r[2] - r[0]]
    across = [r for r in rules if r[2] - r[0] >= r[3] - r[1]]
    columns = list(pairwise(_places([r[0] for r in down], x0, x1)))
    rows = list(pairwise(_places([r[1] for r in across], y0, y1)))
    cells: _Cells = [[[] for _ in columns] for _ in rows]
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for i, (top, bottom) in enumerate(rows):
        for j, (left, right) in enumerate(columns):
            first[i, j] = (i, j)
            if i and not any(_crosses(r, ((left + right) / 2, top)) for r in across):
                first[i, j] = first[i - 1, j]
            elif j and not any(_crosses(r, (left, (top + bottom) / 2)) for r in down):
                first[i, j] = first[i, j - 1]
            row, column = first[i, j]
            cells[row][column] += [f for f in inside if _holds((left, top, right, bottom), f.box)]
    return cells


def _places(found: Sequence[float], first: float, last: float) -> list[float]:
    """Give the distinct places of rules, and the two edges, which may carry none."""
    places: list[float] = []
    for place in sorted([first, *found, last]):
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    return places


def _crosses(rule: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return rule[0] - _NEAR <= x <= rule[2] + _NEAR and rule[1] - _NEAR <= y <= rule[3] + _NEAR


def _filled(cells: _Cells) -> _Cells:
    """Leave out empty rows; two neighbouring columns that no row fills both are one column.

    A row with one cell only, the title of a part, says nothing of the columns.
    """
    rows = [row for row in cells if any(row)]
    for j in range(len(rows[0]) - 1 if rows else 0, 0, -1):
        full = [row for row in rows if sum(map(bool, row)) > 1]
        if not any(row[j - 1] and row[j] for row in full):
            rows = [[*row[: j - 1], row[j - 1] + row[j], *row[j + 1 :]] for row in rows]
    return rows


def _is_table(rows: _Cells) -> bool:
    """Whether it has rows and columns: a frame around a text has not, nor a rule in the gutter."""
    in_columns = sum(sum(map(bool, row)) >= 2 for row in rows)
    return len(rows) >= 2 and 2 * in_columns >= len(rows)


def _join_row(cells: Sequence[Sequence[Fragment]]) -> Fragment:
    fragments = [fragment for cell in cells for fragment in cell]
    bold = 2 * sum(f.bold for f in fragments) > len(fragments)
    texts = [_cell_text(cell) for cell in cells]
    alone = sum(map(bool, texts)) == 1
    text = "".join(texts) if alone else CELL_END.join(texts)
    return Fragment(text, _around([f.box for f in fragments]), bold)


def _cell_text(fragments: Sequence[Fragment]) -> str:
    """Read a cell line by line; the lines are those of one column."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.box[1] + f.box[3]) / 2):
        middle = (fragment.box[1] + fragment.box[3]) / 2
        if lines and middle < lines[-1][0].box[3]:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    in_order = [f for line in lines for f in sorted(line, key=lambda f: f.box[0])]
    return " ".join(word for fragment in in_order for word in fragment.text.split())


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the centre of a box stands in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x < outer[2] and outer[1] <= y < outer[3]
