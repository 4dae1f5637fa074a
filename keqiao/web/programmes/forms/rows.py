"""Adds, removes and moves rows in what was typed, so that nothing of it is lost."""

from django.utils.datastructures import MultiValueDict

from keqiao.web.programmes.forms.building import MOST_ROWS, Built
from keqiao.web.programmes.forms.typed import ROWS, Typed, join, typed_of

ACTS = ("add", "remove", "up", "down")


def rearranged(typed: Typed, built: Built, act: str) -> Typed | None:
    """Return what was typed after ``act`` (``add:steps``, ``remove:steps:1``); None if it is no act on rows."""
    name, _colon, rest = act.partition(":")
    if name not in ACTS:
        return None
    prefix, _colon, row = (rest, "", "") if name == "add" else rest.rpartition(":")
    if prefix not in built.rows:
        return None
    order = _order(name, row, built.rows[prefix][1])
    changed = _reordered(typed, prefix, order)
    if name == "add":
        shape, number = built.rows[prefix]
        for fresh, said in typed_of(shape.row, None, join(prefix, number)).lists():
            changed.setlist(fresh, said)
    return changed


def _order(name: str, row: str, number: int) -> list[int | None]:
    order: list[int | None] = list(range(number))
    if name == "add":
        return [*order, None][:MOST_ROWS]
    at = int(row) if row.isascii() and row.isdecimal() else number
    if at >= number:
        return order
    moved = order.pop(at)
    if name != "remove":
        order.insert(max(0, at + (-1 if name == "up" else 1)), moved)
    return order


def _reordered(typed: Typed, prefix: str, order: list[int | None]) -> Typed:
    changed: Typed = MultiValueDict()
    by_row: dict[int, list[tuple[str, list[str]]]] = {}
    for name, said in typed.lists():
        row, inner = _row_of(name, prefix)
        if row is None:
            changed.setlist(name, said)
        else:
            by_row.setdefault(row, []).append((inner, said))
    for place, row in enumerate(order):
        for inner, said in by_row.get(row, []) if row is not None else ():
            changed.setlist(f"{join(prefix, place)}{inner}", said)
    changed.setlist(join(prefix, ROWS), [str(len(order))])
    return changed


def _row_of(name: str, prefix: str) -> tuple[int | None, str]:
    """Return the row that a field stands in and the rest of its name, (None, "") where it stands in none."""
    head = f"{prefix}-" if prefix else ""
    if not name.startswith(head):
        return None, ""
    number, dash, inner = name[len(head) :].partition("-")
    return (int(number), f"{dash}{inner}") if number.isascii() and number.isdecimal() else (None, "")
