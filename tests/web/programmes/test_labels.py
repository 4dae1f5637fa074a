"""Every slot, field, choice and type of rule of a definition has a name in both languages."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from django.utils import translation
from pydantic import BaseModel

from keqiao.core.findings import Place
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category, Programme
from keqiao.readers.messages import sentence
from keqiao.readers.statement_words import statement_words
from keqiao.web.programmes.statements.shapes import Detail
from keqiao.web.programmes.wording import labels

CHINESE = re.compile("[\u4e00-\u9fff]")
COMPARATORS = {">=", "<=", "==", ">", "<", "~"}


def models_within(annotation: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen and annotation is not Place:
            seen.add(annotation)
            yield annotation
            for field in annotation.model_fields.values():
                yield from models_within(field.annotation, seen)
    elif get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from models_within(inner, seen)


MODELS = (*models_within(Programme, set()), Detail)
FIELDS = [(model, name) for model in MODELS for name in model.model_fields]


def choices_within(annotation: Any) -> Iterator[str]:
    for inner in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield from [inner] if isinstance(inner, str) else []
        else:
            yield from choices_within(inner)


CHOICES = [
    (model, name, value)
    for model, name in FIELDS
    for value in choices_within(model.model_fields[name].annotation)
    if name != "type"
]
RULE_TYPES = [
    value
    for model in MODELS
    if "type" in model.model_fields
    for value in choices_within(model.model_fields["type"].annotation)
]


def both(say, *args) -> tuple[str, str]:
    with translation.override("zh-hans"):
        chinese = say(*args)
    with translation.override("en"):
        return chinese, say(*args)


def assert_in_both_languages(say, *args) -> None:
    chinese, english = both(say, *args)
    assert chinese
    assert english
    assert not CHINESE.search(english.replace("原则上", "")), (args, english)


def test_the_walk_reaches_the_whole_definition():
    assert len(MODELS) > 70
    assert len(RULE_TYPES) == len(set(RULE_TYPES)) == 35


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_every_field_has_a_name(model, name):
    assert_in_both_languages(labels.field_label, model, name)
    chinese, english = both(labels.field_help, model, name)
    assert bool(chinese) == bool(english)


@pytest.mark.parametrize(
    ("model", "name", "value"), CHOICES, ids=lambda part: getattr(part, "__name__", part)
)
def test_every_choice_has_a_name(model, name, value):
    assert_in_both_languages(labels.choice_label, model, name, value)


@pytest.mark.parametrize("rule_type", RULE_TYPES)
def test_every_type_of_rule_has_a_name_an_explanation_and_an_example(rule_type):
    for say in (labels.rule_type_label, labels.rule_type_help, labels.rule_type_example):
        assert_in_both_languages(say, rule_type)


def test_every_type_of_rule_stands_in_one_group():
    grouped = [kind for _name, kinds in labels.rule_types_by_group() for kind in kinds]
    assert sorted(grouped) == sorted(RULE_TYPES)


def test_every_statement_of_a_node_has_a_name():
    marks = {"source", "reading", "needs_answer", "invented"}
    lists = {"documents", "attachments", "office_list", "forms", "regulations", "base_figures"}
    of_a_form = {"fields", "checks", "opinions"}
    slots = {"head", "tracks", "categories", *of_a_form, *lists, *Terms.model_fields} - marks
    assert set(statement_words().slots) == slots
    for slot in slots:
        assert_in_both_languages(labels.slot_label, slot)


def test_nothing_is_named_that_is_not_there():
    named = {(model, name) for model, entries in statement_words().fields.items() for name in entries}
    families = {base.__name__ for model in MODELS for base in model.__mro__}
    there = {
        (base.__name__, name)
        for model, name in FIELDS
        for base in model.__mro__
        if base.__name__ in statement_words().fields
    }
    assert {model for model, _name in named} <= families
    assert named <= there


def test_a_field_that_nobody_named_is_refused():
    with pytest.raises(KeyError):
        labels.field_label(Programme, "weather")


def test_a_track_goes_by_one_name_wherever_it_is_named():
    with translation.override("zh-hans"):
        named = (labels.slot_label("tracks"), labels.field_label(Programme, "tracks"))
        assert (*named, sentence("word.tracks", {})) == ("板块",) * 3
        assert labels.field_label(Category, "track") == "所属板块"
