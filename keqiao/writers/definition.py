"""A programme as YAML that people read: stable order, nothing left out but what is not stated."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from enum import Enum
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter

from keqiao.core.money import exact_amount
from keqiao.core.programme.endorsement import EndorsementStep
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Programme

WIDTH = 110
_FIRST = ("format", "id", "type", "kind", "name", "title", "metric", "words", "code")
_LAST = ("details", "source", "reading", "needs_answer", "invented", "tracks", "categories")
_ON_ONE_LINE = {
    "source",
    "place",
    "places",
    "per_unit_limit",
    "opens",
    "deadline",
    "completion",
    "term",
    "steps",
}
_ALWAYS = {"format", "type", "kind", "comparator", "on"}


def to_yaml(programme: Programme) -> str:
    """The definition as YAML. ``programme_from_yaml`` gives back an equal programme."""
    writer = YAML()
    writer.Representer = _Representer
    writer.width = WIDTH
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    writer.dump(_mapping(programme, flow=False), stream)
    return stream.getvalue()


class _Representer(RoundTripRepresenter):
    """Writes decimals as they are, without passing through a float."""


def _represent_decimal(representer: RoundTripRepresenter, number: Decimal) -> ScalarNode:
    return representer.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")


_Representer.add_representer(Decimal, _represent_decimal)


def _mapping(model: BaseModel, *, flow: bool) -> CommentedMap:
    mapping = CommentedMap()
    for name in _ordered(type(model)):
        value = getattr(model, name)
        default = type(model).model_fields[name].get_default(call_default_factory=True)
        if name not in _ALWAYS and value == default:
            continue
        if value is not None:
            mapping[name] = _plain(value, flow=flow or name in _ON_ONE_LINE)
            if name.endswith("_fen") and not flow:
                mapping.yaml_add_eol_comment(exact_amount(value), name)
    if flow:
        mapping.fa.set_flow_style()
    return mapping


def _ordered(model: type[BaseModel]) -> Iterable[str]:
    """Names first, then the model's own fields, then what is common to all nodes, the clause last."""
    names = list(model.model_fields)
    common = [n for n in names if n in Terms.model_fields and issubclass(model, Terms)]
    own = [n for n in names if n not in common]
    middle = [n for n in (*own, *common) if n not in _FIRST and n not in _LAST]
    return [*(n for n in _FIRST if n in names), *middle, *(n for n in _LAST if n in names)]


def _plain(value: Any, *, flow: bool) -> Any:
    if isinstance(value, BaseModel):
        return _only_words(value) or _mapping(value, flow=flow)
    if isinstance(value, tuple):
        return _sequence(value, flow=flow)
    if isinstance(value, dict):
        return CommentedMap({key: _plain(part, flow=flow) for key, part in value.items()})
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value


def _only_words(part: BaseModel) -> str | None:
    """The words of a step that states nothing else; readers take a text for such a step."""
    if isinstance(part, EndorsementStep) and part == EndorsementStep(words=part.words):
        return part.words
    return None


def _sequence(values: tuple[Any, ...], *, flow: bool) -> CommentedSeq:
    sequence = CommentedSeq(_plain(value, flow=flow) for value in values)
    if flow or all(isinstance(value, str | int | Decimal | date) for value in values):
        sequence.fa.set_flow_style()
    return sequence
