"""What a list may show of a project: the columns an office can choose, and their values. Never anybody's name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from keqiao.core.programme import Programme, leaves
from keqiao.web.public_notice.stated import is_topic
from keqiao.writers.letters import Field, Listed

ALWAYS = (Field.NUMBER, Field.TITLE, Field.UNIT)
"""Without these nobody can object to a line."""
ORDER = (
    *(Field.NUMBER, Field.CODE, Field.TITLE, Field.CATEGORY, Field.UNIT),
    *(Field.PARTNERS, Field.ROLE, Field.AMOUNT, Field.NOTE),
)
"""All that a list may show, in its order. The person who leads a project is not among them (decision 0107)."""
KEPT: Mapping[Field, str] = {
    Field.CODE: "code",
    Field.TITLE: "title",
    Field.CATEGORY: "category",
    Field.UNIT: "unit",
    Field.PARTNERS: "partners",
    Field.ROLE: "role",
    Field.AMOUNT: "amount_fen",
    Field.NOTE: "note",
}
"""The columns that are kept of a line, by the name of their value."""


def in_order(fields: Iterable[str]) -> tuple[Field, ...]:
    """Return chosen columns with those that always stand, in the order of a list."""
    chosen = {Field(each) for each in fields} | set(ALWAYS)
    return tuple(field for field in ORDER if field in chosen)


def contents(selections: Sequence[Any], programme: Programme, fields: Iterable[str]) -> list[dict[str, Any]]:
    """Return the values of the chosen columns, a line for each selection; of topics that they are some."""
    allowed = {KEPT[field] for field in in_order(fields) if field in KEPT} | {"is_topic"}
    names = {category.id: category.name for _path, category in leaves(programme)}
    return [
        {name: value for name, value in _all_of(each, names).items() if name in allowed}
        for each in selections
    ]


def _all_of(selection: Any, names: Mapping[str, str]) -> dict[str, Any]:
    application = selection.application
    kind = {"is_topic": True} if is_topic(application) else {}
    return {
        **kind,
        "code": application.number,
        "title": application.title or application.number,
        "category": names.get(application.node, ""),
        "unit": application.unit.name,
        "partners": [each.unit.name for each in application.partners.all()],
        "amount_fen": selection.amount_fen or None,
    }


def listed_of(lines: Iterable[Mapping[str, Any]]) -> tuple[Listed, ...]:
    """Return kept lines as the writers of papers take them."""
    return tuple(Listed(**{**line, "partners": tuple(line.get("partners", ()))}) for line in lines)
