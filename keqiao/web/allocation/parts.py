"""The parts of the whole that one application may carry: how much in all, applied for, proposed, decided."""

from dataclasses import dataclass

from keqiao.web.allocation.frozen import Frozen
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.naming import Names


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part (sessions, issues) on the page."""

    id: str
    name: str
    whole: int
    asked: int
    decided: int


def parts_of(frozen: Frozen | None, row: Selection, names: Names) -> list[PartShown]:
    """Return the parts of one application; none where its category states no whole."""
    if frozen is None:
        return []
    found = []
    for candidate in frozen.case.of([str(row.application_id)]):
        for node in frozen.case.above(candidate):
            asked = frozen.case.asked(candidate, node)
            for part, whole in node.scope.items():
                decided = row.scope.get(part, asked.get(part, 0))
                found.append(PartShown(part, names.parts.get(part, part), whole, asked.get(part, 0), decided))
    return found
