"""Every statement of the five programmes goes through its form and comes back as it was."""

from collections.abc import Iterator
from typing import Any

import pytest

from keqiao.readers import programmes
from keqiao.web.programmes import parts
from keqiao.web.programmes.definitions import Values, programme_of, values_of
from keqiao.web.programmes.forms.layout import names_of
from keqiao.web.programmes.forms.statements import StatementForm, statement_form
from keqiao.web.programmes.parts import AT, HEAD, Part
from keqiao.web.programmes.statements.shapes import is_list, slots_of

DEFINITIONS = {
    f"{identifier}{kind}": make(identifier)
    for identifier in programmes.shipped()
    for kind, make in (("", programmes.load), ("+demonstration", programmes.demonstration))
}


def stated_parts(values: Values) -> Iterator[Part]:
    """Every part of a definition that says something, and every list also as a whole."""
    for node, statements in parts.nodes(values):
        kind = parts.kind_of_node(values, node)
        yield Part(node, HEAD)
        for slot in slots_of(kind):
            stated = statements.get(slot)
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


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_whose_every_part_was_saved_once_is_the_same_definition(name):
    programme = DEFINITIONS[name]
    values = values_of(programme)

    for part in list(stated_parts(values)):
        values = parts.with_value(values, part, through_the_form(values, part))

    assert programme_of(values) == programme
