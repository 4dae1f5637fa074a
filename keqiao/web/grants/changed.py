"""What a change request would change, line by line in words: before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.money import exact_amount
from keqiao.web.grants.models import ChangeRequest
from keqiao.web.parties.finding import names_of


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One value before and after; ``name`` is ``title``, ``ends_on``, ``leader`` or the key of a budget line."""

    name: str
    before: str
    after: str
    is_line: bool = False


def shown_changes(row: ChangeRequest) -> list[ShownChange]:
    """Return the difference that a change request asks for; ``before`` is empty until it was submitted."""
    return list(_shown(row))


def _shown(row: ChangeRequest) -> Iterator[ShownChange]:
    for name in ("title", "ends_on"):
        if name in row.wanted:
            yield ShownChange(name, str(row.before.get(name, "")), str(row.wanted[name]))
    if row.new_leader_id:
        old = row.before.get("leader", "")
        names = {str(pk): name for pk, name in names_of([row.new_leader_id, *([old] if old else [])]).items()}
        yield ShownChange("leader", names.get(old, ""), names.get(str(row.new_leader_id), ""))
    before, after = row.before.get("lines", {}), row.wanted.get("lines", {})
    for key in dict.fromkeys((*before, *after)) if after else ():
        if before.get(key, 0) != after.get(key, 0):
            yield ShownChange(
                key, exact_amount(before.get(key, 0)), exact_amount(after.get(key, 0)), is_line=True
            )
