"""The desk of forms: the list, a new form from the library, the editor with its fields in order."""

import pytest
from django.urls import reverse

from keqiao.readers import ready_forms
from keqiao.web.programmes.parts import Part, value_at
from keqiao.web.programmes.proofreading.addresses import form_address, new_part_address, part_address
from tests.web import make
from tests.web.programmes.sent_forms import sent_by

pytestmark = pytest.mark.django_db

NAME = {"id": "name", "kind": "text", "label": "项目名称", "max_chars": 30}
AMOUNT = {"id": "amount", "kind": "money", "label": "申请经费"}
FORM = {"id": "form-1", "title": "申报书", "fields": [NAME, AMOUNT]}


@pytest.fixture
def call(client):
    found = make.draft_call(programme=make.definition(forms=[FORM], form="form-1"))
    client.force_login(found.created_by)
    return found


def stated(call, part: Part):
    call.draft.refresh_from_db()
    return value_at(call.draft.definition, part)


def fields(call) -> list[str]:
    return [each["id"] for each in stated(call, Part("form-1", "fields")) or ()]


def act(call, name: str, *steps: str) -> str:
    return reverse(f"programmes:{name}", args=[call.pk, *steps]) + "?node=form-1"


def test_the_forms_of_a_call_say_who_is_filled_in_on_them(client, call):
    page = client.get(reverse("programmes:forms", args=[call.pk]))
    category_name = call.draft.definition["categories"][0]["name"]

    assert [(each.form.title, each.asks) for each in page.context["forms"]] == [("申报书", 2)]
    assert page.context["forms"][0].used_by == [category_name]
    assert page.context["without"] == []


def test_a_form_of_the_library_is_copied_into_the_call_and_named_by_its_categories(client):
    call = make.draft_call()
    client.force_login(call.created_by)
    ready = ready_forms.load("kepu").form
    said = {"version": call.draft.version, "ready_made": "kepu", "title": "", "nodes": ["."]}

    answer = client.post(reverse("programmes:form_new", args=[call.pk]), said)

    assert answer.headers["Location"] == form_address(call.pk, "form-1")
    form = stated(call, Part("", "forms", "form-1"))
    assert (form["title"], form["ready_made"]) == (ready.title, "kepu")
    assert [each["id"] for each in form["fields"]] == [each.id for each in ready.fields]
    assert stated(call, Part("", "form")) == "form-1"


def test_an_empty_form_wants_a_name(client, call):
    address = reverse("programmes:form_new", args=[call.pk])

    refused = client.post(address, {"version": call.draft.version, "ready_made": "", "title": ""})
    client.post(address, {"version": call.draft.version, "ready_made": "", "title": "承诺书"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["title"])
    assert stated(call, Part("", "forms", "form-2")) == {"id": "form-2", "title": "承诺书"}


def test_a_field_is_added_behind_another_and_its_limits_are_kept(client, call):
    address = new_part_address(call.pk, "form-1", "fields") + "&type=number&behind=name"
    said = sent_by(client.get(address)) | {"label": ["参加人数"], "unit": ["人"], "least": ["20"]}

    answer = client.post(address, said)

    assert answer.headers["Location"].startswith(form_address(call.pk, "form-1"))
    assert fields(call) == ["name", "f1", "amount"]
    assert stated(call, Part("form-1", "fields", "f1")) == {
        "id": "f1",
        "kind": "number",
        "label": "参加人数",
        "unit": "人",
        "least": 20,
    }


def test_a_field_that_is_opened_and_saved_says_what_it_said(client, call):
    address = part_address(call.pk, Part("form-1", "fields", "name"))

    client.post(address, sent_by(client.get(address)) | {"max_chars": ["40"]})

    assert stated(call, Part("form-1", "fields", "name")) == NAME | {"max_chars": 40}


def test_fields_move_by_buttons_and_by_dropping(client, call):
    moved = {"version": call.draft.version, "field": "amount"}

    client.post(act(call, "form_move"), moved | {"place": "up"})
    assert fields(call) == ["amount", "name"]
    client.post(act(call, "form_move"), moved | {"version": 2, "place": "behind", "behind": "name"})
    assert fields(call) == ["name", "amount"]
    unknown = client.post(act(call, "form_move"), moved | {"version": 3, "field": "nobody", "place": "up"})

    assert unknown.status_code == 404


def test_a_field_taken_away_comes_back_by_undo_and_the_way_leads_to_the_editor(client, call):
    client.post(act(call, "form_remove", "fields"), {"version": call.draft.version, "entry": "name"})
    assert fields(call) == ["amount"]

    answer = client.post(reverse("programmes:undo", args=[call.pk]), {"version": 2})

    assert fields(call) == ["name", "amount"]
    assert answer.headers["Location"] == form_address(call.pk, "form-1") + "#fields-name"


def test_taking_a_field_away_leaves_what_has_the_same_id_elsewhere(client):
    named = {"id": "form-1", "title": "申报书", "fields": [{**NAME, "id": "c1"}]}
    limit = {"type": "quota", "id": "r1", "summary": "限报", "max": 1, "across": ["c1"]}
    call = make.draft_call(programme=make.definition(forms=[named], form="form-1", rules=[limit]))
    client.force_login(call.created_by)

    client.post(act(call, "form_remove", "fields"), {"version": call.draft.version, "entry": "c1"})

    assert fields(call) == []
    assert stated(call, Part("", "rules", "r1"))["across"] == ["c1"]


def test_two_officers_who_change_two_fields_are_brought_together(client, call):
    first, second = (Part("form-1", "fields", each) for each in ("name", "amount"))
    pages = {part: sent_by(client.get(part_address(call.pk, part))) for part in (first, second)}

    client.post(part_address(call.pk, first), pages[first] | {"label": ["题目"]})
    client.post(part_address(call.pk, second), pages[second] | {"label": ["经费"]})

    assert [each["label"] for each in stated(call, Part("form-1", "fields"))] == ["题目", "经费"]


def test_any_number_of_choices_stays_any_number(client):
    pick = {"id": "pick", "kind": "choice", "label": "方向", "options": ["甲", "乙"], "most_picks": None}
    call = make.draft_call(programme=make.definition(forms=[FORM | {"fields": [pick, NAME]}]))
    client.force_login(call.created_by)
    address = part_address(call.pk, Part("form-1", "fields", "pick"))

    client.post(address, sent_by(client.get(address)) | {"label": ["选题方向"]})
    client.post(act(call, "form_remove", "fields"), {"version": 2, "entry": "name"})

    assert stated(call, Part("form-1", "fields")) == [pick | {"label": "选题方向"}]


def test_who_may_not_change_the_call_finds_no_form(client, call):
    assert client.get(form_address(call.pk, "form-1")).status_code == 200
    client.force_login(make.draft_call().created_by)

    assert client.get(form_address(call.pk, "form-1")).status_code == 404


def condition_page(call, entry: str, name: str = "shown_if", slot: str = "fields") -> str:
    asked = f"&slot={slot}&entry={entry}&name={name}"
    return act(call, "form_condition") + asked


def test_a_field_applies_only_if_said_in_rows_and_comes_back_as_rows(client, call):
    address = condition_page(call, "name")
    row = {"0-left": "field:amount", "0-relation": ">=", "0-value": "50000"}
    rows = row | {"1-left": "field:amount", "1-relation": "filled", "joined": "any", "version": 1}

    client.post(address, rows)

    assert stated(call, Part("form-1", "fields", "name"))["shown_if"] == {
        "kind": "together",
        "least": 1,
        "parts": [
            {
                "kind": "compares",
                "left": {"field": "amount"},
                "op": ">=",
                "right": {"fixed": 5_000_000},
            },
            {"kind": "filled", "field": "amount"},
        ],
    }
    shown = client.get(address).context
    assert shown["asked"].words == "“申请经费” ≥ 50000 元，或者“申请经费”已填写"
    assert [each.initial.get("value") for each in shown["form"].rows] == ["50000", "", None, None]


def test_a_row_that_cannot_be_stored_says_so_and_nothing_is_saved(client, call):
    said = {"0-left": "field:amount", "0-relation": ">=", "0-value": "很多", "joined": "all", "version": 1}

    refused = client.post(condition_page(call, "name"), said)

    assert refused.status_code == 422
    assert refused.context["form"].rows[0].errors == {"value": ["“很多”不是金额，请以元填写。"]}
    assert stated(call, Part("form-1", "fields", "name")) == NAME


def test_empty_rows_take_the_condition_away(client):
    shown = NAME | {"shown_if": {"kind": "filled", "field": "amount"}}
    call = make.draft_call(programme=make.definition(forms=[FORM | {"fields": [shown, AMOUNT]}]))
    client.force_login(call.created_by)

    client.post(condition_page(call, "name"), {"joined": "all", "version": 1})

    assert stated(call, Part("form-1", "fields", "name")) == NAME


def test_a_deeper_condition_is_said_in_words_and_kept_by_every_other_edit(client):
    deep = {
        "kind": "together",
        "parts": [
            {"kind": "filled", "field": "amount"},
            {"kind": "together", "least": 1, "parts": [{"kind": "filled", "field": "amount"}]},
        ],
    }
    shown = NAME | {"shown_if": deep}
    call = make.draft_call(programme=make.definition(forms=[FORM | {"fields": [shown, AMOUNT]}]))
    client.force_login(call.created_by)
    address = part_address(call.pk, Part("form-1", "fields", "name"))

    page = client.get(condition_page(call, "name"))
    client.post(address, sent_by(client.get(address)) | {"label": ["题目"]})

    assert page.context["is_deeper"]
    assert stated(call, Part("form-1", "fields", "name")) == shown | {"label": "题目"}


def test_a_check_is_made_with_what_it_says_and_what_has_to_hold(client, call):
    said = {"says": "经费不超过20万元", "at": "amount", "weight": "warn", "joined": "all", "version": 1}
    row = {"0-left": "field:amount", "0-relation": "<=", "0-value": "200000"}

    nothing = client.post(act(call, "form_check_new"), said)
    client.post(act(call, "form_check_new"), said | row)

    assert nothing.status_code == 422
    assert stated(call, Part("form-1", "checks")) == [
        {
            "id": "check-1",
            "says": "经费不超过20万元",
            "at": "amount",
            "holds": {
                "kind": "compares",
                "left": {"field": "amount"},
                "op": "<=",
                "right": {"fixed": 20_000_000},
            },
            "weight": "warn",
        }
    ]


def test_a_condition_that_points_nowhere_is_told_at_its_field(client):
    shown = NAME | {"shown_if": {"kind": "filled", "field": "gone"}}
    call = make.draft_call(programme=make.definition(forms=[FORM | {"fields": [shown, AMOUNT]}]))
    client.force_login(call.created_by)

    page = client.get(form_address(call.pk, "form-1")).context["page"]

    assert [[each.code for each in row.findings] for row in page.fields] == [
        ["programme.form_path_missing"],
        [],
    ]
    assert page.faults == 1


@pytest.mark.parametrize(
    ("face", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")], ids=["docx", "pdf", "json"]
)
def test_a_form_is_given_in_every_face(client, call, face, begins):
    answer = client.get(reverse("programmes:form_file", args=[call.pk, face]), {"node": "form-1"})

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_preview_shows_the_paper_and_the_schema(client, call):
    page = client.get(act(call, "form_preview"))
    words = page.content.decode()

    assert page.context["preview"].category == call.draft.definition["categories"][0]["id"]
    assert "项目名称" in words
    assert "&quot;amount&quot;" in words


def test_a_form_that_no_category_uses_is_previewed_all_the_same(client):
    call = make.draft_call(programme=make.definition(forms=[FORM]))
    client.force_login(call.created_by)

    assert client.get(act(call, "form_preview")).context["preview"].category == ""
