"""Every statement of the five programmes goes through its form and comes back as it was."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from keqiao.readers import programmes
from keqiao.web.programmes import parts
from keqiao.web.programmes.definitions import Values, programme_of, values_of
from keqiao.web.programmes.forms.layout import names_of
from keqiao.web.programmes.forms.statements import StatementForm, statement_form
from keqiao.web.programmes.parts import AT, HEAD, Part
from keqiao.web.programmes.statements import shapes
from keqiao.web.programmes.statements.shapes import HEAD_OF, Group
from keqiao.web.programmes.statements.slots import NODES, is_list, slots_of, statement_at
from tests.web.programmes.made_statements import of_model, statements

DEFINITIONS = {
    f"{identifier}{kind}": make(identifier)
    for identifier in programmes.shipped()
    for kind, make in (("", programmes.load), ("+demonstration", programmes.demonstration))
}


def stated_parts(values: Values) -> Iterator[Part]:
    """Every part of a definition that says something, and every list also as a whole."""
    forms = ((form["id"], form) for form in values.get("forms", ()))
    for node, stating in chain(parts.nodes(values), forms):
        kind = parts.kind_of_node(values, node)
        yield Part(node, HEAD)
        for slot in slots_of(kind):
            stated = stating.get(slot)
            if stated is None:
                continue
            yield Part(node, slot)
            if is_list(kind, slot):
                for number, entry in enumerate(stated):
                    yield Part(node, slot, entry.get("id", f"{AT}{number}"))


def handed_in(form: StatementForm) -> StatementForm:
    """The same form, sent back as it was shown."""
    return StatementForm(form.part, form.definition, form.typed, is_submitted=True)


def through_the_form(values: Values, part: Part) -> Any:
    shown = statement_form(part, values)
    assert set(names_of(shown.layout)) == set(shown.fields), part
    form = handed_in(shown)
    assert form.is_valid(), (part, form.errors)
    return form.value()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_part_of_a_definition_comes_back_from_its_form_as_it_was(name):
    values = values_of(DEFINITIONS[name])
    seen = list(stated_parts(values))

    changed = {
        part: value
        for part in seen
        if (value := through_the_form(values, part)) != parts.value_at(values, part)
    }

    assert len(seen) > 100
    assert changed == {}


@pytest.mark.parametrize("name", [name for name in DEFINITIONS if "+" in name])
def test_a_definition_whose_every_part_was_saved_once_is_the_same_definition(name):
    programme = DEFINITIONS[name]
    values = values_of(programme)

    for part in list(stated_parts(values)):
        values = parts.with_value(values, part, through_the_form(values, part))

    assert programme_of(values) == programme


SLOTS = [(kind, slot) for kind in NODES for slot in (HEAD, *slots_of(kind))]
DIFFERENT = [
    (kind, slot) for kind, slot in SLOTS if kind == "programme" or slot in (HEAD, "fields", "opinions")
]
"""What nodes have in common is stated by the programme. A check is nothing without its condition, which is not here."""
VALUES_AROUND: Values = {
    "id": "x",
    "title": "通知",
    "tracks": [{"id": "t", "name": "分项"}],
    "categories": [{"id": "c", "name": "类别"}],
    "forms": [{"id": "f", "title": "申报书"}],
}
NODE_IDS = {"programme": "", "track": "t", "category": "c", "form": "f"}


@pytest.mark.parametrize(("kind", "slot"), DIFFERENT, ids=str)
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_statement_says_comes_back_from_its_form(kind, slot, data):
    statement = statement_at(kind, slot, is_entry=False)
    head = statement.shape.model if slot == HEAD else None
    field = NODES[kind].model_fields.get(slot)
    made = data.draw(of_model(head) if head else statements(field.annotation))
    try:
        value = statement.read(made)
    except ValidationError:
        assume(False)
    assume(value)
    around = parts.with_value(VALUES_AROUND, Part(NODE_IDS[kind], slot), value)

    form = handed_in(statement_form(Part(NODE_IDS[kind], slot), around))

    assert form.is_valid(), (value, form.errors)
    assert form.value() == value


def test_the_proof_notices_a_field_that_forms_forget(monkeypatch):
    part = Part("", "deadline")
    values = parts.with_value(VALUES_AROUND, part, {"on": "2026-06-30", "at": "17:30:00"})
    assert through_the_form(values, part) == {"on": "2026-06-30", "at": "17:30:00"}

    all_fields = shapes.fields_of
    monkeypatch.setattr(
        shapes, "fields_of", lambda model: {n: s for n, s in all_fields(model).items() if n != "at"}
    )
    forgetful = handed_in(statement_form(part, values))

    assert forgetful.is_valid()
    assert forgetful.value() == {"on": "2026-06-30"}


def every_group() -> Iterator[Group]:
    """Every model that some form shows."""
    waiting, seen = [statement_at(kind, slot, is_entry=False).shape for kind, slot in SLOTS], set()
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, shapes.Rows):
            waiting.append(shape.row)
        elif isinstance(shape, shapes.Variants):
            waiting += [Group(model) for _name, model in shape.models]
        elif isinstance(shape, Group) and shape.model not in seen:
            seen.add(shape.model)
            waiting += shape.fields.values()
            yield shape


def test_every_field_of_every_model_is_filled_in_or_carried_along():
    for group in every_group():
        assert set(group.fields) | group.hidden == set(group.model.model_fields), group.model


def test_the_forms_show_every_model_of_the_definition():
    shown = {HEAD_OF.get(group.model, group.model).__name__ for group in every_group()}
    assert len(shown) == 102
