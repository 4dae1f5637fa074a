"""A field was removed that others name: each finding offers to put it back or to take the name out, in one click."""

import pytest
from django.urls import reverse

from keqiao.web.programmes import actions
from keqiao.web.programmes.parts import Part, value_at
from keqiao.web.programmes.proofreading.addresses import form_address
from tests.web import make
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db

COLUMNS = [
    {"id": "days", "kind": "number", "label": "天数"},
    {"id": "rate", "kind": "number", "label": "单价"},
    {"id": "sum", "kind": "computed", "label": "合计", "computed": "product", "of": ["days", "rate"]},
]
FILLED = {"kind": "filled", "field": "amount"}
NAMED = {"kind": "filled", "field": "name"}
FORM = {
    "id": "form-1",
    "title": "申报书",
    "fields": [
        {"id": "name", "kind": "text", "label": "项目名称"},
        {"id": "amount", "kind": "money", "label": "申请经费"},
        {"id": "own", "kind": "money", "label": "自筹经费"},
        {"id": "all", "kind": "computed", "label": "总经费", "sum_of": ["amount", "own"]},
        {
            "id": "why",
            "kind": "text",
            "label": "经费理由",
            "shown_if": {"kind": "together", "parts": [FILLED, NAMED]},
        },
        {"id": "costs", "kind": "table", "label": "支出", "columns": COLUMNS},
    ],
    "checks": [
        {"id": "c1", "says": "须写明经费", "at": "name", "holds": FILLED},
        {"id": "c2", "says": "须写明名称", "at": "name", "holds": NAMED, "when": FILLED},
    ],
}


@pytest.fixture
def call(client):
    found = make.draft_call(programme=make.definition(forms=[FORM], form="form-1"))
    client.force_login(found.created_by)
    return found


def act(call, name: str, *steps: str) -> str:
    return reverse(f"programmes:{name}", args=[call.pk, *steps]) + "?node=form-1"


def version(call) -> int:
    call.draft.refresh_from_db()
    return call.draft.version


def form_of(call):
    version(call)
    return value_at(call.draft.definition, Part("", "forms", "form-1"))


def removed(client, call, entry: str = "amount"):
    said = {"version": version(call), "entry": entry}
    client.post(act(call, "form_remove", "fields"), said)


def shown(client, call):
    return client.get(form_address(call.pk, "form-1")).context["page"]


def mend(client, call, place: str, do: str, path: str = "amount"):
    said = {"version": version(call), "place": place, "path": path, "act": do}
    return client.post(act(call, "form_mend"), said)


def test_every_place_that_names_the_removed_field_offers_both_mends(client, call):
    removed(client, call)

    page = client.get(form_address(call.pk, "form-1"))

    mends = page.context["page"].mends.values()
    assert [(each.place, each.label) for each in mends] == [
        ("fields.2", "申请经费"),
        ("fields.3", "申请经费"),
        ("checks.0", "申请经费"),
        ("checks.1", "申请经费"),
    ]
    assert all(each.removed and each.restored for each in mends)
    assert words_of(page).count("恢复栏目“申请经费”") == 8
    assert page.content.decode().count('name="act" value="remove"') == 8


def test_putting_the_field_back_mends_all_places_at_once_where_it_stood(client, call):
    removed(client, call)

    answer = mend(client, call, "checks.0", "restore")

    assert answer.headers["Location"] == form_address(call.pk, "form-1")
    assert form_of(call) == FORM
    assert shown(client, call).findings == []


def test_a_sum_loses_the_number_that_is_gone_and_keeps_the_others(client, call):
    removed(client, call)

    mend(client, call, "fields.2", "remove")

    assert form_of(call)["fields"][2]["sum_of"] == ["own"]
    assert len(shown(client, call).mends) == 3


def test_a_condition_loses_the_part_that_named_it(client, call):
    removed(client, call)

    mend(client, call, "fields.3", "remove")

    assert form_of(call)["fields"][3]["shown_if"] == NAMED


def test_a_check_about_it_goes_and_one_for_its_case_holds_always(client, call):
    removed(client, call)

    mend(client, call, "checks.1", "remove")
    mend(client, call, "checks.0", "remove")

    assert form_of(call)["checks"] == [{"id": "c2", "says": "须写明名称", "at": "name", "holds": NAMED}]


def test_what_was_taken_out_comes_back_by_undo(client, call):
    removed(client, call)
    before = form_of(call)
    mend(client, call, "checks.0", "remove")

    client.post(reverse("programmes:undo", args=[call.pk]), {"version": version(call)})

    assert form_of(call) == before


def test_of_a_sum_of_this_number_alone_only_the_field_can_be_put_back(client, call):
    removed(client, call, "own")
    mend(client, call, "fields.2", "remove", path="own")
    removed(client, call)

    one = next(each for each in shown(client, call).mends.values() if each.place == "fields.1")

    assert (one.removed, bool(one.restored)) == (None, True)
    assert mend(client, call, "fields.1", "remove").status_code == 404


def test_a_column_that_others_compute_with_can_be_put_back_into_its_table(client, call):
    costs = {**FORM["fields"][5], "columns": COLUMNS[1:]}
    change = actions.PartChange(version(call), Part("form-1", "fields", "costs"), costs)
    actions.change_part(call.pk, change, actor=call.created_by, at=make.LONG_AGO)

    (one,) = shown(client, call).mends.values()
    mend(client, call, one.place, "restore", path=one.path)

    assert one.label == "支出·天数"
    assert form_of(call)["fields"][5]["columns"] == COLUMNS


def test_a_field_that_was_never_there_can_only_be_taken_out(client):
    form = {
        **FORM,
        "checks": [{"id": "c1", "says": "须写明", "at": "name", "holds": {"kind": "filled", "field": "x"}}],
    }
    call = make.draft_call(programme=make.definition(forms=[form], form="form-1"))
    client.force_login(call.created_by)

    (one,) = shown(client, call).mends.values()

    assert (bool(one.removed), one.restored, one.label) == (True, None, "")


def test_what_is_mended_already_is_not_mended_again(client, call):
    removed(client, call)
    mend(client, call, "checks.0", "restore")

    assert mend(client, call, "checks.0", "restore").status_code == 404


def test_another_association_finds_no_form_to_mend(client, call):
    removed(client, call)
    client.force_login(make.officer(make.association()))

    assert mend(client, call, "checks.0", "restore").status_code == 404
