"""Regulations taken over from the library: copied with their version, named by the rules that ask for one."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.programmes.actions import Answer, answer_doubt, publish, start_from_definition
from keqiao.web.programmes.actions.regulations import Adoption, adopt_regulation
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.library import conform_rules, library_doubts, uses_of
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.verification import check_references
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation, add_version, correct_version
from tests.web import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
TITLE = "创新基地建设与管理办法"
RULES = [
    {"id": "c1.r1", "type": "conform", "summary": "达到管理办法的基本要求", "to": f"《{TITLE}》"},
    {"id": "c1.r2", "type": "declared", "summary": "与科协建立深度合作"},
]
TEXT = VersionText(
    document_number="三科协〔2023〕8号",
    label="2023年",
    requirements=("有专人负责",),
    by_kind=(("高校", ("有科研平台",)),),
)


def call_with_rule(association=None, **statements):
    category = {
        "id": "c1",
        "name": "创新基地",
        "funding": {"kind": "fixed", "amount_fen": 3_000_000},
        "places": {"count": 4},
        "targets": [{"id": "c1.t1", "metric": "活动", "comparator": ">=", "value": 5, "unit": "场"}],
        "rules": RULES,
    }
    return make.draft_call(association, make.definition(categories=[category], **statements))


def in_library(call, text=TEXT):
    heading = Heading(TITLE, ("三门峡市科协",))
    return add_regulation(call.association_id, heading, text, actor=call.created_by, at=AT)


def adopt(call, version, rules=("c1.r1",), seen=None):
    draft = Draft.objects.get(call=call)
    adoption = Adoption(seen or draft.version, version, rules)
    return adopt_regulation(call.pk, adoption, actor=call.created_by, at=AT)


def test_a_draft_takes_over_what_the_library_says_and_the_rule_names_it():
    call = call_with_rule()
    version = in_library(call)

    draft = adopt(call, version)

    [entry] = draft.definition["regulations"]
    assert entry == {
        "id": "regulation-1",
        "title": TITLE,
        "number": "三科协〔2023〕8号",
        "issued_by": ["三门峡市科协"],
        "version": "2023年",
        "requirements": ["有专人负责"],
        "by_kind": [{"of": "高校", "items": ["有科研平台"]}],
        "library": f"{version.regulation_id}@1",
    }
    [rule] = conform_rules(draft.definition)
    assert (rule.id, rule.where, rule.regulation) == ("c1.r1", "创新基地", "regulation-1")
    assert draft.version == 2
    assert adopt(call, version).version == 2  # nothing would change


def test_what_the_document_itself_named_keeps_its_place_in_it():
    stated = {"id": "banfa", "title": f"《{TITLE}》", "source": {"clause": "附件3·二（二）1"}}
    call = call_with_rule(regulations=[stated])

    draft = adopt(call, in_library(call))

    [entry] = draft.definition["regulations"]
    assert (entry["id"], entry["source"], entry["number"]) == (
        "banfa",
        {"clause": "附件3·二（二）1"},
        "三科协〔2023〕8号",
    )
    assert conform_rules(draft.definition)[0].regulation == "banfa"


def test_a_newer_version_in_the_library_is_asked_about_until_it_is_taken_over_or_confirmed():
    call = call_with_rule()
    version = in_library(call)
    draft = adopt(call, version)
    assert library_doubts(programme_of(draft.definition), draft.answers) == []

    newest = add_version(version.regulation_id, VersionText(label="2026年修订"), actor=call.created_by, at=AT)

    [doubt] = library_doubts(programme_of(draft.definition), {})
    assert (doubt.finding.code, doubt.finding.weight, doubt.can_confirm) == (
        "draft.regulation_newer",
        "ask",
        True,
    )
    assert (doubt.spot.statement, doubt.spot.entry) == ("regulations", "regulation-1")
    assert library_doubts(programme_of(draft.definition), {doubt.key: {}}) == []
    draft = adopt(call, newest, rules=())
    assert library_doubts(programme_of(draft.definition), {}) == []
    assert draft.definition["regulations"][0]["version"] == "2026年修订"
    assert "requirements" not in draft.definition["regulations"][0]
    assert conform_rules(draft.definition)[0].regulation == "regulation-1"


def test_an_officer_who_saw_another_entry_is_told_and_nothing_is_written():
    call = call_with_rule()
    version = in_library(call)
    adopt(call, version)
    newest = add_version(version.regulation_id, TEXT, actor=call.created_by, at=AT)

    with pytest.raises(StaleDraft):
        adopt(call, newest, seen=1)

    assert Draft.objects.get(call=call).version == 2


def test_a_rule_that_asks_for_no_regulation_names_none():
    call = call_with_rule()
    with pytest.raises(Refused) as refused:
        adopt(call, in_library(call), rules=("c1.r2",))

    assert [finding.code for finding in refused.value.findings] == ["draft.part_gone"]
    assert Draft.objects.get(call=call).version == 1


def test_the_library_knows_which_calls_refer_to_it_and_then_keeps_the_version():
    call, other = call_with_rule(), call_with_rule()
    version = in_library(call)
    in_library(other)
    assert uses_of(version.regulation) == []
    correct_version(version.pk, TEXT, actor=call.created_by, at=AT)

    draft = adopt(call, version)

    [use] = uses_of(version.regulation)
    assert (use.title, use.number, str(use.state), use.is_public) == (call.title, "1", "草稿", False)
    with pytest.raises(ValidationError) as refused:
        correct_version(version.pk, VersionText(), actor=call.created_by, at=AT)
    assert refused.value.code == "version.in_use"
    publish(call.pk, draft.version, actor=call.created_by, at=AT, note="测试")
    [use] = uses_of(version.regulation)
    assert (str(use.state), use.is_public) == ("已发布", True)


def test_the_public_reads_a_version_and_its_file_once_a_public_call_refers_to_it(client):
    call = call_with_rule()
    announced = Announced("regulation", "办法.pdf", 26, call.association_id)
    upload = SimpleUploadedFile("办法.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n\n\n")
    file = store_upload(upload, announced, actor=call.created_by, at=AT)
    version = in_library(call, VersionText(label="2023年", requirements=("有专人负责",), file_id=file.pk))
    addresses = [
        reverse(f"regulations:{name}", args=[version.regulation_id, 1]) for name in ("public", "public_file")
    ]
    draft = adopt(call, version)
    assert [client.get(address).status_code for address in addresses] == [404, 404]

    publish(call.pk, draft.version, actor=call.created_by, at=AT, note="测试")

    page, download = [client.get(address) for address in addresses]
    assert (page.status_code, download.status_code) == (200, 200)
    assert "有专人负责" in page.content.decode()
    assert b"".join(download.streaming_content).startswith(b"%PDF-1.7")
    newest = add_version(version.regulation_id, TEXT, actor=call.created_by, at=AT)
    assert client.get(reverse("regulations:public", args=[newest.regulation_id, 2])).status_code == 404


def test_an_officer_chooses_from_the_library_on_a_page(client):
    call = call_with_rule()
    version = in_library(call)
    client.force_login(call.created_by)
    address = reverse("programmes:regulations", args=[call.pk])
    page = client.get(address, {"rule": "c1.r1"})
    assert page.context["form"]["rules"].value() == ["c1.r1"]
    assert [rule.regulation for rule in page.context["rules"]] == [""]

    response = client.post(address, {"version": "1", "regulation": version.pk, "rules": ["c1.r1"]})

    assert response.url == address
    [shown] = client.get(address).context["regulations"]
    assert ([rule.id for rule in shown.rules], shown.library, shown.newer) == (
        ["c1.r1"],
        version.regulation_id,
        None,
    )


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"regulation": ""}, ["regulation"]),
        ({"rules": ["c1.r2"]}, ["rules"]),
        ({"version": "x"}, ["version"]),
    ],
)
def test_what_cannot_be_chosen_is_refused(client, wrong, fields):
    call = call_with_rule()
    version = in_library(call)
    client.force_login(call.created_by)

    response = client.post(
        reverse("programmes:regulations", args=[call.pk]),
        {"version": "1", "regulation": version.pk, "rules": ["c1.r1"], **wrong},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields


def test_another_associations_library_and_drafts_are_not_there(client):
    call, other = call_with_rule(), call_with_rule()
    version = in_library(other)
    client.force_login(call.created_by)
    sent = {"version": "1", "regulation": version.pk, "rules": ["c1.r1"]}

    assert client.post(reverse("programmes:regulations", args=[call.pk]), sent).status_code == 422
    assert client.get(reverse("programmes:regulations", args=[other.pk])).status_code == 404
    assert client.post(reverse("programmes:regulations", args=[other.pk]), sent).status_code == 404


def test_a_newer_version_is_confirmed_on_the_desk_like_any_other_doubt():
    call = call_with_rule()
    version = in_library(call)
    draft = adopt(call, version)
    add_version(version.regulation_id, TEXT, actor=call.created_by, at=AT)
    [doubt] = library_doubts(programme_of(draft.definition), {})

    answer = Answer(doubt.key, draft.version, "confirmed")
    draft = answer_doubt(call.pk, answer, actor=call.created_by, at=AT)

    assert library_doubts(programme_of(draft.definition), draft.answers) == []


def test_references_to_another_library_are_dropped_when_a_definition_comes_in():
    call, other = call_with_rule(), make.association()
    version = in_library(call)
    here = programme_of(adopt(call, version).definition)

    same = start_from_definition(call.association_id, here, actor=call.created_by, at=AT)
    elsewhere = start_from_definition(other.pk, here, actor=make.officer(other), at=AT)

    [kept] = Draft.objects.get(call=same).definition["regulations"]
    [dropped] = Draft.objects.get(call=elsewhere).definition["regulations"]
    assert kept["library"] == version.reference
    assert "library" not in dropped
    assert (dropped["title"], dropped["requirements"]) == (TITLE, ["有专人负责"])


def test_the_page_of_a_rule_that_asks_for_a_regulation_leads_to_the_library(client):
    call = call_with_rule()
    client.force_login(call.created_by)
    address = reverse("programmes:part", args=[call.pk, "rules"])

    asking = client.get(address, {"node": "c1", "entry": "c1.r1"})
    other = client.get(address, {"node": "c1", "entry": "c1.r2"})

    there = f"{reverse('programmes:regulations', args=[call.pk])}?rule=c1.r1"
    assert (asking.context["library"], other.context["library"]) == (there, "")
    assert client.get(there).context["form"]["rules"].value() == ["c1.r1"]


def test_the_desk_asks_about_a_newer_version_and_leads_to_the_library(client):
    call = call_with_rule()
    version = in_library(call)
    adopt(call, version)
    add_version(version.regulation_id, TEXT, actor=call.created_by, at=AT)
    client.force_login(call.created_by)

    page = client.get(reverse("programmes:draft", args=[call.pk]))

    codes = [asked.doubt.finding.code for asked in page.context["desk"].asked if asked.doubt.finding]
    assert codes.count("draft.regulation_newer") == 1
    assert reverse("programmes:regulations", args=[call.pk]) in page.content.decode()


def test_a_library_of_another_association_is_refused_by_the_action_too():
    call, other = call_with_rule(), call_with_rule()
    with pytest.raises(Refused):
        adopt(call, in_library(other))
    assert Draft.objects.get(call=call).version == 1


def test_a_reference_to_nothing_is_found_by_verify():
    call = call_with_rule()
    version = in_library(call)
    draft = adopt(call, version)
    assert (check_references().checked, check_references().faults) == (1, ())

    draft.definition["regulations"][0]["library"] = f"{version.regulation_id}@7"
    Draft.objects.filter(pk=draft.pk).update(definition=draft.definition)

    assert [fault.code for fault in check_references().faults] == ["regulation.not_in_library"]
