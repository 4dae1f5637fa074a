"""What a statement is made of, found from the models of the definition: single fields, groups, rows, variants.

A field that a model gains shows up here by itself; where its type is new, ``shape_of`` refuses it and a test says
so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from keqiao.core.programme.facts import Fact, Model, Text, Texts
from keqiao.core.programme.forms import Form
from keqiao.core.programme.forms.conditions import Check
from keqiao.core.programme.forms.fields import ComputedField, FileField, FormField, HeadingField
from keqiao.web.programmes.statements.references import REFERENCES

HIDDEN = frozenset({"id", "place", "needs_answer", "invented", "format"})
"""What people do not fill in: it is carried along as it stands."""
_NOT_FILLED_IN = frozenset(
    {"required", "fills", "rule", "hidden_from_reviewers", "sensitive", "office_only", "help"}
)
ELSEWHERE: Mapping[type[BaseModel], frozenset[str]] = {
    Form: frozenset({"fields", "checks", "opinions", "paper", "ready_made"}),
    FormField: frozenset({"shown_if"}),
    HeadingField: _NOT_FILLED_IN,
    ComputedField: _NOT_FILLED_IN - {"help", "hidden_from_reviewers", "sensitive"},
    FileField: frozenset({"required_if"}),
    Check: frozenset({"holds", "when"}),
}
"""What is edited on pages of its own, and carried along here: the fields of a form, the conditions of a field."""
MARKS = frozenset({"needs_answer", "invented", "reading", "source"})
"""What a fact says about itself beside its value."""


class Kind(StrEnum):
    """The kinds of single field."""

    TEXT = "text"
    LINES = "lines"
    WHOLE = "whole"
    NUMBER = "number"
    NUMBER_OR_TEXT = "number_or_text"
    FEN = "fen"
    DAY = "day"
    POSSIBLE_DAY = "possible_day"
    TIME = "time"
    YES = "yes"
    YES_NO_UNSAID = "yes_no_unsaid"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field of ``model``. ``default`` stands where nothing is stated; ``is_required``: there is none."""

    model: type[BaseModel]
    name: str
    kind: Kind
    default: Any = None
    is_required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def may_be_none(self) -> bool:
        """Does leaving it blank say something else than leaving it out (at most one, any number)?"""
        if self.default is None or self.is_required:
            return False
        return _without_none(HEAD_OF.get(self.model, self.model).model_fields[self.name].annotation)[1]


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of a model. ``is_optional``: it may be left out as a whole."""

    model: type[BaseModel]
    is_optional: bool = False

    @property
    def fields(self) -> Mapping[str, "Shape"]:
        """Its fields by name, in the order of the model."""
        return fields_of(self.model)

    @property
    def is_fact(self) -> bool:
        """Does it carry marks (clause, reading, needs an answer, invented)?"""
        return issubclass(self.model, Fact)

    @property
    def hidden(self) -> frozenset[str]:
        """Its fields that are carried along unseen."""
        return unseen(self.model)

    @property
    def may_be_empty(self) -> bool:
        """May it be stated without stating any of its fields? Then only a tick tells whether it is."""
        return not any(field.is_required() for field in self.model.model_fields.values())


@dataclass(frozen=True, slots=True)
class Variants:
    """One of several models, told apart by the field ``by``."""

    by: str
    models: tuple[tuple[str, type[BaseModel]], ...]

    def group(self, chosen: Any) -> Group | None:
        """The fields of the variant called ``chosen``, None where it is none of them."""
        model = dict(self.models).get(chosen)
        return Group(model) if model else None


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of groups or of variants; ``least`` is how many there have to be."""

    model: type[BaseModel]
    name: str
    row: Group | Variants
    least: int = 0


Shape = Leaf | Group | Variants | Rows


class Detail(Model):
    """A stated particular of a rule as one row: the name, what kind of value it is, the value as lines."""

    name: Text
    kind: Literal["text", "number", "yes_no", "list"] = "text"
    value: Texts = ()


HEAD_OF: dict[type[BaseModel], type[BaseModel]] = {}
"""The node whose head a model is."""


def unseen(model: type[BaseModel]) -> frozenset[str]:
    """The names of what its form does not show."""
    elsewhere = (ELSEWHERE.get(each, frozenset()) for each in model.__mro__)
    return HIDDEN.union(*elsewhere) & model.model_fields.keys()


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The shapes of what people fill in of a model, by name."""
    return {name: shape_of(model, name) for name in model.model_fields if name not in unseen(model)}


@cache
def shape_of(model: type[BaseModel], name: str) -> Shape:
    """The shape of one field; of a head, that of its node.

    Raises:
        TypeError: forms do not know its type yet.
    """
    model = HEAD_OF.get(model, model)
    field = model.model_fields[name]
    bare, may_be_unsaid = _without_none(field.annotation)
    if get_origin(bare) is dict:
        return Rows(model, name, Group(Detail))
    if get_origin(bare) is tuple:
        return _of_list(model, name, get_args(bare)[0])
    if nested := _nested(bare):
        return Group(nested[0], may_be_unsaid) if len(nested) == 1 else _variants(nested)
    kind = _kind(model, name, bare)
    if kind is Kind.YES and may_be_unsaid:
        kind = Kind.YES_NO_UNSAID
    return _leaf((model, name), kind, _choices(bare))


def _of_list(model: type[BaseModel], name: str, entry: Any) -> Shape:
    if nested := _nested(_without_none(entry)[0]):
        row = Group(nested[0]) if len(nested) == 1 else _variants(nested)
        return Rows(model, name, row, _least(model.model_fields[name]))
    if values := _choices(entry):
        return _leaf((model, name), Kind.CHOICES, values)
    return _leaf((model, name), Kind.REFERENCES if _refers(model, name) else Kind.LINES)


def _leaf(at: tuple[type[BaseModel], str], kind: Kind, choices: tuple[str, ...] = ()) -> Leaf:
    model, name = at
    field = model.model_fields[name]
    if field.is_required():
        return Leaf(model, name, kind, None, is_required=True, choices=choices)
    default = field.get_default(call_default_factory=True)
    must = kind is Kind.LINES and _least(field) > 0
    return Leaf(model, name, kind, default, must, choices)


def _kind(model: type[BaseModel], name: str, bare: Any) -> Kind:
    if _choices(bare):
        return Kind.CHOICE
    if name.endswith("_fen"):
        return Kind.FEN
    if _refers(model, name):
        return Kind.REFERENCE
    types = frozenset(_types(bare))
    if types not in KINDS:
        raise TypeError(f"{model.__name__}.{name}: forms know no field for {bare}")
    return KINDS[types]


KINDS: Mapping[frozenset[type], Kind] = {
    frozenset({str}): Kind.TEXT,
    frozenset({int}): Kind.WHOLE,
    frozenset({int, Decimal}): Kind.NUMBER,
    frozenset({int, Decimal, str}): Kind.NUMBER_OR_TEXT,
    frozenset({date}): Kind.DAY,
    frozenset({date, str}): Kind.POSSIBLE_DAY,
    frozenset({time}): Kind.TIME,
    frozenset({bool}): Kind.YES,
}


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """Return the type without None and the notes around it, and whether None was allowed."""
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    inner = [each for each in get_args(annotation) if each is not NoneType]
    if len(inner) == len(get_args(annotation)):
        return annotation, False
    return (_without_none(inner[0])[0] if len(inner) == 1 else Union[tuple(inner)]), True  # noqa: UP007


def _types(annotation: Any) -> list[type]:
    if get_origin(annotation) is Annotated:
        return _types(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [found for inner in get_args(annotation) for found in _types(inner)]
    return [annotation]


def _nested(annotation: Any) -> list[type[BaseModel]]:
    found = _types(annotation)
    return found if all(isinstance(each, type) and issubclass(each, BaseModel) for each in found) else []


def _variants(models: list[type[BaseModel]]) -> Variants:
    by = "type" if "type" in models[0].model_fields else "kind"
    named = ((code, model) for model in models for code in _choices(model.model_fields[by].annotation))
    return Variants(by, tuple(named))


def _choices(annotation: Any) -> tuple[str, ...]:
    bare = _types(annotation)[0]
    if get_origin(bare) is Literal:
        return get_args(bare)
    return tuple(map(str, bare)) if isinstance(bare, type) and issubclass(bare, StrEnum) else ()


def _least(field: FieldInfo) -> int:
    least: int = next((note.min_length for note in field.metadata if hasattr(note, "min_length")), 0)
    return least


def _refers(model: type[BaseModel], name: str) -> bool:
    return any((each.__name__, name) in REFERENCES for each in model.__mro__)
