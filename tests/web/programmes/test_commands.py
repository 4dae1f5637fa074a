"""Definitions in and out by the console, and what verify finds."""

import io

import pytest
from django.core.management import CommandError, call_command

from keqiao.readers.definition import programme_from_yaml
from keqiao.readers.programmes import load, shipped
from keqiao.web.programmes.models import Call, Revision
from keqiao.web.programmes.verification import check_lists, check_revisions, check_states
from keqiao.writers.definition import to_yaml
from tests.web import make
from tests.web.append_only import triggers_off

pytestmark = pytest.mark.django_db


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("programme", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("identifier", shipped())
def test_a_definition_leaves_the_database_as_it_came_in(tmp_path, identifier):
    file = tmp_path / "definition.yaml"
    file.write_text(to_yaml(load(identifier)), encoding="utf-8")

    printed("load", str(file))

    assert programme_from_yaml(printed("export", identifier)) == load(identifier)


def test_a_second_load_replaces_the_draft(tmp_path):
    file = tmp_path / "definition.yaml"
    for title in ("甲", "乙"):
        file.write_text(to_yaml(make.definition(title, id="twice")), encoding="utf-8")
        printed("load", str(file))

    assert Call.objects.count() == 1
    assert programme_from_yaml(printed("export", "twice")).title == "乙"
    assert Call.objects.get().title == "乙"


def test_a_published_definition_is_not_replaced(tmp_path):
    call = make.published_call(programme=make.definition(id="stays"))
    file = tmp_path / "definition.yaml"
    file.write_text(to_yaml(make.definition("别的", id="stays")), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        printed("load", str(file))

    assert refused.value.returncode == 1
    assert printed("list") == f"stays\tpublished\t{call.slug}\t{call.title}\n"


def test_a_file_that_is_no_definition_is_told_with_its_lines(tmp_path):
    file = tmp_path / "definition.yaml"
    file.write_text("id: x\ntitel: y\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        printed("load", str(file))

    assert refused.value.returncode == 2
    assert f"{file}:2:" in str(refused.value)


def test_an_unknown_definition_is_told():
    with pytest.raises(CommandError) as refused:
        printed("export", "nowhere")

    assert refused.value.returncode == 1


def test_verify_finds_a_state_without_its_event_and_a_changed_revision():
    call = make.published_call()
    assert [check().faults for check in (check_states, check_revisions, check_lists)] == [(), (), ()]
    with triggers_off():
        Revision.objects.update(definition={**call.revisions.get().definition, "title": "改过"})
    Call.objects.update(state="closed")

    codes = [
        [fault.code for fault in check().faults] for check in (check_states, check_revisions, check_lists)
    ]

    assert codes == [["case.state_differs"], ["revision.altered"], ["call.list_differs"]]


def test_an_id_of_another_association_is_not_loaded_over_its_call(tmp_path):
    make.draft_call(make.association("甲市科学技术协会", slug="jia"), make.definition(id="taken"))
    make.association("乙市科学技术协会", slug="yi")
    file = tmp_path / "definition.yaml"
    file.write_text(
        to_yaml(make.definition("别的", id="taken", issuers=["乙市科学技术协会"])), encoding="utf-8"
    )

    for arguments in ([], ["--association", "yi"]):
        with pytest.raises(CommandError) as refused:
            printed("load", str(file), *arguments)
        assert 'The id "taken" belongs to a call of 甲市科学技术协会 (jia).' in str(refused.value)
    printed("load", str(file), "--association", "jia")

    assert programme_from_yaml(printed("export", "taken")).title == "别的"


def test_a_draft_is_published_in_the_name_of_an_officer():
    call = make.draft_call(programme=make.definition(id="ready"))
    officer = call.created_by

    for mail in (officer.email, "nobody@example.org"):  # warnings without a note; no account
        with pytest.raises(CommandError):
            printed("publish", "ready", "--by", mail)
    call.refresh_from_db()
    assert call.slug is None

    said = printed("publish", "ready", "--by", officer.email, "--note", "评分标准另行公布")
    call.refresh_from_db()
    assert said == f"ready\trevision 1\t{call.slug}\n"
    assert Revision.objects.get(call=call).published_by == officer


def test_publishing_by_the_console_asks_for_the_second_person_as_well():
    call = make.draft_call(programme=make.definition(id="ready"))
    call.association.second_person_publishes = True
    call.association.save()

    with pytest.raises(CommandError) as refused:
        printed("publish", "ready", "--by", call.created_by.email, "--note", "评分标准另行公布")

    assert "publishes only with a second person's approval" in str(refused.value)
    assert (refused.value.returncode, Revision.objects.count()) == (1, 0)
