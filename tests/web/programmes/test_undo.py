"""Undo and redo behave as in an editor with two stacks; every version stays as it was saved."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Draft, Step
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.verification import check_steps
from keqiao.web.programmes.versions import origin
from tests.web import make
from tests.web.append_only import triggers_off

NOW = make.LONG_AGO + timedelta(days=1)
PLACES = Part("c1", "places")

pytestmark = pytest.mark.django_db


def count(places: int, version: int, **details) -> actions.PartChange:
    return actions.PartChange(version, PLACES, {"count": places}, **details)


def places_of(call) -> int:
    return Draft.objects.get(call=call).definition["categories"][0]["places"]["count"]


class Editor(RuleBasedStateMachine):
    """The draft beside a plain editor: what was, what stands, what can come again."""

    def __init__(self) -> None:
        super().__init__()
        self.call = make.draft_call()
        self.officer = self.call.created_by
        self.past, self.now, self.future = [], 4, []
        self.version = 1

    def do(self, act, *arguments) -> None:
        self.version = act(self.call.pk, *arguments, actor=self.officer, at=NOW).version

    @rule(places=st.integers(1, 6))
    def edit(self, places):
        self.do(actions.change_part, count(places, self.version))
        if places != self.now:
            self.past, self.now, self.future = [*self.past, self.now], places, []

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.do(actions.undo, self.version)
        *self.past, earlier = self.past
        self.now, self.future = earlier, [*self.future, self.now]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.do(actions.redo, self.version)
        *self.future, undone = self.future
        self.past, self.now = [*self.past, self.now], undone

    @precondition(lambda self: not self.past)
    @rule()
    def nothing_to_undo(self):
        with pytest.raises(Refused):
            self.do(actions.undo, self.version)

    @precondition(lambda self: not self.future)
    @rule()
    def nothing_to_redo(self):
        with pytest.raises(Refused):
            self.do(actions.redo, self.version)

    @invariant()
    def says_what_the_editor_says(self):
        assert places_of(self.call) == self.now

    @invariant()
    def its_origin_made_what_stands(self):
        made = origin(Step.objects.get(draft__call=self.call, version=self.version))
        assert made.act in ("started", "corrected")
        assert made.definition["categories"][0]["places"]["count"] == self.now


def test_undo_and_redo_are_those_of_an_editor():
    run_state_machine_as_test(
        Editor, settings=settings(max_examples=30, stateful_step_count=12, deadline=None)
    )


def test_undo_brings_words_and_answers_again():
    call = make.draft_call()
    tied = {"words": "名额4个", "confidence": "certain"}
    actions.change_part(call.pk, count(5, 1, words=tied), actor=call.created_by, at=NOW)

    draft = actions.undo(call.pk, 2, actor=call.created_by, at=NOW)
    assert (draft.words, places_of(call)) == ({}, 4)

    draft = actions.redo(call.pk, 3, actor=call.created_by, at=NOW)
    assert (draft.words, places_of(call)) == ({"c1:places": tied}, 5)
    assert [event.act for event in timeline(call)] == ["started", "corrected", "undone", "redone"]


def test_undo_of_something_else_than_was_seen_is_refused():
    call = make.draft_call()
    actions.change_part(call.pk, count(5, 1), actor=call.created_by, at=NOW)
    actions.change_part(call.pk, count(6, 2), actor=call.created_by, at=NOW)

    with pytest.raises(StaleDraft):
        actions.undo(call.pk, 2, actor=call.created_by, at=NOW)

    assert places_of(call) == 6


def test_going_back_to_a_version_is_a_change_that_can_be_undone():
    call = make.draft_call()
    for version, places in enumerate((5, 6, 7), start=1):
        actions.change_part(call.pk, count(places, version), actor=call.created_by, at=NOW)

    actions.restore(call.pk, 4, 2, actor=call.created_by, at=NOW)
    assert places_of(call) == 5

    actions.undo(call.pk, 5, actor=call.created_by, at=NOW)
    assert places_of(call) == 7


def test_a_version_that_was_not_kept_cannot_come_back():
    call = make.draft_call()

    with pytest.raises(Refused) as refused:
        actions.restore(call.pk, 1, 9, actor=call.created_by, at=NOW)

    assert [finding.code for finding in refused.value.findings] == ["draft.no_such_version"]


def test_autosaves_that_follow_each_other_are_one_step_for_undo():
    call = make.draft_call()
    officer = call.created_by
    for version, places in enumerate((5, 6, 7), start=1):
        at = NOW + timedelta(minutes=version)
        actions.change_part(call.pk, count(places, version, autosaved=True), actor=officer, at=at)

    actions.undo(call.pk, 4, actor=officer, at=NOW + timedelta(minutes=5))

    assert places_of(call) == 4


@pytest.mark.parametrize("apart", ["time", "officer", "part"])
def test_autosaves_apart_are_steps_of_their_own(apart):
    call = make.draft_call()
    first, second = call.created_by, make.officer(call.association)
    actions.change_part(call.pk, count(5, 1, autosaved=True), actor=first, at=NOW)
    change = count(6, 2, autosaved=True)
    if apart == "part":
        change = actions.PartChange(2, Part("c1", "per_unit_limit"), {"max": 2}, autosaved=True)
    at = NOW + timedelta(minutes=11 if apart == "time" else 1)
    actions.change_part(call.pk, change, actor=second if apart == "officer" else first, at=at)

    draft = actions.undo(call.pk, 3, actor=first, at=at)

    category = draft.definition["categories"][0]
    assert (category["places"], category.get("per_unit_limit")) == ({"count": 5}, None)


def test_a_change_that_changes_nothing_saves_no_version():
    call = make.draft_call()

    draft = actions.change_part(call.pk, count(4, 1), actor=call.created_by, at=NOW)

    assert (draft.version, Step.objects.count(), timeline(call).count()) == (1, 1, 1)


def test_a_draft_from_before_its_versions_were_kept_can_be_undone_to_what_it_was():
    call = make.draft_call()
    with triggers_off():
        Step.objects.all().delete()
    actions.change_part(call.pk, count(5, 1), actor=call.created_by, at=NOW)

    actions.undo(call.pk, 2, actor=call.created_by, at=NOW)

    assert places_of(call) == 4
    assert list(Step.objects.order_by("version").values_list("version", "act")) == [
        (1, "base"),
        (2, "corrected"),
        (3, "undone"),
    ]


@pytest.mark.parametrize("change", [lambda rows: rows.update(act="moved"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_a_saved_version(change):
    make.draft_call()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(Step.objects.all())

    assert Step.objects.get().act == "started"


def test_a_draft_that_differs_from_its_last_version_is_found():
    call = make.draft_call()
    assert check_steps().faults == ()

    Draft.objects.filter(call=call).update(words={"c1": {"words": "别处"}})

    assert [fault.code for fault in check_steps().faults] == ["draft.differs_from_version"]
