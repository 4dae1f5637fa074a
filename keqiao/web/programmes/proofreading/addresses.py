"""Where parts of a draft stand: the page that edits one, its place on the page of the draft."""

from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import AT, HEAD, HEADS, Part, nodes
from keqiao.web.programmes.proofreading.doubts import Spot

SLOTS_OF_LACKS = {
    "programme.applicants_missing": "applicants",
    "programme.deadline_missing": "deadline",
    "programme.money_missing": "funding",
    "programme.completion_missing": "completion",
    "programme.filing_missing": "filing",
    "programme.publicity_missing": "rules",
    "programme.scorecard_missing": "scorecard",
    "programme.contacts_missing": "office_list",
}
"""By finding that names only a node: the statement that the node lacks."""

RULES_OF_LACKS = {"programme.publicity_missing": "publicity"}
"""By finding that asks for a rule: the type of that rule, so that nobody has to choose it first."""

LISTS = frozenset({"rules", "office_list", "targets", "endorsement", "open_questions"})
"""Statements whose lack is mended by a new entry."""


def part_address(call_id: UUID, part: Part, *, words: str = "") -> str:
    """Return the page that edits ``part``; ``words`` is the address of a selection that it is to say."""
    asked = {"node": part.node, "entry": part.entry, "words": words}
    return _with(reverse("programmes:part", args=[call_id, part.slot]), asked)


def new_part_address(call_id: UUID, node: str, slot: str, *, words: str = "", rule_type: str = "") -> str:
    """Return the page that adds an entry to the list ``slot`` of a node."""
    asked = {"node": node, "type": rule_type, "words": words}
    return _with(reverse("programmes:part_new", args=[call_id, slot]), asked)


def removal_address(call_id: UUID, part: Part) -> str:
    """Return the page that takes a statement or an entry away."""
    asked = {"node": part.node, "entry": part.entry}
    return _with(reverse("programmes:part_remove", args=[call_id, part.slot]), asked)


def copy_address(call_id: UUID, part: Part) -> str:
    """Return the page that copies a statement or an entry to the siblings of its category."""
    asked = {"node": part.node, "entry": part.entry}
    return _with(reverse("programmes:copy_part", args=[call_id, part.slot]), asked)


def node_address(call_id: UUID, node: str) -> str:
    """Return the page of everything that can be stated at a node."""
    return _with(reverse("programmes:node", args=[call_id]), {"node": node})


def form_address(call_id: UUID, form: str) -> str:
    """Return the page on which the fields of a form are edited."""
    return _with(reverse("programmes:form", args=[call_id]), {"node": form})


def page_of(call_id: UUID, values: Values, part: Part) -> str:
    """Return where a part is seen among all others: in the editor of its form, else on the page of the draft."""
    form = part.entry if part.slot == "forms" else part.node
    if any(each["id"] == form for each in values.get("forms", ())) and (part.node or part.entry):
        anchor = f"#{part.slot}-{part.entry.removeprefix(AT)}" if part.node and part.entry else ""
        return f"{form_address(call_id, form)}{anchor}"
    return f"{reverse('programmes:draft', args=[call_id])}#{anchor_of(part)}"


def anchor_of(part: Part) -> str:
    """Return the id of the row of a part on the page of the draft."""
    number = f"-{part.entry.removeprefix(AT)}" if part.entry.startswith(AT) and part.entry != f"{AT}0" else ""
    if part.slot in ("", HEAD):
        return f"node-{part.node}"
    return f"part-{part.key.replace(':', '-')}{number}"


def part_of(spot: Spot, code: str = "") -> Part:
    """Return the part that something about ``spot`` is mended in; ``code`` is that of the finding, if it is one."""
    statement = spot.statement or SLOTS_OF_LACKS.get(code, HEAD)
    if statement in _IN_A_HEAD:
        return Part(spot.node, HEAD)
    return Part(spot.node, statement, spot.entry or _position(spot, statement))


def mending_address(call_id: UUID, spot: Spot, code: str = "") -> str:
    """Return the page on which what is said about ``spot`` is mended: the part, or a new entry where one lacks."""
    part = part_of(spot, code)
    if part.slot in LISTS and not part.entry:
        return new_part_address(call_id, part.node, part.slot, rule_type=RULES_OF_LACKS.get(code, ""))
    return part_address(call_id, part)


def parts_by_key(values: Values) -> dict[str, Part]:
    """Return the part that is meant by each key under which words may be tied (``Part.key``).

    A list that has one entry, and entries without an id of their own, are meant by their first entry.
    """
    found: dict[str, Part] = {}
    for node, stated in nodes(values):
        found[node] = Part(node, HEAD)
        for slot, value in stated.items():
            for part in _parts(node, slot, value):
                found.setdefault(part.key, part)
                found.setdefault(f"{node}:{slot}", part)
    return found


def _parts(node: str, slot: str, value: Any) -> list[Part]:
    if slot in ("tracks", "categories") or slot in _IN_A_HEAD:
        return []
    if not isinstance(value, list):
        return [Part(node, slot)]
    entries = (entry if isinstance(entry, dict) else {} for entry in value)
    return [Part(node, slot, entry.get("id") or f"{AT}{number}") for number, entry in enumerate(entries)]


def _position(spot: Spot, statement: str) -> str:
    """The position of an entry without an id, which the keys of a finding name behind its list."""
    for before, step in pairwise(spot.at):
        if before == statement and isinstance(step, int):
            return f"{AT}{step}"
    return ""


_IN_A_HEAD = frozenset(name for names in HEADS.values() for name in names) | {HEAD}


def _with(address: str, asked: dict[str, str]) -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{address}?{urlencode(said)}" if said else address
