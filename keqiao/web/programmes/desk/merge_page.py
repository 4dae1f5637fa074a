"""What two officers made of one part, side by side in words: the view in which a person brings it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.programme.merging import ORDER, WHOLE, Field, Side, fields
from keqiao.web.programmes.actions import PartChange
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import NotThere, Part, nodes, value_at, with_value
from keqiao.web.programmes.refusals import Sides
from keqiao.web.programmes.wording.parts import PartWords, Said


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field as it was and as each side has it, in words; ``side`` stands without asking, None: choose."""

    key: str
    label: str
    base: str
    theirs: str
    mine: str
    side: Side | None


def sides_between(seen: Values, now: Values, change: PartChange) -> Sides:
    """Return what a part said in ``seen``, what it says ``now``, and what a change would have it say."""
    part = change.part
    base, theirs = _stated(seen, part), _stated(now, part)
    is_gone = (theirs is None and base is not None and bool(part.entry)) or not _has_node(now, part.node)
    return Sides(part, base, theirs, change.value, is_gone, change.words, change.reason)


def fields_shown(sides: Sides, seen: Values) -> list[FieldShown]:
    """Return the fields that either side changed, in the order in which the part is worded.

    ``seen`` is the definition that both began with. The order of its keys says nothing: PostgreSQL has its own.
    """
    said = [_rows(seen, sides.part, value) for value in (sides.base, sides.theirs, sides.mine)]
    places = {key: place for place, key in enumerate(dict.fromkeys(chain.from_iterable(said)))}
    found = fields(sides.base, sides.theirs, sides.mine)
    in_order = sorted(found, key=lambda field: places.get(field.key, len(places)))
    return [_shown(field, said) for field in in_order]


def _stated(values: Values, part: Part) -> Any:
    try:
        return value_at(values, part)
    except NotThere:
        return None


def _has_node(values: Values, node: str) -> bool:
    return any(identifier == node for identifier, _stated in nodes(values))


def _rows(seen: Values, part: Part, value: Any) -> dict[str, Said]:
    """What the part would say in ``seen`` if it had this value."""
    if value is None:
        return {}
    try:
        changed = with_value(seen, part, value)
    except NotThere:
        return {}
    return {said.key: said for said in PartWords(changed).rows(part)}


def _shown(field: Field, said: list[Mapping[str, Said]]) -> FieldShown:
    if field.key == ORDER:
        names = {key: each.label for rows in said for key, each in rows.items()}
        texts = [
            "、".join(names.get(key, key) for key in ids) for ids in (field.base, field.theirs, field.mine)
        ]
        return FieldShown(ORDER, _("次序"), *texts, field.side)
    if field.key == WHOLE:
        texts = ["；".join(f"{each.label}：{each.text}" for each in rows.values()) for rows in said]
        return FieldShown(WHOLE, _("全部内容"), *texts, field.side)
    texts = [rows[field.key].text if field.key in rows else "" for rows in said]
    label = next((rows[field.key].label for rows in said if field.key in rows), "")
    return FieldShown(field.key, label, *texts, field.side)
