"""The library of regulations: entered by officers, in versions, found and read by those who may."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation, add_version
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.queries import library_of, newer_than, place_of
from tests.web import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"
GROUPS = {"kind-TOTAL_FORMS": "2", "kind-INITIAL_FORMS": "0"}
WRITTEN = {
    "title": "《创新基地建设与管理办法》",
    "issued_by": "三门峡市科协\n三门峡市财政局",
    "document_number": "三科协〔2023〕8号",
    "label": "2023年修订",
    "in_force_from": "2023-05-01",
    "requirements": "有固定场所\n\n有专人负责",
    "kind-0-of": "高校",
    "kind-0-items": "有省级以上科研平台",
    "kind-1-of": "企业",
    "kind-1-items": "有研发机构\n设有企业科协",
    "note": "",
    **GROUPS,
}


def works_for(client, association=None):
    association = association or make.association()
    client.force_login(make.officer(association))
    return association


def entered(association, title="创新基地建设与管理办法", **text):
    heading = Heading(title, ("三门峡市科协",))
    return add_regulation(
        association.pk, heading, VersionText(**text), actor=make.officer(association), at=AT
    )


def test_an_officer_enters_a_regulation_with_its_file_and_requirements_by_kind(client):
    association = works_for(client)
    file = SimpleUploadedFile("办法.pdf", PDF)

    response = client.post(
        reverse("regulations:new"), {**WRITTEN, "association": association.pk, "file": file}
    )

    made = Version.objects.get()
    assert response.url == reverse("regulations:regulation", args=[made.regulation_id])
    assert (made.regulation.title, made.regulation.issued_by) == (
        "创新基地建设与管理办法",
        ["三门峡市科协", "三门峡市财政局"],
    )
    assert (made.number, made.document_number, made.label) == (1, "三科协〔2023〕8号", "2023年修订")
    assert (made.in_force_from, made.in_force_until) == (date(2023, 5, 1), None)
    assert made.requirements == ["有固定场所", "有专人负责"]
    assert made.by_kind == [
        {"of": "高校", "items": ["有省级以上科研平台"]},
        {"of": "企业", "items": ["有研发机构", "设有企业科协"]},
    ]
    assert made.file.name == "办法.pdf"
    acts = [event.act for event in timeline(made.regulation).order_by("sequence")]
    assert acts == ["entered", "version_entered"]
    assert client.get(reverse("files:download", args=[made.file_id])).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": "《》"}, ("heading", ["title"])),
        (
            {"in_force_from": "soon", "requirements": "长" * 301},
            ("version", ["in_force_from", "requirements"]),
        ),
        ({"file": SimpleUploadedFile("a.pdf", b"\x7fELF\x02\x01\x01" + bytes(64))}, ("version", ["file"])),
    ],
)
def test_faults_are_shown_at_their_fields_and_nothing_typed_is_lost(client, wrong, where):
    association = works_for(client)
    response = client.post(reverse("regulations:new"), {**WRITTEN, "association": association.pk, **wrong})

    assert response.status_code == 422
    name, fields = where
    assert list(getattr(response.context["forms"], name).errors) == fields
    assert response.context["forms"].groups[1]["items"].value() == "有研发机构\n设有企业科协"
    assert Regulation.objects.count() == 0


def test_requirements_without_their_kind_of_unit_are_a_fault(client):
    association = works_for(client)
    response = client.post(
        reverse("regulations:new"), {**WRITTEN, "association": association.pk, "kind-0-of": ""}
    )

    assert response.status_code == 422
    assert response.context["forms"].groups.errors == [{"of": ["单位类别和要求须同时填写。"]}, {}]


def test_more_groups_can_be_had_without_saving_or_being_told_off(client):
    works_for(client)
    response = client.post(reverse("regulations:new"), {**WRITTEN, "title": "", "more": "1"})

    forms = response.context["forms"]
    assert (response.status_code, len(forms.groups)) == (200, 4)
    assert forms.groups[1]["items"].value() == "有研发机构\n设有企业科协"
    assert forms.version["document_number"].value() == "三科协〔2023〕8号"
    assert not any(form.is_bound for form in forms.everything)
    assert Regulation.objects.count() == 0


def test_a_title_stands_once_in_the_library_of_an_association(client):
    association = works_for(client)
    entered(association)
    entered(make.association())

    response = client.post(reverse("regulations:new"), {**WRITTEN, "association": association.pk})

    assert response.status_code == 422
    assert list(response.context["forms"].heading.errors) == ["title"]
    assert Regulation.objects.count() == 2


def test_a_new_version_begins_with_what_the_last_one_says(client):
    association = works_for(client)
    made = entered(association, label="2020年", requirements=("有专人负责",))
    address = reverse("regulations:new_version", args=[made.regulation_id])
    assert client.get(address).context["forms"].version["requirements"].value() == "有专人负责"

    client.post(address, {**GROUPS, "label": "2023年修订", "requirements": "有专人负责\n有年度计划"})

    newest = library_of(association.pk).get()
    assert (newest.number, newest.label, newest.requirements) == (
        2,
        "2023年修订",
        ["有专人负责", "有年度计划"],
    )
    made.refresh_from_db()
    assert made.label == "2020年"
    assert newer_than([made.reference, newest.reference, "elsewhere@1"]) == {made.reference: newest}


def test_a_version_nothing_refers_to_is_corrected_in_place_and_keeps_its_file(client):
    association = works_for(client)
    client.post(
        reverse("regulations:new"),
        {**WRITTEN, "association": association.pk, "file": SimpleUploadedFile("办法.pdf", PDF)},
    )
    made = Version.objects.get()

    client.post(reverse("regulations:version", args=[made.pk]), {**WRITTEN, "label": "2023年修正"})

    made.refresh_from_db()
    assert (made.label, made.file.name, made.number) == ("2023年修正", "办法.pdf", 1)


def test_a_version_ends_on_a_day_that_is_not_before_its_beginning(client):
    association = works_for(client)
    made = entered(association, in_force_from=date(2023, 5, 1))
    address = reverse("regulations:end", args=[made.pk])

    client.post(address, {"last_day": "2023-04-30"})
    made.refresh_from_db()
    assert made.in_force_until is None
    client.post(address, {"last_day": "2026-12-31"})
    made.refresh_from_db()
    assert made.in_force_until == date(2026, 12, 31)


def test_the_title_is_corrected_but_not_to_one_that_is_taken(client):
    association = works_for(client)
    made = entered(association)
    entered(association, "学会专家工作站暂行管理办法")
    address = reverse("regulations:heading", args=[made.regulation_id])

    taken = client.post(address, {"title": "学会专家工作站暂行管理办法", "issued_by": ""})
    assert taken.status_code == 422
    client.post(address, {"title": "创新基地管理办法", "issued_by": "三门峡市科协"})
    made.regulation.refresh_from_db()
    assert made.regulation.title == "创新基地管理办法"


def test_a_leader_reads_and_does_not_write(client):
    association = make.association()
    made = entered(association)
    client.force_login(make.holder(Role.LEADER, association.organisation))

    page = client.get(reverse("regulations:regulation", args=[made.regulation_id]))
    assert (page.status_code, page.context["keeps"]) == (200, False)
    assert [row.pk for row in client.get(reverse("regulations:library")).context["list"].page] == [
        made.regulation_id
    ]
    assert client.get(reverse("regulations:new")).status_code == 404
    assert (
        client.post(reverse("regulations:end", args=[made.pk]), {"last_day": "2026-12-31"}).status_code == 404
    )


def test_another_association_finds_and_changes_nothing(client):
    association = works_for(client)
    made = entered(association)
    reading = [reverse("regulations:regulation", args=[made.regulation_id])]
    writing = [
        reverse("regulations:heading", args=[made.regulation_id]),
        reverse("regulations:new_version", args=[made.regulation_id]),
        reverse("regulations:version", args=[made.pk]),
    ]
    assert [client.get(address).status_code for address in reading + writing] == [200] * 4

    other = works_for(client)
    assert list(client.get(reverse("regulations:library")).context["list"].page) == []
    answers = [client.get(address) for address in reading + writing]
    answers += [client.post(address, WRITTEN) for address in writing]
    answers.append(client.post(reverse("regulations:end", args=[made.pk]), {"last_day": "2026-12-31"}))
    assert [answer.status_code for answer in answers] == [404] * 8
    stolen = client.post(reverse("regulations:new"), {**WRITTEN, "association": association.pk})
    assert stolen.status_code == 422
    assert Version.objects.count() == 1
    assert other.pk != association.pk


def test_the_list_finds_by_title_and_number_and_tells_what_is_in_force(client):
    association = works_for(client)
    made = entered(association, document_number="三科协〔2023〕8号", in_force_until=date(2024, 1, 1))
    other = entered(association, "学会专家工作站暂行管理办法")

    def listed(**asked):
        return [row.pk for row in client.get(reverse("regulations:library"), asked).context["list"].page]

    assert listed(q="〔2023〕8号") == [made.regulation_id]
    assert listed(q="专家") == [other.regulation_id]
    assert listed(state="in_force") == [other.regulation_id]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, rows, django_assert_max_num_queries):
    association = works_for(client)
    for number in range(rows):
        made = entered(association, f"第{number}号办法")
        add_version(made.regulation_id, VersionText(), actor=make.officer(association), at=AT)
    client.get(reverse("regulations:library"))
    with django_assert_max_num_queries(9):
        client.get(reverse("regulations:library"))


def test_nobody_reads_publicly_what_no_public_call_refers_to(client):
    made = entered(make.association())
    for name in ("public", "public_file"):
        assert client.get(reverse(f"regulations:{name}", args=[made.regulation_id, 1])).status_code == 404


def test_a_second_regulation_of_one_title_is_refused_by_the_action_too():
    association = make.association()
    entered(association)
    with pytest.raises(ValidationError) as refused:
        entered(association)
    assert refused.value.code == "regulation.title_taken"


def test_a_version_says_whether_it_is_in_force_on_the_day_of_the_request(client):
    association = works_for(client)
    made = entered(association, in_force_from=date(2099, 1, 1))
    address = reverse("regulations:regulation", args=[made.regulation_id])
    assert "尚未施行" in client.get(address).content.decode()

    Version.objects.update(in_force_from=date(2020, 1, 1), in_force_until=date(2099, 12, 31))
    assert "现行" in client.get(address).content.decode()
    Version.objects.update(in_force_until=date(2021, 12, 31))
    page = client.get(address).content.decode()
    assert "停止施行" in page
    assert "现行" not in page


@pytest.mark.parametrize("number", ["", "-1", "+1", "1_0", "１", "x"])
def test_a_reference_names_a_version_by_a_plain_number(number):
    regulation = uuid4()

    assert place_of(f"{regulation}@12") == (regulation, 12)
    assert place_of(f"{regulation}@{number}") is None
