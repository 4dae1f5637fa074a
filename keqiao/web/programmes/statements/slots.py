"""The statements of each kind of node: which there are, what each is made of, how its values are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, create_model

from keqiao.core.programme.facts import Fact, Model
from keqiao.core.programme.forms import Form
from keqiao.core.programme.types import Category, Programme, Track
from keqiao.web.programmes.parts import HEAD, HEADS
from keqiao.web.programmes.statements.shapes import HEAD_OF, HIDDEN, MARKS, Group, Rows, Shape, shape_of

NODES: Mapping[str, type[BaseModel]] = {
    "programme": Programme,
    "track": Track,
    "category": Category,
    "form": Form,
}
STATED = "stated"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement (or an entry of a list) of a node: its shape, and a model that holds just it as ``stated``."""

    shape: Shape
    holder: type[BaseModel]

    def read(self, plain: Any) -> Any:
        """Return the statement as the definition keeps it: plain values, what is not stated left out.

        Raises:
            pydantic.ValidationError: the model refuses it; all places begin with ``stated``.
        """
        held = self.holder.model_validate({STATED: plain})
        return held.model_dump(mode="json", exclude_defaults=True).get(STATED)


@cache
def statement_at(kind_of_node: str, slot: str, *, is_entry: bool) -> Statement:
    """Return what the statement ``slot`` of this kind of node is made of; of one entry where it is a list.

    Raises:
        KeyError: such a node has no such statement, or it is no statement but nodes of the tree.
    """
    node = NODES[kind_of_node]
    if slot == HEAD:
        head = _head(kind_of_node)
        return Statement(Group(head), _holder(head))
    if slot not in slots_of(kind_of_node):
        raise KeyError(slot)
    field = node.model_fields[slot]
    shape = shape_of(node, slot)
    if is_entry and not isinstance(shape, Rows):
        raise KeyError(slot)
    if is_entry:
        return Statement(shape.row, _holder(get_args(field.annotation)[0]))
    return Statement(shape, _holder(field.annotation, field))


@cache
def slots_of(kind_of_node: str) -> tuple[str, ...]:
    """The statements of this kind of node beside its head, in the order of the model."""
    left_out = {*HEADS[kind_of_node], *HIDDEN, *MARKS, "tracks", "categories", "paper", "ready_made"}
    return tuple(name for name in NODES[kind_of_node].model_fields if name not in left_out)


def is_list(kind_of_node: str, slot: str) -> bool:
    """Does this statement consist of entries with addresses of their own?"""
    return isinstance(statement_at(kind_of_node, slot, is_entry=False).shape, Rows)


def _head(kind_of_node: str) -> type[BaseModel]:
    """Return a model of only those fields of a node that its head is made of."""
    node = NODES[kind_of_node]
    fields: dict[str, Any] = {
        name: (node.model_fields[name].annotation, node.model_fields[name]) for name in HEADS[kind_of_node]
    }
    head = create_model(f"{node.__name__}Head", __base__=Fact, **fields)
    HEAD_OF[head] = node
    return head


def _holder(annotation: Any, field: Any = ...) -> type[BaseModel]:
    return create_model("Holder", __base__=Model, **{STATED: (annotation, field)})
