"""The ready-made forms (``keqiao/data/forms``): complete forms that a call takes a copy of.

A definition never points into the library: what it takes is copied into it, where the form is added (``adapted``, by
the additions of a demonstration and by the desk) or where a definition in YAML names a form and states no fields of its
own (``readers.definition``). So what is published holds the whole form, and a later change here moves nothing.

A file says ``about`` in a few words, and the ``form``. Among its fields, ``{part: <name>}`` stands for the fields of
that part in ``parts.yaml``, which several forms share.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from keqiao.core.programme.forms import Form
from keqiao.readers.yaml_lines import read_yaml

Data = dict[str, Any]

PARTS = "parts.yaml"
OWN_PLACE = "conditions"
"""The field behind which a call's own fields stand, unless they say otherwise: what they ask are its conditions."""


class UnsoundForm(ValueError):
    """A file of the library is no form."""


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """One form of the library; ``about`` says in a few words what it is for."""

    about: str
    form: Form


def shipped() -> tuple[str, ...]:
    """The ids of the forms of the library, in their order."""
    names = (file.name for file in _folder().iterdir() if file.is_file() and file.name.endswith(".yaml"))
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name != PARTS))


@cache
def load(identifier: str) -> ReadyForm:
    """The form of the library with this id; its ``ready_made`` names itself, so that a copy tells where it is from.

    Raises:
        KeyError: the library has none with this id.
        UnsoundForm: its file is no form.
    """
    if identifier not in shipped():
        raise KeyError(identifier)
    data = _read(f"{identifier}.yaml")
    stated = data["form"]
    fields = [*_with_parts(stated["fields"])]
    form = Form.model_validate({**stated, "fields": fields, "ready_made": identifier})
    return ReadyForm(str(data["about"]), form)


def adapted(own: Mapping[str, Any], stated: Iterable[str] = ()) -> Data:
    """A copy of the form that ``own`` names as ``ready_made``, with what ``own`` says itself on top; plain values.

    A field of ``own`` with a known id changes that field. A new one stands behind the field named in its ``after``
    (else behind the conditions), and behind the new ones that have been put there before it. ``stated`` are names that
    the form has already and that the copy leaves alone.

    Raises:
        KeyError: the library has no such form, or the form has no field that an ``after`` names.
    """
    form = load(own["ready_made"]).form.model_dump(mode="python", exclude_defaults=True)
    fields = _merged([*map(dict, form.pop("fields"))], own.get("fields") or ())
    kept = {name: value for name, value in form.items() if name not in {"id", *stated}}
    checks = [*form.get("checks", ()), *(own.get("checks") or ())]
    return {**kept, **own, "fields": fields, **({"checks": checks} if checks else {})}


def _merged(fields: list[Data], own: Iterable[Mapping[str, Any]]) -> list[Data]:
    last: dict[str, str] = {}
    for each in own:
        at = [field["id"] for field in fields]
        said = {name: value for name, value in each.items() if name != "after"}
        if each["id"] in at:
            fields[at.index(each["id"])] |= said
            continue
        anchor = each.get("after", OWN_PLACE)
        place = last.get(anchor, anchor)
        if place not in at:
            raise KeyError(place)
        fields.insert(at.index(place) + 1, said)
        last[anchor] = each["id"]
    return fields


def _with_parts(fields: Iterable[Data]) -> Iterator[Data]:
    for field in fields:
        yield from _parts()[field["part"]] if set(field) == {"part"} else (field,)


@cache
def _parts() -> Mapping[str, list[Data]]:
    return _read(PARTS)


def _read(name: str) -> Data:
    yaml = read_yaml(_folder().joinpath(name).read_text(encoding="utf-8"))
    if yaml.faults or not isinstance(yaml.value, dict):
        raise UnsoundForm(f"{name}: {[fault.finding.code for fault in yaml.faults]}")
    return yaml.value


def _folder() -> Traversable:
    return files("keqiao.data").joinpath("forms")
