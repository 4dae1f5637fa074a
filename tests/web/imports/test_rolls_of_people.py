"""Rolls of people: who is meant, roles with their days, identity numbers that stay locked."""

from datetime import date

import pytest
from django.urls import reverse

from keqiao.web.imports.queries import content_of
from keqiao.web.parties.models import Person, Tie
from tests.web import make
from tests.web.imports.importing import UNITS, checked, faults, sent, some, started, worked

pytestmark = pytest.mark.django_db

HEADS = ("所在学会", "姓名", "手机号码", "身份证号码", "入会日期")
COUNCIL = ("所在学会", "姓名", "职务", "手机号码", "任职日期", "届满日期")
NUMBER = "37010119010203997"
ID = NUMBER + "3"
PHONE, PHONE_2 = "13800000001", "13800000002"
SOCIETY = "河南省力学学会"


@pytest.fixture(autouse=True)
def society(association, officer):
    started(checked([UNITS, (SOCIETY, "学会")], association, officer), officer)


def members(rows, association, officer, kind="parties.members", heads=HEADS):
    return checked([heads, *rows], association, officer, kind=kind)


def test_members_are_registered_with_their_numbers_locked(association, officer):
    made = members([(SOCIETY, "张三", PHONE, ID, "2024-01-01")], association, officer)
    assert (made.failure, some(made)) == ("", {"new": 1})

    made = started(made, officer)

    person = Person.objects.get(name="张三")
    assert (person.identity_number.plain(), person.birth_date, person.phone) == (ID, date(1901, 2, 3), PHONE)
    tie = Tie.objects.get(party=person)
    assert (tie.kind, tie.valid_from, tie.organisation.name, str(tie.pk)) == (
        "member",
        date(2024, 1, 1),
        SOCIETY,
        made.rows.get().record_id,
    )


def test_the_same_roll_again_changes_nothing(association, officer):
    rows = [(SOCIETY, "张三", PHONE, ID, "2024-01-01"), (SOCIETY, "李四", None, None, None)]
    started(members(rows, association, officer), officer)

    again = members(rows, association, officer)

    assert some(again) == {"same": 2}
    assert some(started(again, officer)) == {"done": 2, "met": 2}
    assert (Person.objects.count(), Tie.objects.filter(kind="member").count()) == (2, 2)


@pytest.mark.parametrize("kind", ["parties.members", "parties.council", "parties.people"])
def test_every_roll_comes_back_from_its_export_unchanged(client, association, officer, kind):
    rows = [
        (SOCIETY, "张三", "理事长", PHONE, "2024-01-01", "2028-12-31"),
        (SOCIETY, "李四", "理事", None, None, None),
    ]
    heads = (*COUNCIL[:2], "职务", *COUNCIL[3:])
    if kind == "parties.people":
        heads, rows = ("所在单位", *heads[1:], "身份"), [(*row, "联络人") for row in rows]
    made = started(members(rows, association, officer, kind, heads), officer)
    assert some(made) == {"done": 2, "created": 2}
    client.force_login(officer)
    form = {"association": str(association.pk), "form": "xlsx"}

    response = client.post(reverse("imports:export", args=[kind]), form)

    assert some(worked(sent(response.content, association, officer, kind=kind))) == {"same": 2}


def test_an_export_holds_no_identity_number(client, association, officer):
    started(members([(SOCIETY, "张三", PHONE, ID, None)], association, officer), officer)
    client.force_login(officer)
    form = {"association": str(association.pk), "form": "csv"}

    written = client.post(reverse("imports:export", args=["parties.members"]), form).content.decode()

    assert (PHONE in written, ID in written, NUMBER in written) == (True, False, False)


def test_an_identity_number_is_not_told_where_it_would_change(association, officer):
    started(members([(SOCIETY, "张三", PHONE, None, None)], association, officer), officer)

    made = members([(SOCIETY, "张三", PHONE, ID, None)], association, officer)

    shown = content_of(made.rows.get()).differences
    assert [(each.column, each.before, each.after) for each in shown] == [("identity_number", "●●●", "●●●")]


def test_a_namesake_with_another_phone_is_somebody_else(association, officer):
    started(members([(SOCIETY, "张三", PHONE, None, None)], association, officer), officer)

    made = started(members([(SOCIETY, "张三", PHONE_2, None, None)], association, officer), officer)

    assert (some(made), Person.objects.filter(name="张三").count()) == ({"done": 1, "created": 1}, 2)


def test_a_namesake_elsewhere_of_whom_little_is_known_is_asked_about(association, officer):
    started(checked([UNITS, ("河南省制冷学会", "学会")], association, officer), officer)
    started(members([("河南省制冷学会", "张三", None, None, None)], association, officer), officer)

    made = members([(SOCIETY, "张三", None, None, None)], association, officer)

    assert faults(made) == {2: [("parties.several_people", "person")]}


def test_the_identity_number_of_another_is_a_fault(association, officer):
    started(members([(SOCIETY, "张三", None, ID, None)], association, officer), officer)

    made = members([(SOCIETY, "李四", None, ID, None)], association, officer)

    assert faults(made) == {2: [("parties.identity_of_another", "identity_number")]}


def test_a_person_twice_in_a_file_without_anything_to_tell_them_apart_is_a_fault(association, officer):
    rows = [(SOCIETY, "张三", None, None, None)] * 2 + [(SOCIETY, "张三", PHONE, None, None)]

    made = members(rows, association, officer)

    assert faults(made) == {3: [("parties.person_repeated", "name")]}


def test_a_unit_can_be_a_member_and_a_row_names_one_of_both(association, officer):
    make.organisation("力学仪器公司", kind="company")
    make.organisation("制冷设备公司", kind="company")
    heads = ("所在学会", "姓名", "单位会员")
    rows = [(SOCIETY, None, "力学仪器公司"), (SOCIETY, "张三", "制冷设备公司"), (SOCIETY, None, None)]

    made = members(rows, association, officer, heads=heads)
    assert faults(made) == {3: [("parties.person_or_unit", "name")], 4: [("parties.person_or_unit", "name")]}

    started(made, officer)
    assert Tie.objects.get(kind="member").party.name == "力学仪器公司"


def test_a_council_term_ends_as_the_roll_says_and_a_wrong_beginning_is_asked_about(association, officer):
    first = [(SOCIETY, "张三", "理事长", PHONE, "2024-01-01", None)]
    started(members(first, association, officer, "parties.council", COUNCIL), officer)

    ended = members(
        [(*first[0][:4], "2024-01-01", "2028-12-31")], association, officer, "parties.council", COUNCIL
    )
    assert some(started(ended, officer)) == {"done": 1, "altered": 1}
    assert Tie.objects.get(kind="council").valid_until == date(2028, 12, 31)

    other = members([(*first[0][:4], "2025-01-01", None)], association, officer, "parties.council", COUNCIL)
    assert faults(other) == {2: [("parties.role_overlaps", "valid_from")]}


def test_impossible_numbers_and_terms_are_faults(association, officer):
    rows = [(SOCIETY, "张三", "12345", ID[:-1] + "4", None)]
    made = members(rows, association, officer)
    assert faults(made) == {2: [("table.refused", "identity_number"), ("table.refused", "phone")]}

    council = [(SOCIETY, "张三", "理事", PHONE, "2024-01-01", "2023-01-01")]
    made = members(council, association, officer, "parties.council", COUNCIL)
    assert faults(made) == {2: [("parties.ends_before_it_begins", "valid_until")]}


def test_nobody_is_made_a_member_of_a_society_of_another_area(association, officer):
    elsewhere = make.region("420000", "湖北省", parent=association.organisation.region.parent)
    make.organisation("湖北省力学学会", region=elsewhere)

    made = members([("湖北省力学学会", "张三", PHONE, None, None)], association, officer)

    assert faults(made) == {2: [("parties.unit_of_others", "unit")]}
