"""What the parts of one definition are called and say, field by field: for the merge view and the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from keqiao.core.programme import walk
from keqiao.core.programme.merging import WHOLE
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.parts import AT, HEAD, HEADS, Part, kind_of_node
from keqiao.web.programmes.wording.labels import field_label, slot_label
from keqiao.web.programmes.wording.statements import Texts, name_of


@dataclass(frozen=True, slots=True)
class Said:
    """One field in words. ``key`` is its name, the id of an entry, or WHOLE, as ``merging.fields`` has it."""

    key: str
    label: str
    text: str


class PartWords:
    """Words for the parts of one definition. A part that is not there says nothing and is called by its ids."""

    def __init__(self, values: Values) -> None:
        self._values = values
        programme = programme_of(values)
        self._texts = Texts(programme)
        self._nodes: dict[str, BaseModel] = {"": programme, **{track.id: track for track in programme.tracks}}
        self._nodes |= {category.id: category for _path, category in walk(programme)}
        self._nodes = {form.id: form for form in programme.forms} | self._nodes

    def title(self, part: Part) -> str:
        """Return how people call a part: 科普讲座 · 经费; an entry by what it says in short."""
        node = self._nodes.get(part.node)
        where = (name_of(node) if node else part.node) if part.node else _("整个通知")
        entry = self.stated(part) if part.entry else None
        said = [where, slot_label(part.slot) if part.slot else "", name_of(entry) if entry else ""]
        return " · ".join(filter(None, said))

    def name(self, part: Part) -> str:
        """Return what an entry says in short, or all that it says where nothing is shorter."""
        entry = self.stated(part)
        return name_of(entry) or self._texts.of(entry)

    def rows(self, part: Part) -> list[Said]:
        """Return what a part says: by its fields, by its entries with ids, or as one."""
        stated = self.stated(part)
        if part.slot == HEAD and isinstance(stated, BaseModel):
            names = HEADS[kind_of_node(self._values, part.node)]
            return list(self._fields(stated, names))
        if isinstance(stated, BaseModel):
            return list(self._fields(stated, type(stated).model_fields))
        if not stated:
            return []
        if isinstance(stated, tuple) and all(hasattr(entry, "id") for entry in stated):
            return [Said(entry.id, name_of(entry), self._texts.of(entry)) for entry in stated]
        text = self._texts.field(type(self._nodes[part.node]), part.slot, stated)
        return [Said(WHOLE, slot_label(part.slot), text)]

    def stated(self, part: Part) -> Any:
        """Return what a part states, as models of the definition; None where it is not there."""
        node = self._nodes.get(part.node)
        if node is None or part.slot in ("", HEAD):
            return node
        stated = getattr(node, part.slot, None)
        if not part.entry:
            return stated
        if part.entry.startswith(AT):
            number = int(part.entry[len(AT) :])
            return stated[number] if stated and number < len(stated) else None
        return next((entry for entry in stated or () if entry.id == part.entry), None)

    def _fields(self, stated: BaseModel, names: Any) -> Iterator[Said]:
        model = type(stated)
        for name in names:
            value = getattr(stated, name)
            is_default = value == model.model_fields[name].get_default(call_default_factory=True)
            if name != "id" and not is_default:
                yield Said(name, field_label(model, name), self._texts.field(model, name, value))
