"""Saving: nothing is lost, nobody overwrites anybody, and what is sensitive lies under lock."""

import json

import pytest
from django.db import connection

from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Submission, Version
from keqiao.web.applications.refusals import Conflict
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
IDENTITY = makers.ANSWERS["leader"]["id_number"]


def test_what_two_people_changed_in_two_fields_is_brought_together():
    draft = makers.draft(makers.call())
    base = makers.fresh(draft).version
    makers.save(draft, base, project="科技馆进校园")

    saved = makers.save(draft, base, summary="面向八个乡镇。")

    assert (saved.answers["project"], saved.answers["summary"]) == ("科技馆进校园", "面向八个乡镇。")
    assert saved.merged == ("project",)


def test_what_two_people_changed_in_one_field_is_shown_to_the_second_and_written_by_nobody():
    draft = makers.draft(makers.call())
    base = makers.fresh(draft).version
    makers.save(draft, base, project="科技馆进校园")

    with pytest.raises(Conflict) as conflict:
        makers.save(draft, base, project="科技馆进社区")

    assert (conflict.value.fields, conflict.value.theirs["project"]) == (("project",), "科技馆进校园")
    assert queries.answers_of(makers.fresh(draft))["project"] == "科技馆进校园"


def test_what_is_the_same_writes_no_version():
    draft = makers.draft(makers.call())
    before = makers.fresh(draft).version

    assert makers.save(draft).version == before


def test_undo_and_redo_walk_back_and_forth():
    draft = makers.draft(makers.call())
    makers.save(draft, project="第二稿")
    actor = draft.created_by

    def act(done):
        return done(draft.pk, makers.fresh(draft).version, actor=actor, at=makers.NOW).answers.get("project")

    first = makers.ANSWERS["project"]
    assert [act(actions.undo), act(actions.undo)] == [first, None]
    assert [act(actions.redo), act(actions.redo)] == [first, "第二稿"]


def test_identity_numbers_and_sensitive_fields_stand_nowhere_in_the_open():
    draft = makers.draft(makers.call(), account="6222020200112233445")
    makers.submit(draft)

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, sealed FROM applications_version")
        kept = json.dumps([[str(value) for value in row] for row in cursor.fetchall()])
    content = Submission.objects.get().content
    assert [secret in text for secret in (IDENTITY, "6222020200112233445") for text in (kept, content)] == [
        False
    ] * 4
    assert queries.answers_of(makers.fresh(draft))["leader"]["id_number"] == IDENTITY
    assert Version.objects.latest("number").answers["leader"]["phone"] == "13800000000"
